"""`manage.py figure KEY`: one figure, and every row that makes it."""

from __future__ import annotations

from json import dumps
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.core.components import in_words, standing
from governance.figures.asking import AskedBadlyError, moment_asked, scope_asked
from governance.figures.figure import Figure, UnknownFigureError, get_figure
from governance.figures.listing import Cell, lines
from governance.figures.moment import Moment, Scope


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
        told = self.table if options["format"] == "table" else self.json
        told(figure, moment, scope)

    def table(self, figure: Figure[Any], moment: Moment, scope: Scope) -> None:
        """For people: each row with what the drill-down page shows of it."""
        rows = lines(figure.shape, figure.rows(moment, scope))
        self.stdout.write(f"{figure.title}, {moment}: {rows.count()}\n{figure.definition}")
        for line in rows[:]:
            self.stdout.write("  ".join([line.reference, *(_in_words(cell) for cell in line.cells)]))

    def json(self, figure: Figure[Any], moment: Moment, scope: Scope) -> None:
        """For programs: value and rows, each with the key of its evidence."""
        entries = figure.entries(moment, scope)
        rows = [
            {
                "id": entry.subject,
                "reference": entry.reference,
                "evidence": {"kind": entry.evidence_kind, "id": entry.evidence},
            }
            for entry in entries
        ]
        told = {"key": figure.key, "definition": figure.definition} | moment.query()
        self.stdout.write(
            dumps(told | {"scope": scope.as_json(), "value": len(entries), "rows": rows}, indent=2)
        )


def _in_words(cell: Cell) -> str:
    return standing(cell.value).word if cell.kind == "status" else in_words(cell.value)
