"""`manage.py bench figures`: how long figures take, beside the same count in bare SQL."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.demo.bare import TIMES, measure
from governance.figures.asking import AskedBadlyError, moment_asked, scope_asked


class Command(BaseCommand):
    """Measure on the data that is there."""

    help = "Measure figures against bare SQL, on the data that is there"

    def add_arguments(self, parser: CommandParser) -> None:
        """What is measured, for which plans, at which moment."""
        what = parser.add_subparsers(dest="what", required=True)
        figures = what.add_parser("figures", help=f"each figure and the same in bare SQL, median of {TIMES}")
        figures.add_argument("--plan", action="append", default=[], help="code of a plan; may be repeated")
        figures.add_argument("--as-at", default=None, help="2016-10-24")
        figures.add_argument("--known-at", default=None, help="2016-10-24")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each figure. A figure that differs from its bare SQL is an error."""
        try:
            moment = moment_asked(options["as_at"], options["known_at"])
            scope = scope_asked({"plans": options["plan"]})
        except AskedBadlyError as wrong:
            raise CommandError(str(wrong)) from None
        timings = measure(moment, scope)
        self.stdout.write(f"Milliseconds, {moment}")
        self.stdout.write(f"{'':<32}{'value':>8}{'figure':>10}{'bare':>10}{'times':>8}")
        for timing in timings:
            times = timing.milliseconds / timing.bare_milliseconds
            self.stdout.write(
                f"{timing.key:<32}{timing.value:>8,}{timing.milliseconds:>10.1f}"
                f"{timing.bare_milliseconds:>10.1f}{times:>8.2f}"
            )
        for one in [timing for timing in timings if timing.value != timing.bare_value]:
            raise CommandError(f"{one.key} says {one.value}, bare SQL says {one.bare_value}.")
