"""How a plan went: its actions and those completed, at the end of each of some days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, Max, Value

from actions.figures.progress import total
from actions.models import ProgressUpdate
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from datetime import date

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


def last_news(scope: Scope) -> date | None:
    """The last day on which anything took effect that counts now; None where nothing is reported yet."""
    counted = ProgressUpdate.objects.within(scope).live(Moment.now())
    found: date | None = counted.aggregate(last=Max("effective_on"))["last"]
    return found
