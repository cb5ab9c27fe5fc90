"""`manage.py figure KEY`: one figure, and every row that makes it."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.figures.asking import AskedBadlyError, moment_asked, scope_asked
from governance.figures.figure import UnknownFigureError, get_figure


class Command(BaseCommand):
    """Print a figure with its definition, value and rows."""

    help = "Print one figure and the rows that make it, at a moment"

    def add_arguments(self, parser: CommandParser) -> None:
        """KEY, the scope, the two clocks, the format."""
        parser.add_argument("key", help="for example actions.completed")
        parser.add_argument("--plan", action="append", default=[], help="code of a plan; may be repeated")
        parser.add_argument("--unit", action="append", default=[], help="code of a unit; may be repeated")
        parser.add_argument(
            "--as-at", default=None, help="2016-10-24: facts in effect by the end of that day"
        )
        parser.add_argument("--known-at", default=None, help="as known by the end of that day, London")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figure. A key, a code or a date that makes no sense ends with one sentence."""
        try:
            figure = get_figure(options["key"])
            moment = moment_asked(options["as_at"], options["known_at"])
            scope = scope_asked({"plans": options["plan"], "units": options["unit"]})
        except (UnknownFigureError, AskedBadlyError) as wrong:
            raise CommandError(str(wrong)) from None
        entries = figure.entries(moment, scope)
        if options["format"] == "table":
            self.stdout.write(f"{figure.title}, {moment}: {len(entries)}\n{figure.definition}")
            self.stdout.writelines(
                f"{entry.reference}  {entry.evidence_kind} {entry.evidence}\n" for entry in entries
            )
            return
        rows = [
            {
                "id": e.subject,
                "reference": e.reference,
                "evidence": {"kind": e.evidence_kind, "id": e.evidence},
            }
            for e in entries
        ]
        self.stdout.write(
            json.dumps(
                {"key": figure.key, "definition": figure.definition}
                | moment.query()
                | {"scope": scope.as_json(), "value": len(entries), "rows": rows},
                indent=2,
            )
        )
