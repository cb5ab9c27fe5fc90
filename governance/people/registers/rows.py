"""The rows of a register, read a page at a time however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count, F, QuerySet, Window

from governance.core.filtering import PER_PAGE

# The order of what comes near to a search; only the search knows it, and not the rows.
NEAREST = "-nearness"


class Rows:
    """A list for a paginator: what a row shows is asked for the keys of a page alone.

    A page in the second half is read from the end. `rows_of` brings the rows of some keys; `known` is how
    many there are, where that has been counted already. What is `costly` to find, as words are, is counted
    while the first page of it is found, not before.
    """

    def __init__(
        self,
        found: QuerySet[Any],
        order: Sequence[str],
        rows_of: Callable[[Any], QuerySet[Any]],
        known: int | None = None,
        *,
        costly: bool = False,
    ) -> None:
        self.found, self.order, self.rows_of = found, order, rows_of
        self._count = known
        self._costly = costly
        self._first: list[int] = []

    def count(self) -> int:
        """How many there are on all pages."""
        if self._count is None:
            self._count = self._with_first() if self._costly else self.found.order_by().count()
        return self._count

    def _with_first(self) -> int:
        every = self.found.order_by(*self._by(backwards=False)).annotate(every=Window(Count("pk")))
        found = list(every.values_list("pk", "every")[:PER_PAGE])
        self._first = [key for key, _ in found]
        return found[0][1] if found else 0

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Any]:
        start, stop = part.start or 0, min(part.stop, self.count())
        if start >= stop:
            return []
        return list(self.rows_of(self.keys(start, stop)).order_by(*self._by(backwards=False)))

    def keys(self, start: int, stop: int) -> QuerySet[Any] | list[int]:
        """The keys of the rows from one place up to another."""
        if stop <= len(self._first):
            return self._first[start:stop]
        count, backwards = self.count(), self._from_the_end(start)
        part = slice(count - stop, count - start) if backwards else slice(start, stop)
        return self.found.order_by(*self._by(backwards=backwards)).values_list("pk", flat=True)[part]

    def _from_the_end(self, start: int) -> bool:
        return start > self.count() // 2

    def _by(self, *, backwards: bool) -> list[Any]:
        return [by(name, backwards=backwards) for name in dict.fromkeys(self.order)]


class Nearest:
    """Entries in the order of their keys, which are known, for a paginator."""

    def __init__(self, keys: Sequence[int], rows_of: Callable[[Any], QuerySet[Any]]) -> None:
        self.keys, self.rows_of = keys, rows_of

    def count(self) -> int:
        """How many there are on all pages."""
        return len(self.keys)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Any]:
        keys = self.keys[part]
        rows = {row.pk: row for row in self.rows_of(keys)}
        return [rows[key] for key in keys if key in rows]


def by(name: str, *, backwards: bool) -> Any:
    field = F(name.removeprefix("-"))
    return field.asc() if name.startswith("-") == backwards else field.desc()
