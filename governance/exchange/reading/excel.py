"""XLSX (ECMA-376): the values of the cells of one sheet, as they were last calculated."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime, timedelta

from governance.exchange.reading.limits import MOST_COLUMNS, FileRefusedError, Grid, too_wide
from governance.exchange.reading.package import DAMAGED, Package, parse
from governance.people.registers.cells import Cell

FIRST_DAY, FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
# Numbers of formats that show a date or a time (ECMA-376, 18.8.30).
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
# Not the two that no text of the register can hold: NUL, and half a character.
_ESCAPED = re.compile("_x(?!0000|[dD][89a-fA-F])([0-9A-Fa-f]{4})_")
LAST_MOMENT = 2_958_466  # days: the end of the year 9999


class Workbook:
    """A workbook: its sheets by name."""

    def __init__(self, package: Package) -> None:
        """Raises FileRefusedError."""
        self.package = package
        self.first_day = FIRST_DAY
        self.sheets: dict[str, str] = {}
        self.targets = self._targets()
        parse(package.read("xl/workbook.xml"), "xl/workbook.xml", self._of_workbook)

    def _of_workbook(self, name: str, about: dict[str, str]) -> None:
        if name.endswith("workbookPr") and about.get("date1904") in ("1", "true"):
            self.first_day = FIRST_DAY_1904
        if name.rpartition(":")[2] == "sheet" and about.get("state", "visible") == "visible":
            key = next((value for key, value in about.items() if key.endswith(":id")), "")
            if (target := self.targets.get(key, "")) and self.package.has(target):
                self.sheets[about.get("name", "Sheet")] = target

    def _targets(self) -> dict[str, str]:
        found: dict[str, str] = {}

        def start(name: str, about: dict[str, str]) -> None:
            if name.endswith("Relationship") and about.get("Type", "").endswith("/worksheet"):
                target = about.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
                found[about.get("Id", "")] = posixpath.normpath(path)

        part = "xl/_rels/workbook.xml.rels"
        parse(self.package.read(part), part, start)
        return found

    def rows(self, sheet: str) -> tuple[Grid, list[str]]:
        """The rows of a sheet, and what the person should know of it. Raises FileRefusedError."""
        reading = SheetReading(self._texts(), self._dates(), self.first_day)
        parse(
            self.package.read(self.sheets[sheet]),
            sheet[:31],
            reading.start,
            reading.end,
            reading.text,
        )
        return reading.grid, reading.notes()

    def _texts(self) -> list[str]:
        part = "xl/sharedStrings.xml"
        if not self.package.has(part):
            return []
        texts = Texts()
        parse(self.package.read(part), part, texts.start, texts.end, texts.text)
        return texts.found

    def _dates(self) -> set[int]:
        part = "xl/styles.xml"
        if not self.package.has(part):
            return set()
        styles = Styles()
        parse(self.package.read(part), part, styles.start, styles.end)
        return styles.dates


class Texts:
    """The texts that cells share: each put together from its runs, without how it is pronounced."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._runs: list[str] | None = None
        self._aside = False

    def start(self, name: str, about: dict[str, str]) -> None:
        """A tag begins."""
        name = name.rpartition(":")[2]
        if name == "si":
            self.found.append("")
        elif name == "rPh":
            self._aside = True
        elif name == "t" and not self._aside:
            self._runs = []

    def end(self, name: str) -> None:
        """A tag ends."""
        name = name.rpartition(":")[2]
        if name == "rPh":
            self._aside = False
        elif name == "t" and self._runs is not None:
            if self.found:
                self.found[-1] += "".join(self._runs)
            self._runs = None

    def text(self, words: str) -> None:
        """Words between tags."""
        if self._runs is not None:
            self._runs.append(words)


class Styles:
    """Which styles of cells show a number as a date."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._codes: dict[str, bool] = {}
        self._place, self._in_cells = 0, False

    def start(self, name: str, about: dict[str, str]) -> None:
        """A tag begins."""
        name = name.rpartition(":")[2]
        if name == "numFmt":
            self._codes[about.get("numFmtId", "")] = shows_a_date(about.get("formatCode", ""))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            code = about.get("numFmtId", "0")
            if self._codes.get(
                code, code.isascii() and code.isdigit() and len(code) < 5 and int(code) in DATE_FORMATS
            ):
                self.dates.add(self._place)
            self._place += 1

    def end(self, name: str) -> None:
        """A tag ends."""
        if name.endswith("cellXfs"):
            self._in_cells = False


def shows_a_date(code: str) -> bool:
    """Does a format show days, months or years?"""
    return any(letter in "dmyhs" for letter in _LITERAL.sub("", code).lower().split(";")[0])


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold: _x0009_ is a tab (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class SheetReading:
    """The cells of a sheet as its tags go by."""

    def __init__(self, texts: list[str], dates: set[int], first_day: datetime) -> None:
        self.grid = Grid()
        self._texts, self._dates, self._first_day = texts, dates, first_day
        self._number, self._place = 0, -1
        self._cells: list[Cell] = []
        self._kind, self._style = "", ""
        self._runs: list[str] | None = None
        self._value: list[str] = []
        self._merged: list[str] = []

    def start(self, name: str, about: dict[str, str]) -> None:
        """A tag begins. The commonest first: there are hundreds of thousands."""
        if name == "c" or name.endswith(":c"):
            self._place = self._at(about.get("r", ""))
            self._kind, self._style, self._value = about.get("t", "n"), about.get("s", ""), []
        elif name in ("v", "t") or name.endswith((":v", ":t")):
            self._runs = []
        elif name == "row" or name.endswith(":row"):
            said = about.get("r", "")
            own = said.isascii() and said.isdigit() and len(said) < 8
            self._number, self._cells, self._place = (int(said) if own else self._number + 1), [], -1
        elif name == "mergeCell" or name.endswith(":mergeCell"):
            self._merged.append(about.get("ref", "")[:20])

    def _at(self, said: str) -> int:
        """The place of a cell in its row, from 0."""
        if not (found := _PLACE.fullmatch(said)):
            return self._place + 1
        place = 0
        for letter in found[1]:
            place = place * 26 + ord(letter) - 64
        return place - 1

    def end(self, name: str) -> None:
        """A tag ends."""
        if self._runs is not None and (name in ("v", "t") or name.endswith((":v", ":t"))):
            self._value.append("".join(self._runs))
            self._runs = None
        elif name == "c" or name.endswith(":c"):
            if self._value:
                self._put("".join(self._value))
        elif name == "row" or name.endswith(":row"):
            self.grid.add(self._number, self._cells)

    def text(self, words: str) -> None:
        """Words between tags."""
        if self._runs is not None:
            self._runs.append(words)

    def _put(self, value: str) -> None:
        if self._place >= MOST_COLUMNS:
            raise too_wide(self._number, self._place)
        missing = self._place - len(self._cells)
        if missing >= 0:
            self._cells.extend([None] * (missing + 1))
        self._cells[self._place] = self._read(value)

    def _read(self, value: str) -> Cell:
        if self._kind == "s":
            return self._shared(value)
        if self._kind == "b":
            return value.strip() in ("1", "true")
        if self._kind in ("str", "inlineStr", "e", "d"):
            return unescaped(value)
        try:
            number = float(value)
        except ValueError:
            return value
        if self._style.isdigit() and int(self._style) in self._dates and 0 <= number < LAST_MOMENT:
            return self._first_day + timedelta(days=number)
        return number

    def _shared(self, value: str) -> str:
        if value.isascii() and value.isdigit() and len(value) < 9 and int(value) < len(self._texts):
            return unescaped(self._texts[int(value)])
        raise FileRefusedError(f"{DAMAGED}: row {self._number} names a text that is not there")

    def notes(self) -> list[str]:
        """Merged cells, since only the first of them holds anything."""
        if not self._merged:
            return []
        more = f" and {len(self._merged) - 1} more" if len(self._merged) > 1 else ""
        return [
            f"Cells are merged ({self._merged[0]}{more}). Only the first of them counts; the others are blank"
        ]
