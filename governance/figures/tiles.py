"""Figures as tiles: each number with its words and the way to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from governance.figures.figure import Figure, get_figure
from governance.figures.moment import Moment, Scope


@dataclass(frozen=True)
class Tile:
    """A figure as a page shows it."""

    value: int
    label: str
    href: str


def tiles(counts: Mapping[str, int], moment: Moment, scope: Scope | None = None) -> list[Tile]:
    """A tile for each figure (by key) that was counted at a moment."""
    counted = [(get_figure(key), value) for key, value in counts.items()]
    return [Tile(value, figure.title, figure.address(moment, scope or Scope())) for figure, value in counted]


def count_together(figures: Iterable[Figure[Any]], moment: Moment, scope: Scope) -> dict[str, int]:
    """The values of figures of whatever registers, by key in the order given, in one query."""
    asked = {figure.key: _counted(figure, moment, scope) for figure in figures}
    first, *others = asked.values()
    found = dict((first.union(*others, all=True) if others else first).values_list("figure", "number"))
    return {key: found.get(key, 0) for key in asked}


def _counted(figure: Figure[Any], moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One row with the figure's key and value; none where it is nought."""
    rows: Any = figure.rows(moment, scope).order_by()
    counted: QuerySet[Any] = (
        rows.values(figure=Value(figure.key, CharField())).annotate(number=Count("pk")).order_by()
    )
    return counted
