"""`manage.py requests`: what bodies asked for, by when, and whether they were told."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.committees.asked import asked
from governance.committees.models import Body
from governance.core.dates import today
from governance.figures.asking import AskedBadlyError, day_asked


class Command(BaseCommand):
    """Print the requests of bodies."""

    help = "Print what bodies asked for, by when, and whether it was answered"

    def add_arguments(self, parser: CommandParser) -> None:
        """The body, the day, the format."""
        parser.add_argument("--body", default=None, help="code of a body, for example audit-procurement")
        parser.add_argument(
            "--as-at", default=None, help="2017-04-13: as it stood at the end of that day; today if left out"
        )
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the rows. A bad date or an unknown body ends with one sentence."""
        rows = [each.row for each in asked(_day(options["as_at"]), body=_body(options["body"]))]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, indent=2))
            return
        self.stdout.write(f"{'Asked on':<12}{'Due on':<12}{'Answered on':<13}{'State':<18}Matter")
        for row in rows:
            shown = [row["due_on"] or "no day", row["answered_on"] or "not yet"]
            late = f", {row['days_late']} days" if row["days_late"] else ""
            self.stdout.write(
                f"{row['asked_on']:<12}{shown[0]:<12}{shown[1]:<13}{row['state'] + late:<18}  {row['matter']}"
            )


def _day(typed: str | None) -> date:
    try:
        return day_asked(typed, "The “as at” date") or today()
    except AskedBadlyError as wrong:
        raise CommandError(str(wrong)) from None


def _body(code: str | None) -> Body | None:
    if code is None:
        return None
    found = Body.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Body.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"There is no body “{code}”. There are: {known or 'none yet'}.")
    return found
