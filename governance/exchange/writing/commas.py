"""CSV: commas, UTF-8 with a byte order mark (so that Excel reads it as such), CRLF as in RFC 4180."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from governance.core.formulas import MARK, dangerous_there, guarded
from governance.exchange.writing.spelled import Rows, Spelling
from governance.exchange.writing.table import Batch, Cell, Table, Writer

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(table: Table) -> Iterator[bytes]:
    """The file in pieces, one for each batch; every text that could be run as a formula is guarded."""
    yield BYTE_ORDER_MARK + _lines([[heading] for heading in table.headings])
    if isinstance(table.batches, Rows):
        for lines in table.batches.lines(SPELLING):
            yield b"\r\n".join([*(line[:-1] for line in lines), b""])
        return
    for batch in table.batches:
        yield _lines(batch)


def _lines(batch: Batch) -> bytes:
    """The rows of a batch of columns, as lines."""
    text = StringIO(newline="")
    csv.writer(text).writerows(zip(*map(_column, batch), strict=True))
    return text.getvalue().encode()


def _column(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of one column as they may stand in the file. A letter or digit in front settles it.

    Each text that occurs is looked at once.
    """
    occurring = (cell for cell in set(cells) if isinstance(cell, str) and cell and not cell[0].isalnum())
    marked: dict[Cell, str] = {cell: guarded(cell) for cell in occurring}
    return [marked.get(cell, cell) for cell in cells] if marked else cells


def _text(value: str) -> str:
    """An expression of Postgres as one of a cell."""
    return (
        f"CASE WHEN {value} = '' THEN NULL WHEN {dangerous_there(value)} THEN '{MARK * 2}' || {value} "
        f"ELSE {value} END"
    )


SPELLING = Spelling(
    text=_text,
    number="{}".format,
    day="to_char({}, 'YYYY-MM-DD')".format,
    word=guarded,
    line=", ".join,
    form="(FORMAT csv, NULL '')",
)
WRITER = Writer("csv", "text/csv; charset=utf-8", "CSV", write)
