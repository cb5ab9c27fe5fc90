"""XLSX, written straight into the answer: the rows on the first sheet, what is said of them on the second.

Every text is an inline string, which no spreadsheet runs, so that nothing in it needs a mark; one that looks
like a formula is told to stay text even when somebody edits it (quotePrefix). Numbers and dates are numbers
and dates. See docs/decisions for why no library writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from governance.exchange.writing import parts
from governance.exchange.writing.cells import SPELLING, column, xml_text
from governance.exchange.writing.packed import Sink
from governance.exchange.writing.spelled import Rows
from governance.exchange.writing.table import Batch, Table, Writer

FASTEST = 1


def write(table: Table) -> Iterator[bytes]:
    """The file in pieces, as they come to be; the archive is written forwards only."""
    sink = Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:  # type: ignore[call-overload]
        for name, text in parts.FIXED.items():
            archive.writestr(name, text)
        for number, rows in enumerate((_table_rows(table), _about_rows(table)), start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as sheet:
                yield from _sheet(sheet, sink, rows)
    yield sink.taken()


def _sheet(sheet: IO[bytes], sink: Sink, rows: Iterable[bytes]) -> Iterator[bytes]:
    """Write one sheet, a piece after each batch of rows."""
    sheet.write(parts.SHEET_HEAD.encode())
    for lines in rows:
        sheet.write(lines)
        yield sink.taken()
    sheet.write(parts.SHEET_TAIL.encode())


def _table_rows(table: Table) -> Iterator[bytes]:
    yield _row(1, map(_heading, table.headings)).encode()
    first = 2
    if isinstance(table.batches, Rows):
        for lines in table.batches.lines(SPELLING):
            yield b"".join([b'<row r="%d">%b</row>' % each for each in enumerate(lines, first)])
            first += len(lines)
        return
    for batch in table.batches:
        yield _rows(batch, first)
        first += len(batch[0]) if batch else 0


def _about_rows(table: Table) -> Iterator[bytes]:
    pairs = table.about or [("", "")]
    yield _rows(list(zip(*pairs, strict=True)), 1)


def _rows(batch: Batch, first: int) -> bytes:
    """The rows of a batch of columns, numbered from the first."""
    columns = map(column, batch)
    rows = enumerate(zip(*columns, strict=True), first)
    return "".join(_row(number, cells) for number, cells in rows).encode()


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _heading(text: str) -> str:
    return f'<c s="{parts.BOLD}" t="inlineStr"><is><t>{xml_text(text)}</t></is></c>'


WRITER = Writer("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", write)
