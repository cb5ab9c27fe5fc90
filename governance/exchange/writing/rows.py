"""The rows of a register for a file: read from the database as they are written, never held all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from governance.core.dates import end_of_day
from governance.exchange.writing.table import Batch, Cell
from governance.figures.moment import Moment
from governance.people.registers.derived import Say
from governance.people.registers.sheet import Derived, Lookup, Sheet, SheetColumn

BATCH = 2_000  # rows read, and written, at a time


@dataclass(frozen=True)
class Outgoing:
    """A column on its way out: its heading, the lookup from a row, and what makes a cell of a value."""

    heading: str
    path: str
    write: Callable[[Any], Cell] | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """What is read for it."""
        return (self.path,)

    def cells(self, found: Mapping[str, Sequence[Any]]) -> Sequence[Cell]:
        """The cells of some rows, whose values are given by path. Each value that occurs is written once."""
        values = found[self.path]
        if self.write is None:
            return values
        written = {value: self.write(value) for value in set(values)}
        return [written[value] for value in values]


@dataclass(frozen=True)
class Reckoned:
    """A column that only leaves, on its way: what it reads of a row, and what makes its cells of that."""

    heading: str
    paths: tuple[str, ...]
    say: Say

    def cells(self, found: Mapping[str, Sequence[Any]]) -> Sequence[Cell]:
        """The cells of some rows, whose values are given by path."""
        return self.say([found[path] for path in self.paths])


Leaving = Outgoing | Reckoned


def keys(sheet: Sheet) -> list[Outgoing]:
    """Reference and version, by which the file comes back."""
    return [Outgoing(sheet.reference.heading, "reference"), Outgoing(sheet.version.heading, "history_id")]


def leaving(column: SheetColumn | Derived, moment: Moment) -> Leaving:
    """A column of a sheet on its way out, whether files may set it or not."""
    if isinstance(column, Derived):
        return Reckoned(column.heading, tuple(column.reads), column.say())
    return column_out(column, moment)


def column_out(column: SheetColumn, moment: Moment) -> Outgoing:
    """One column of a sheet, in the words of the moment. An entry of a long list is read with its row."""
    if isinstance(column, Lookup):
        if column.only_named:
            return Outgoing(column.heading, f"{column.name}__{column.by[-1]}")
        column = as_then(column, moment)
    plain = type(column).writer is SheetColumn.writer
    return Outgoing(column.heading, column.attname, None if plain else column.writer())


def as_then(column: Lookup, moment: Moment) -> Lookup:
    """The column with the words that its list had at a past moment."""
    if not moment.is_past:
        return column
    instant: datetime = min(end_of_day(moment.as_at), moment.known_before)
    model: Any = column.among().model
    key = model._meta.pk.attname if column.key == "pk" else column.key
    return replace(column, among=lambda: model.history.before(instant), key=key)


def batches(found: QuerySet[Any], columns: Sequence[Leaving]) -> Iterator[Batch]:
    """The rows in batches, each column by column. What several columns read is read once.

    Inside a transaction, so that the server hands them over as it finds them, instead of putting them all
    aside first.
    """
    paths = list(dict.fromkeys(path for column in columns for path in column.paths))
    with transaction.atomic():
        rows = iter(found.values_list(*paths).iterator(chunk_size=BATCH))
        while some := list(islice(rows, BATCH)):
            values = dict(zip(paths, zip(*some, strict=True), strict=True))
            yield [column.cells(values) for column in columns]
