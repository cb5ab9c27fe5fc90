"""ODS (OpenDocument 1.3, part 3): the values of the cells of one sheet."""

from __future__ import annotations

from datetime import datetime

from governance.exchange.reading.limits import MOST_COLUMNS, FileRefusedError, Grid, too_wide
from governance.exchange.reading.package import Package, parse
from governance.people.registers.cells import Cell

PART = "content.xml"
MOST_REPEATED = 1_048_576
SKIPPED = ("office:annotation", "table:tracked-changes", "text:ruby-text")


class OpenDocument:
    """A workbook: its sheets by name."""

    def __init__(self, package: Package) -> None:
        """Raises FileRefusedError."""
        if package.has("META-INF/manifest.xml") and b"encryption-data" in package.read(
            "META-INF/manifest.xml"
        ):
            raise FileRefusedError("The workbook is protected by a password. Save it without one")
        self.content = package.read(PART)
        self.sheets: dict[str, str] = {}

        def start(name: str, about: dict[str, str]) -> None:
            if name == "table:table":
                sheet = about.get("table:name", "Sheet")
                self.sheets.setdefault(sheet, sheet)

        parse(self.content, PART, start)

    def rows(self, sheet: str) -> tuple[Grid, list[str]]:
        """The rows of a sheet, and what the person should know of it. Raises FileRefusedError."""
        reading = TableReading(sheet)
        parse(self.content, sheet[:31], reading.start, reading.end, reading.text)
        return reading.grid, reading.notes()


class TableReading:
    """The cells of a sheet as its tags go by."""

    def __init__(self, sheet: str) -> None:
        self.grid = Grid()
        self._sheet, self._inside, self._done = sheet, False, False
        self._number, self._rows, self._place = 1, 1, 0
        self._cells: list[Cell] = []
        self._about: dict[str, str] | None = None
        self._lines: list[str] = []
        self._aside, self._words, self._merged = 0, False, 0

    def start(self, name: str, about: dict[str, str]) -> None:
        """A tag begins."""
        if name == "table:table":
            self._inside = not self._done and about.get("table:name", "Sheet") == self._sheet
        elif not self._inside:
            return
        elif name in SKIPPED:
            self._aside += 1
        elif name == "table:table-row":
            self._rows, self._cells, self._place = times(about, "table:number-rows-repeated"), [], 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._about, self._lines = about, []
            self._merged += "table:number-rows-spanned" in about or "table:number-columns-spanned" in about
        elif self._about is not None and not self._aside:
            self._of_text(name, about)

    def _of_text(self, name: str, about: dict[str, str]) -> None:
        if name == "text:p":
            self._lines.append("")
            self._words = True
        elif self._lines:
            self._lines[-1] += {
                "text:s": " " * min(times(about, "text:c"), 1000),
                "text:tab": "\t",
                "text:line-break": "\n",
            }.get(name, "")

    def end(self, name: str) -> None:
        """A tag ends."""
        if not self._inside:
            return
        if name in SKIPPED:
            self._aside -= 1
        elif name == "text:p" and not self._aside:
            self._words = False
        elif name in ("table:table-cell", "table:covered-table-cell") and self._about is not None:
            self._put(self._about)
            self._about = None
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self._inside, self._done = False, True

    def text(self, words: str) -> None:
        """Words between tags."""
        if self._words and not self._aside and self._lines:
            self._lines[-1] += words

    def _put(self, about: dict[str, str]) -> None:
        value, repeated = self._value(about), times(about, "table:number-columns-repeated")
        if value not in (None, ""):
            if self._place + repeated > MOST_COLUMNS:
                raise too_wide(self._number, self._place + repeated - 1)
            self._cells.extend([None] * (self._place - len(self._cells)))
            self._cells.extend([value] * repeated)
        self._place += repeated

    def _value(self, about: dict[str, str]) -> Cell:
        kind, words = about.get("office:value-type", ""), "\n".join(self._lines)
        if kind in ("float", "percentage", "currency"):
            return number(about.get("office:value", ""), words)
        if kind == "date":
            return day(about.get("office:date-value", ""), words)
        if kind == "boolean":
            return about.get("office:boolean-value") == "true"
        return about.get("office:string-value", "") if kind == "string" and not self._lines else words

    def _end_row(self) -> None:
        if any(cell not in (None, "") for cell in self._cells):
            for repeat in range(self._rows):
                self.grid.add(self._number + repeat, list(self._cells))
        self._number += self._rows

    def notes(self) -> list[str]:
        """Merged cells, since only the first of them holds anything."""
        if not self._merged:
            return []
        return [
            f"Cells are merged in {self._merged} places. Only the first of them counts; the others are blank"
        ]


def times(about: dict[str, str], name: str) -> int:
    """How often something is repeated: once unless said, and never more than a sheet could hold."""
    said = about.get(name, "1")
    return min(max(int(said), 1), MOST_REPEATED) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def number(said: str, words: str) -> Cell:
    """The number, or the words where it is none."""
    try:
        return float(said)
    except ValueError:
        return words or said


def day(said: str, words: str) -> Cell:
    """The date, or the words where it is none."""
    try:
        return datetime.fromisoformat(said).replace(tzinfo=None)
    except ValueError:
        return words or said
