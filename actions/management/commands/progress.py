"""`manage.py progress PLAN`: where a plan stood at a moment."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.figures import counts
from actions.models import ActionPlan, Status
from governance.core.dates import long_date
from governance.figures.asking import AskedBadlyError, moment_asked, scope_asked


class Command(BaseCommand):
    """Print the standing of an action plan."""

    help = "Print the standing of an action plan at a moment"

    def add_arguments(self, parser: CommandParser) -> None:
        """PLAN, the two clocks, the format."""
        parser.add_argument("plan", help="code of the plan, for example ico-2015")
        parser.add_argument(
            "--as-at", default=None, help="2016-10-24: facts in effect by the end of that day"
        )
        parser.add_argument("--known-at", default=None, help="as known by the end of that day, London")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts. An unknown plan, a bad date, or a date before the plan ends with one sentence."""
        try:
            moment = moment_asked(options["as_at"], options["known_at"])
            scope = scope_asked({"plans": [options["plan"]]})
        except AskedBadlyError as wrong:
            raise CommandError(str(wrong)) from None
        plan = ActionPlan.objects.get(code=options["plan"])
        if moment.as_at < plan.opened_on:
            raise CommandError(
                f"The plan {plan.code} was opened on {long_date(plan.opened_on)}: "
                f"it had no progress {moment}."
            )
        found = counts(moment, scope)
        if not found["total"]:
            raise CommandError(f"Nothing was known of the plan {plan.code} {moment}.")
        if options["format"] == "json":
            self.stdout.write(json.dumps({"plan": plan.code} | moment.query() | found, indent=2))
            return
        self.stdout.write(f"{plan.title} ({plan.code}), {moment}")
        self.stdout.writelines(f"{status.label:<20}{found[status]:>5}\n" for status in Status)
        self.stdout.write(f"{'Total':<20}{found['total']:>5}")
