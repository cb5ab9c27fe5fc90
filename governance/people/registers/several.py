"""Columns of what an entry has several of: rows of a table of their own, in one cell with semicolons between.

A cell names each row by a few words. What is named and stands already is kept with all that is said of it
besides, what is named and does not stand is entered, and what stands and is not named is taken away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.db.models.functions import Replace

from governance.people.registers.cells import Cell, CellError, as_text
from governance.people.registers.columns import Read, SheetColumn, Write
from governance.people.registers.finding import folded, short

BETWEEN, WITHIN = ";", ","
Row = Mapping[str, Any]  # the fields of a row, and "said": the words for it
AS_IT_WAS = "Leave the cell as it was in the export"


class New(NamedTuple):
    """What a part of a cell names: the words by which it is found, and its fields where it is not there yet.

    `why_not` says why it cannot be entered by a file; "" where it can.
    """

    said: str
    fields: Row
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Several(SheetColumn):
    """Rows of the model `of`, which belong to an entry by `entry`; no entry has two that agree in `by`.

    `said` is the database's expression for the words of a row, `finds` makes what finds them: it is told all
    parts of the column at once. Both are about the rows as they stand, or a version of them.
    """

    kind = "several"
    reads_by_words = True
    empty: Any = ()
    of: Any  # the model, a Recorded one
    entry: str
    by: Sequence[str]
    said: Any
    finds: Callable[[Collection[str]], Callable[[str], New]]

    @property
    def fields(self) -> list[str]:
        """The fields of a row, without its key and its entry."""
        fields = self.of._meta.concrete_fields
        return [each.attname for each in fields if not each.primary_key and each.attname != self.entry]

    @property
    def blank(self) -> dict[str, Any]:
        """A row of which nothing is said."""
        return {name: self.of._meta.get_field(name).get_default() for name in self.fields}

    def reader(self, words: Collection[str] = ()) -> Read:
        """What each part of the cell names, once each."""
        find = self.finds({part for word in words for part in parts(word)})

        def read(cell: Cell) -> tuple[New, ...]:
            found: dict[str, New] = {}
            for part in parts(as_text(cell)):
                new = find(part)
                if folded(new.said) in found:
                    raise CellError(f"“{short(new.said)}” stands twice in the cell")
                found[folded(new.said)] = new
            return tuple(found.values())

        return read

    def writer(self) -> Write:
        """The words of the rows, one after the other."""
        return lambda rows: f"{BETWEEN} ".join(row["said"] for row in rows or ())

    def standing(self, keys: Collection[int]) -> dict[int, list[Row]]:
        """The rows of these entries as they stand, by the entry's key, each with its words."""
        rows = self.worded(self.of._base_manager.filter(**{f"{self.entry}__in": keys}))
        found: dict[int, list[Row]] = defaultdict(list)
        for row in rows.order_by("pk").values(self.entry, "said", *self.fields):
            found[row.pop(self.entry)].append({name: kept(value) for name, value in row.items()})
        return {key: in_order(rows) for key, rows in found.items()}

    def before(self, instant: datetime, keys: Collection[int]) -> dict[int, set[str]]:
        """The words of the rows of these entries, as they stood just before an instant."""
        versions: Any = self.of.history.before(instant).filter(**{f"{self.entry}__in": keys})
        found: dict[int, set[str]] = defaultdict(set)
        for key, words in self.worded(versions).order_by().values_list(self.entry, "said"):
            found[key].add(words)
        return found

    def worded(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows, or versions of them, with `said`: their words, in which nothing looks like the next row."""
        said: QuerySet[Any] = rows.annotate(said=Replace(self.said, Value(BETWEEN), Value(WITHIN)))
        return said

    def saying(self, said: Any) -> Several:
        """The same column, its rows in the words of another expression."""
        return replace(self, said=said)

    def merged(self, named: Iterable[New], stands: Iterable[Row]) -> list[Row]:
        """The rows that the cell asks for: those named, as they stand where they do.

        Raises CellError for one that does not stand and cannot be entered by a file.
        """
        known = {folded(row["said"]): row for row in stands}
        rows = []
        for new in named:
            if (row := known.get(folded(new.said))) is None:
                if new.why_not:
                    raise CellError(new.why_not)
                row = {**self.blank, **new.fields, "said": new.said}
            rows.append(row)
        return in_order(rows)


@dataclass(frozen=True, kw_only=True)
class Written(SheetColumn):
    """When a file was written. By it a conflict is seen in what an entry has several of."""

    def reader(self, words: Collection[str] = ()) -> Read:
        """The instant."""

        def read(cell: Cell) -> datetime:
            try:
                instant = cell if isinstance(cell, datetime) else datetime.fromisoformat(as_text(cell))
            except ValueError:
                raise CellError(f"“{short(as_text(cell))}” is no moment. {AS_IT_WAS}") from None
            if not 2000 <= instant.year <= 2200:
                raise CellError(f"{instant.year} is no year of a file. {AS_IT_WAS}")
            return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

        return read


def stamp(instant: datetime) -> str:
    """An instant as `Written` reads it, no later than it is."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")


def parts(text: str) -> list[str]:
    """What stands between the semicolons, or in the lines, of a cell."""
    return [part.strip() for line in text.splitlines() for part in line.split(BETWEEN) if part.strip()]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows by their words."""
    return sorted(rows, key=lambda row: str(row["said"]))


def said_of(rows: Iterable[Row] | None) -> set[str]:
    """The words of rows."""
    return {str(row["said"]) for row in rows or ()}


def kept(value: Any) -> Any:
    """A value as rows of batches keep it."""
    return value.isoformat() if isinstance(value, date) else value
