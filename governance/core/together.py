"""Several QuerySets asked in one query: a page of many small parts is one question, not a dozen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils.dateparse import parse_duration

Read = Callable[[Any], Any]


def duration(said: str) -> timedelta:
    """An interval as Postgres says it: "2 days 03:04:05". Raises ValueError for one of months or years."""
    found = parse_duration(said)
    if found is None:
        raise ValueError(f"{said} is no number of days and hours")
    return found


# How what Postgres says as JSON becomes what it says as a row, by the kind of the column.
AS_IT_IS = frozenset((
    "AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "EmailField", "ForeignKey",
    "IntegerField", "OneToOneField", "PositiveBigIntegerField", "PositiveIntegerField",
    "PositiveSmallIntegerField", "SlugField", "SmallIntegerField", "TextField", "URLField",
))  # fmt: skip
READ: dict[str, Read] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DurationField": duration,
    "JSONField": json.dumps,
    "TimeField": time.fromisoformat,
}


class _Asked:
    """One QuerySet among others: what it asks, and how its rows are read; `sql` is "" where none can be."""

    def __init__(self, found: QuerySet[Any]) -> None:
        self.found = found
        self.compiler: SQLCompiler = found.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql = ""
        self.params: Sequence[Any] = ()
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.reads: list[Read | None] | None = []
        else:
            self.reads = self._reads()

    def _reads(self) -> list[Read | None] | None:
        """How each column is read, None for one that is as it is; None where one cannot be told as JSON."""
        kinds = [each[0].output_field.get_internal_type() for each in self._selected]
        known = all(kind in AS_IT_IS or kind in READ for kind in kinds)
        return [READ.get(kind) for kind in kinds] if known else None

    @property
    def _selected(self) -> Sequence[Any]:
        selected: Sequence[Any] = self.compiler.select[: self.compiler.col_count]
        return selected

    def arm(self, place: int) -> str:
        """Its rows as JSON in their order, with its place among the others."""
        names = ", ".join(f"c{n}" for n in range(len(self._selected)))
        return (
            f"SELECT {place} AS place, row_number() OVER () AS number, row_to_json(q) AS said "  # noqa: S608
            f"FROM ({self.sql}) AS q({names})"
        )

    def keep(self, rows: Iterable[Sequence[Any]]) -> None:
        """Let the QuerySet hold these rows, as though it had asked for them itself."""
        chunks = [[self._row(list(row)) for row in rows]]
        own = self.found.query.__dict__
        self.compiler.__dict__["execute_sql"] = lambda *args, **options: chunks
        own["get_compiler"] = lambda *args, **options: self.compiler
        try:
            len(self.found)
        finally:
            del own["get_compiler"]

    def _row(self, cells: list[Any]) -> tuple[Any, ...]:
        pairs = zip(cells, self.reads or (), strict=False)
        return tuple(read(cell) if read and cell is not None else cell for cell, read in pairs)


def ask_together(querysets: Iterable[QuerySet[Any]]) -> None:
    """Let each of these hold its rows, all of them asked in one query.

    One with a column that JSON cannot say exactly (a decimal number, a list) is asked by itself.
    """
    asked = [_Asked(found) for found in querysets if found._result_cache is None]
    together = [each for each in asked if each.reads is not None]
    for each in asked:
        if each.reads is None:
            len(each.found)
    rows = _rows([each for each in together if each.sql])
    for each in together:
        each.keep(rows.get(id(each), []))


def _rows(asked: Sequence[_Asked]) -> dict[int, list[list[Any]]]:
    """The rows of each, by its identity."""
    if not asked:
        return {}
    arms = " UNION ALL ".join(each.arm(place) for place, each in enumerate(asked))
    found: dict[int, list[list[Any]]] = {id(each): [] for each in asked}
    with connection.cursor() as cursor:
        cursor.execute(f"{arms} ORDER BY place, number", [value for each in asked for value in each.params])
        for place, _, said in cursor.fetchall():
            row = json.loads(said) if isinstance(said, str) else said
            each = asked[place]
            found[id(each)].append([row[f"c{n}"] for n in range(len(each._selected))])
    return found
