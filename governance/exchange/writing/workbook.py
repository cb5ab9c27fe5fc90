"""XLSX, written straight into the answer: the rows on the first sheet, what is said of them on the second.

Every text is an inline string, which no spreadsheet runs, so that nothing in it needs a mark; one that looks
like a formula is told to stay text even when somebody edits it (quotePrefix). Numbers and dates are numbers
and dates. See docs/decisions for why no library writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from governance.exchange.guard import TOO_LONG, is_dangerous
from governance.exchange.writing import parts
from governance.exchange.writing.table import Batch, Cell, Table, Writer

LONGEST = 32_767  # characters in a cell: more is cut off by the program that opens the file
DAY_NOUGHT = date(1899, 12, 30).toordinal()  # what Excel counts days from, after 28 February 1900
FASTEST = 1
EMPTY = "<c/>"
# XML cannot hold these, and what looks like their escaped form has to be escaped too (ECMA-376, 22.4.2.4).
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_NEEDS_CARE = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_x")


def write(table: Table) -> Iterator[bytes]:
    """The file in pieces, as they come to be; the archive is written forwards only."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:  # type: ignore[call-overload]
        for name, text in parts.FIXED.items():
            archive.writestr(name, text)
        for number, rows in enumerate((_table_rows(table), _about_rows(table)), start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as sheet:
                yield from _sheet(sheet, sink, rows)
    yield sink.taken()


class _Sink:
    """What the archive writes into: keeps the bytes until they are taken. It has no place to go back to."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece."""
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        """All since the last time."""
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found


def _sheet(sheet: IO[bytes], sink: _Sink, rows: Iterable[str]) -> Iterator[bytes]:
    """Write one sheet, a piece after each batch of rows."""
    sheet.write(parts.SHEET_HEAD.encode())
    for lines in rows:
        sheet.write(lines.encode())
        yield sink.taken()
    sheet.write(parts.SHEET_TAIL.encode())


def _table_rows(table: Table) -> Iterator[str]:
    yield _row(1, map(_heading, table.headings))
    first = 2
    for batch in table.batches:
        yield _rows(batch, first)
        first += len(batch[0]) if batch else 0


def _about_rows(table: Table) -> Iterator[str]:
    pairs = table.about or [("", "")]
    yield _rows(list(zip(*pairs, strict=True)), 1)


def _rows(batch: Batch, first: int) -> str:
    """The rows of a batch of columns, numbered from the first."""
    columns = map(_column, batch)
    return "".join(_row(number, cells) for number, cells in enumerate(zip(*columns, strict=True), first))


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _heading(text: str) -> str:
    return f'<c s="{parts.BOLD}" t="inlineStr"><is><t>{_text(text)}</t></is></c>'


def _column(cells: Sequence[Cell]) -> list[str]:
    """The cells of one column. Each value that occurs is written once.

    No cell says where it stands (`r` is optional, ECMA-376 18.3.1.4): each stands after the one before, and
    an empty one is there to keep the place.
    """
    written = {cell: _WRITE[type(cell)](cell) for cell in set(cells)}
    return [written[cell] for cell in cells]


def _string(cell: str) -> str:
    if not cell:
        return EMPTY
    plain = cell[0].isalnum()
    style = "" if plain or not is_dangerous(cell) else f' s="{parts.QUOTED}"'
    kept = "" if plain and cell[-1].isalnum() and "\n" not in cell else ' xml:space="preserve"'
    return f'<c{style} t="inlineStr"><is><t{kept}>{_text(cell)}</t></is></c>'


def _number(cell: int) -> str:
    return f"<c><v>{cell}</v></c>"


def _date(cell: date) -> str:
    """Days before Excel's calendar begins are written as text."""
    if cell.year <= 1900:
        return _string(cell.isoformat())
    return f'<c s="{parts.DATE}"><v>{cell.toordinal() - DAY_NOUGHT}</v></c>'


def _empty(cell: None) -> str:
    return EMPTY


_WRITE: dict[type, Callable[..., str]] = {
    str: _string,
    int: _number,
    date: _date,
    datetime: _date,
    type(None): _empty,
}


def _text(text: str) -> str:
    """A text as XML holds it. Line ends become the one that cells have; one too long says so."""
    if len(text) > LONGEST:
        return TOO_LONG
    if not _NEEDS_CARE.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


WRITER = Writer("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", write)
