"""The board of a plan: a column for each status, with the actions that the reader may open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.models import Status
from actions.representations.plan import told

if TYPE_CHECKING:
    from actions.models import ProgressUpdate
    from governance.figures.moment import Moment, Scope
    from governance.figures.tiles import Tile

MOST_CARDS = 20


@dataclass(frozen=True)
class BoardColumn:
    """One status: the figure of it, and the updates that stand for the actions shown."""

    status: Status
    figure: Tile
    cards: Sequence[Any]
    more: int


def columns_of(
    rows: Iterable[ProgressUpdate], counts: Mapping[str, int], moment: Moment, scope: Scope
) -> list[BoardColumn]:
    """A column for each status, with the actions due first at its top, MOST_CARDS at most."""
    found: dict[str, list[ProgressUpdate]] = {status.value: [] for status in Status}
    for row in rows:
        found[row.status].append(row)
    return [_column(status, found[status.value], counts[status.value], moment, scope) for status in Status]


def _column(
    status: Status, rows: Sequence[ProgressUpdate], count: int, moment: Moment, scope: Scope
) -> BoardColumn:
    in_order = sorted(rows, key=_place)
    figure = told(status.value, count, status.label, moment, scope)
    return BoardColumn(status, figure, in_order[:MOST_CARDS], max(0, len(rows) - MOST_CARDS))


def _place(row: ProgressUpdate) -> tuple[date, str]:
    return row.action.due_on or date.max, row.action.reference
