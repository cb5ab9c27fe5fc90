"""How a plan went: its actions and those completed, at the end of each of some days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, IntegerField, Value

from actions.figures.progress import total
from actions.models import ProgressUpdate
from governance.core.dates import today
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.figures.moment import Scope


def counts_over(moments: Sequence[Moment], scope: Scope) -> list[dict[str, int]]:
    """The count of each status at each of the moments, in their order, in one query."""
    asked: list[Any] = [_counted(place, moment, scope) for place, moment in enumerate(moments)]
    found: list[dict[str, int]] = [{} for _ in moments]
    if asked:
        for place, status, rows in asked[0].union(*asked[1:], all=True):
            found[place][status] = rows
    return found


def _counted(place: int, moment: Moment, scope: Scope) -> Any:
    rows: Any = total.rows(moment, scope).order_by()
    placed = rows.annotate(moment=Value(place, output_field=IntegerField()))
    return placed.values_list("moment", "status").annotate(rows=Count("pk"))


class News(NamedTuple):
    """The days on which something of a plan was reported, and those on which something was due."""

    reported: list[date]
    due: list[date]


def news(scope: Scope) -> News:
    """The days from which what counts now took effect, and those until today on which an action was due as
    agreed now, earliest first. One query."""
    counted: Any = ProgressUpdate.objects.within(scope).live(Moment.now()).order_by()
    due = counted.filter(action__due_on__lte=today())
    told = counted.values_list("effective_on", Value(1)).union(due.values_list("action__due_on", Value(0)))
    found = sorted(told)
    return News(*([day for day, reported in found if reported == kind] for kind in (1, 0)))
