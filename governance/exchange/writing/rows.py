"""The rows of a register for a file: read from the database as they are written, never held all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, TextField, Value
from django.utils import timezone

from governance.core.dates import end_of_day
from governance.exchange.writing.spelled import Outgoing
from governance.exchange.writing.table import Batch
from governance.figures.moment import Moment
from governance.people.registers.several import stamp
from governance.people.registers.sheet import Derived, Lookup, Several, Sheet, SheetColumn
from governance.people.registers.versions import instant_of

BATCH = 2_000  # rows read, and written, at a time


def keys(sheet: Sheet) -> list[Outgoing]:
    """Reference and version, by which the file comes back."""
    version = Outgoing(sheet.version.heading, "history_id", sheet.version.kind)
    return [Outgoing(sheet.reference.heading, "reference"), version]


def written_at(sheet: Sheet, moment: Moment) -> Outgoing:
    """When the file is written, in each row: the instant of which it tells."""
    words = stamp(min(timezone.now(), instant_of(moment)))
    return Outgoing(sheet.written.heading, "written_at", reckon=Value(words, TextField()))


def leaving(column: SheetColumn | Derived, moment: Moment) -> Outgoing:
    """A column of a sheet on its way out, whether files may set it or not."""
    if isinstance(column, Derived):
        named, reckon = (each and each() for each in (column.named, column.reckon))
        return Outgoing(column.heading, column.path, column.kind, named, reckon)
    if isinstance(column, Several):
        return Outgoing(column.heading, f"told_{column.name}")
    return column_out(column, moment)


def column_out(column: SheetColumn, moment: Moment) -> Outgoing:
    """One column of a sheet, in the words of the moment. An entry of a long list is read with its row."""
    if isinstance(column, Lookup):
        if column.only_named:
            return Outgoing(column.heading, f"{column.name}__{column.by[-1]}")
        column = as_then(column, moment)
    return Outgoing(column.heading, column.attname, column.kind, column.named())


def as_then(column: Lookup, moment: Moment) -> Lookup:
    """The column with the words that its list had at a past moment."""
    if not moment.is_past:
        return column
    instant: datetime = min(end_of_day(moment.as_at), moment.known_before)
    model: Any = column.among().model
    key = model._meta.pk.attname if column.key == "pk" else column.key
    return replace(column, among=lambda: model.history.before(instant), key=key)


def batches(found: QuerySet[Any], columns: Sequence[Outgoing]) -> Iterator[Batch]:
    """The rows in batches, each column by column. What several columns read is read once.

    Inside a transaction, so that the server hands them over as it finds them, instead of putting them all
    aside first.
    """
    paths = list(dict.fromkeys(column.path for column in columns))
    with transaction.atomic():
        rows = iter(found.values_list(*paths).iterator(chunk_size=BATCH))
        while some := list(islice(rows, BATCH)):
            values = dict(zip(paths, zip(*some, strict=True), strict=True))
            yield [column.cells(values[column.path]) for column in columns]
