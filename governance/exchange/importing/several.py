"""What entries have several of, on its way in: how it stands, how it stood, and how it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from governance.exchange.importing.cells import Fault
from governance.exchange.models import Batch
from governance.people.registers.cells import CellError
from governance.people.registers.columns import SheetColumn
from governance.people.registers.several import Row, Several, kept, said_of
from governance.people.registers.sheet import SHEETS, Sheet

MOST_MOMENTS = 10  # a file is written at one; rows of others count as written at the first of all
Entry = dict[str, Any]


class Rows:
    """What the entries of a file have several of, in the columns that it has."""

    def __init__(self, columns: Iterable[tuple[str, SheetColumn]], written: Sequence[Any]) -> None:
        self.columns = {
            each.attname: (heading, each) for heading, each in columns if isinstance(each, Several)
        }
        self.written = [each if isinstance(each, datetime) else None for each in written]
        instants = sorted({each for each in self.written if each})
        if len(instants) > MOST_MOMENTS:
            self.written = [each and instants[0] for each in self.written]
        self.before: dict[tuple[str, datetime], dict[int, set[str]]] = {}

    def look_at(self, entries: Collection[Entry]) -> None:
        """Add to each entry its rows as they stand, and find those of when the file was written."""
        keys = [entry["id"] for entry in entries]
        add_rows((column for _, column in self.columns.values()), entries)
        for name, (_, column) in self.columns.items():
            for instant in {each for each in self.written if each}:
                self.before[name, instant] = column.before(instant, keys)

    def asked_for(self, said: Entry, entry: Mapping[str, Any] | None) -> list[Fault]:
        """Let `said` hold rows where it holds what a cell names; what is wrong with those that it loses."""
        faults = []
        for name, (heading, column) in self.columns.items():
            if name in said:
                try:
                    said[name] = column.merged(said[name], (entry or {}).get(name, ()))
                except CellError as wrong:
                    faults.append(Fault(heading, "", str(wrong)))
                    del said[name]
        return faults

    def moment(self, place: int) -> datetime | None:
        """When the row was written; None where the file does not say."""
        return self.written[place] if self.written else None

    def base(self, name: str, value: Any, entry: Mapping[str, Any], place: int) -> Any:
        """What stood when the row was written: the file's value, the standing one or None, as words agree.

        The standing value where the file does not say when it was written: then nothing is in conflict.
        """
        instant = self.moment(place)
        stands = entry[name]
        if instant is None:
            return stands
        words = self.before[name, instant].get(entry["id"], set())
        return next((each for each in (value, stands) if said_of(each) == words), None)


def add_rows(columns: Iterable[Several], entries: Collection[Entry]) -> None:
    """Add to each entry the rows that it has of each column: a query for each."""
    for column in columns:
        found = column.standing([entry["id"] for entry in entries])
        for entry in entries:
            entry[column.attname] = found.get(entry["id"], [])


def said_in(batch: Batch) -> list[Several]:
    """The columns of what entries have several of that the file has, or that are understood of another.

    All of them where an entry is found by another register, to which it then is linked.
    """
    sheet, named = SHEETS[batch.register], set(batch.mapping.values())
    if sheet.found_by and sheet.found_by.column.name in named:
        return list(sheet.several)
    named |= {name for each in sheet.spreads if each.name in named for name in each.sets}
    return [column for column in sheet.several if column.name in named]


def moved_rows(batch: Batch) -> list[str]:
    """The references of entries, locked, that have no more what they had when the batch was checked."""
    moved: list[str] = []
    for column in said_in(batch):
        rows = list(batch.rows.writing_any_of([column.attname]))
        standing = column.standing([row.entry_id for row in rows if row.entry_id])
        moved += [
            row.reference for row in rows if row.before[column.attname] != standing.get(row.entry_id or 0, [])
        ]
    return sorted(set(moved))


def write_rows(sheet: Sheet, patches: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Let the entries, by their keys, have the rows that their patches say and no other."""
    wanted: dict[str, dict[int, Sequence[Row]]] = defaultdict(dict)
    for key, patch in patches:
        for column in sheet.several:
            if column.attname in patch:
                wanted[column.attname][key] = patch[column.attname]
    for column in sheet.several:
        if column.attname in wanted:
            set_rows(column, wanted[column.attname])


def set_rows(column: Several, wanted: Mapping[int, Sequence[Row]]) -> None:
    """Take away, enter and change rows, so that each entry has those that are wanted."""
    model, fields = column.of._base_manager, column.fields
    asked = {
        (key, *(row[name] for name in column.by)): {name: row[name] for name in fields}
        for key, rows in wanted.items()
        for row in rows
    }
    held = {
        tuple(getattr(row, name) for name in (column.entry, *column.by)): row
        for row in model.filter(**{f"{column.entry}__in": wanted}).order_by("pk")
    }
    model.filter(pk__in=[row.pk for known, row in held.items() if known not in asked]).delete()
    model.bulk_create(
        column.of(**{column.entry: known[0]}, **row) for known, row in asked.items() if known not in held
    )
    changed = [laid_over(held[known], row) for known, row in asked.items() if known in held]
    model.bulk_update([row for row in changed if row], fields)


def laid_over(row: Any, values: Row) -> Any:
    """The row with these values; None where it has them already."""
    now = {name: getattr(row, name) for name in values}
    before = {name: kept(value) for name, value in now.items()}
    if before == values:
        return None
    for name, value in values.items():
        setattr(row, name, value)
    return row
