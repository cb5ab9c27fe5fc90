"""The board of a plan: a column for each status, with the actions that the reader may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from actions.models import Status
from actions.models.dates import with_dates

if TYPE_CHECKING:
    from actions.models import ProgressUpdateQuerySet
    from actions.representations.plan import PlanFigures
    from governance.figures.moment import Moment
    from governance.figures.tiles import Tile

MOST_CARDS = 20


@dataclass(frozen=True)
class BoardColumn:
    """One status: the figure of it, and the updates that stand for the actions shown."""

    status: Status
    figure: Tile
    cards: Sequence[Any]
    matching: int

    @property
    def more(self) -> int:
        """How many of those that match are no cards, since the column is full."""
        return max(0, self.matching - MOST_CARDS)


def columns_of(rows: ProgressUpdateQuerySet, figures: PlanFigures, moment: Moment) -> list[BoardColumn]:
    """A column for each status with its figure, and of the rows that match the filters how many there are
    and the first MOST_CARDS by the due date that stood. Two queries."""
    by_status: Any = rows.order_by().values_list("status").annotate(rows=Count("pk"))
    matching = dict(by_status)
    found: dict[str, list[Any]] = {status.value: [] for status in Status}
    for row in _first_of_each(with_dates(rows, moment)):
        found[row.status].append(row)
    return [
        BoardColumn(status, figure, found[status.value], matching.get(status.value, 0))
        for status, figure in zip(Status, figures.statuses, strict=True)
    ]


def _first_of_each(rows: ProgressUpdateQuerySet) -> Any:
    """Of each status those due first, cut in the database: a plan may have thousands."""
    order = [F("due_then").asc(nulls_last=True), F("action__reference").asc()]
    ranked: Any = rows.annotate(rank=Window(RowNumber(), partition_by="status", order_by=order))
    return ranked.filter(rank__lte=MOST_CARDS).order_by("rank")
