"""What a file is written from: headings, and batches of columns that come one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from governance.exchange.writing.spelled import Rows

# None is an empty cell. Yes and no are words by now, and a time of day has no place in a register's file.
Cell = str | int | date | None
# The cells of some rows, column by column: whatever is done to cells is done to a column at a time.
Batch = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Table:
    """A table to be written: its heading cells and its rows, which can be gone through once.

    The rows come in batches, or are still in the database, which then spells them as the file has them.
    `about` is what is said of the table, in pairs of words. It never stands among the rows.
    """

    headings: Sequence[str]
    batches: Iterable[Batch] | Rows
    about: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Writer:
    """A kind of file: its ending, its type on the web, and what makes its bytes out of a table."""

    ending: str
    media_type: str
    name: str
    write: Callable[[Table], Iterator[bytes]]
