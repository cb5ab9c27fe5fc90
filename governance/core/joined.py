"""Rows with one row of a relation beside them: looked up once, however often and for whatever it is asked."""

from __future__ import annotations

from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet, Subquery


class Alone(Subquery):
    """A subquery that names nothing outside itself, so that the condition of a join may ask for it."""

    def get_source_expressions(self) -> list[Any]:
        """None that would have to be resolved where it stands."""
        return []

    def set_source_expressions(self, exprs: Any) -> None:
        """There are none."""


def joined(rows: Any, path: str, found: QuerySet[Any], name: str) -> Any:
    """Rows with, under `name`, the one of `found` at the end of a path, or none: `found` has one at most for
    each."""
    condition = Q(**{f"{path}__pk__in": Alone(found.values("pk"))})
    return rows.alias(**{name: FilteredRelation(path, condition=condition)})
