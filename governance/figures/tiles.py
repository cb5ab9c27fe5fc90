"""Figures as tiles: each number with its words and the way to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.figures.figure import get_figure
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
