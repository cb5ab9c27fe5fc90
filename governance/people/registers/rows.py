"""The rows of a register, read a page at a time however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, QuerySet


class Rows:
    """A list for a paginator: first the keys of a page, in their order, then those rows alone.

    So names and what else a row shows are asked for fifty rows and not for all before them. A page in the
    second half is read from the end. `rows_of` brings the rows of some keys; `known` is how many there are,
    where that has been counted already.
    """

    def __init__(
        self,
        found: QuerySet[Any],
        order: Sequence[str],
        rows_of: Callable[[list[int]], QuerySet[Any]],
        known: int | None = None,
    ) -> None:
        self.found, self.order, self.rows_of = found, order, rows_of
        self._count = known

    def count(self) -> int:
        """How many there are on all pages."""
        if self._count is None:
            self._count = self.found.order_by().count()
        return self._count

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Any]:
        keys = self.keys(part.start or 0, min(part.stop, self.count()))
        rows = {row.pk: row for row in self.rows_of(keys)} if keys else {}
        return [rows[key] for key in keys if key in rows]

    def keys(self, start: int, stop: int) -> list[int]:
        """The keys of the rows from one place up to another."""
        count = self.count()
        if start <= count // 2:
            return list(self._ordered(backwards=False)[start:stop])
        return list(self._ordered(backwards=True)[count - stop : count - start])[::-1]

    def _ordered(self, *, backwards: bool) -> QuerySet[Any]:
        names = dict.fromkeys(self.order)
        order = [_by(name, backwards=backwards) for name in names]
        return self.found.order_by(*order).values_list("pk", flat=True)


def _by(name: str, *, backwards: bool) -> Any:
    field = F(name.removeprefix("-"))
    return field.asc() if name.startswith("-") == backwards else field.desc()
