"""One sheet of a file as a table: its headings, and the rows below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as midnight
from functools import cached_property
from itertools import zip_longest

from governance.core.dates import long_date
from governance.core.packed import LARGEST_FILE, MEGABYTE
from governance.exchange.reading import text
from governance.exchange.reading.limits import (
    AS_XLSX,
    TAKEN,
    FileRefusedError,
    Grid,
    column_letters,
)
from governance.exchange.reading.workbook import PROTECTED, sheet_of
from governance.people.registers.cells import Cell, as_text, is_blank
from governance.people.registers.finding import folded

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"<html": "a web page",
    b"<!DOCTYPE": "a web page",
    b"<?xml": "XML",
    b"\x7fELF": "a program",
}
HEADINGS_WITHIN = 30  # rows from the top


@dataclass(frozen=True)
class Table:
    """What was read: the headings with their places, and each row with its number in the file.

    `notes` are sentences for the person: what was guessed on the way.
    """

    sheet: str
    sheets: Sequence[str]
    heading_row: int
    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    notes: Sequence[str] = field(default_factory=list)

    def column(self, place: int) -> Sequence[Cell]:
        """The cells of a column, one for each row."""
        return self.columns[place] if place < len(self.columns) else [None] * len(self.rows)

    @cached_property
    def columns(self) -> Sequence[Sequence[Cell]]:
        """The cells column by column, as far as any row reaches."""
        return list(zip_longest(*(cells for _, cells in self.rows)))

    def samples(self, place: int, most: int = 3) -> list[str]:
        """The first few different values of a column, as words."""
        found: dict[str, None] = {}
        for _, cells in self.rows[:500]:
            if place < len(cells) and not is_blank(cells[place]):
                found[said(cells[place])[:60]] = None
                if len(found) == most:
                    break
        return list(found)


def read(
    data: bytes, name: str = "", *, sheet: str = "", heading_row: int = 0, known: Collection[str] = ()
) -> Table:
    """The table of a file: of the sheet named (else the first with anything), below the row named.

    Where no row is named, the headings are looked for; `known` are headings that a register has. Raises
    FileRefusedError.
    """
    grid, notes, chosen, sheets = opened(data, sheet)
    if not grid.rows:
        raise FileRefusedError(
            f"There is nothing in sheet “{chosen}”" if chosen else "There is nothing in the file"
        )
    row = heading_row or find_headings(grid, known)
    below = [(number, cells) for number, cells in grid.rows if number > row]
    above = next((cells for number, cells in grid.rows if number == row), None)
    if above is None:
        raise FileRefusedError(f"Row {row} is blank. Name the row that holds the headings")
    if not below:
        raise FileRefusedError(f"There is no row below the headings (row {row})")
    width = max(len(above), max(len(cells) for _, cells in below))
    headings = named(above, width, [cells for _, cells in below])
    return Table(chosen, sheets, row, headings, below, notes)


def opened(data: bytes, sheet: str) -> tuple[Grid, list[str], str, list[str]]:
    """The rows, what is to be said of them, the sheet they are from, and all sheets."""
    if len(data) > LARGEST_FILE:
        raise FileRefusedError(f"The file has more than {LARGEST_FILE // MEGABYTE} MB. Split it into several")
    if not data.strip():
        raise FileRefusedError("The file is empty")
    if not data.startswith(b"PK"):
        refuse_other_kinds(data)
        grid, notes = text.rows(data)
        return grid, notes, "", []
    return sheet_of(data, sheet)


def refuse_other_kinds(data: bytes) -> None:
    """Say what a file is that is no table."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileRefusedError(PROTECTED)
        raise FileRefusedError("This is an Excel workbook from before 2007 (XLS) or a like file", AS_XLSX)
    head = data[:100].lstrip().lower()
    for begins, kind in OTHER_KINDS.items():
        if head.startswith(begins.lower()):
            raise FileRefusedError(f"This is {kind}, not a table", TAKEN)


def find_headings(grid: Grid, known: Collection[str]) -> int:
    """The row that looks most like headings: most words that a register knows, then most words at all."""
    words = {folded(word) for word in known}

    def likeness(row: tuple[int, list[Cell]]) -> tuple[int, int]:
        texts = {folded(cell) for cell in row[1] if isinstance(cell, str)} - {""}
        return len(texts & words), len(texts)

    return max(grid.rows[:HEADINGS_WITHIN], key=likeness)[0]


def named(above: Sequence[Cell], width: int, rows: Sequence[Sequence[Cell]]) -> list[str]:
    """A name for each column, no two alike; "" for one that holds nothing at all."""
    said = [
        " ".join(safe_text(above[place]).split())[:200] if place < len(above) else ""
        for place in range(width)
    ]
    often = Counter(folded(each) for each in said)
    return [
        each if each and often[folded(each)] == 1
        else f"{each or 'No heading'} (column {column_letters(place)})" if each or is_filled(rows, place)
        else ""
        for place, each in enumerate(said)
    ]  # fmt: skip


def said(cell: Cell) -> str:
    """A cell as a page shows it: a day in words, however the spreadsheet keeps it; a whole number as one."""
    if isinstance(cell, datetime):
        time = "" if cell.time() == midnight() else f", {cell:%H:%M}"
        return f"{long_date(cell.date())}{time}"
    if isinstance(cell, date):
        return long_date(cell)
    return cell if isinstance(cell, str) else as_text(cell)


def is_filled(rows: Sequence[Sequence[Cell]], place: int) -> bool:
    """Does the column hold anything?"""
    return any(place < len(cells) and cells[place] not in (None, "") for cells in rows)


def safe_text(cell: Cell) -> str:
    """The words of a heading, whatever stands there."""
    return as_text(cell) if not isinstance(cell, str) else cell.replace("\x00", "")
