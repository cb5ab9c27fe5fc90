"""Action plans in short: each plan with its figures, all in one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from actions import figures
from governance.core.components import Column
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile, tiles

PLAN_COLUMNS = [
    Column("Plan"),
    Column("Actions", numeric=True),
    *(Column(status.label, numeric=True) for status in figures.BY_STATUS),
    Column("Overdue", numeric=True),
]


@dataclass(frozen=True)
class PlanRow:
    """A plan in short: its figures, each with the way to its rows."""

    code: str
    title: str
    figures: Sequence[Tile]


def plans_in_short(moment: Moment, scope: Scope) -> list[PlanRow]:
    """Every plan that has actions in the scope, the oldest first, with its figures; one query."""
    return plans_of(grouped(moment, scope), moment, scope)


def grouped(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What `plans_of` sums up, for who asks it together with other things."""
    overdue = figures.overdue.rows(moment, scope).values("pk")
    found: QuerySet[Any] = (
        figures.total.rows(moment, scope)
        .order_by("action__plan__opened_on", "action__plan__code")
        .values("status", code=F("action__plan__code"), title=F("action__plan__title"))
        .annotate(rows=Count("pk"), overdue=Count("pk", filter=Q(pk__in=overdue)))
    )
    return found


def plans_of(rows: Iterable[dict[str, Any]], moment: Moment, scope: Scope) -> list[PlanRow]:
    """The plans of these rows, `grouped`, with their figures."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row["code"], row["title"]), []).append(row)
    return [
        PlanRow(code, title, _figures_of(rows, moment, replace(scope, plans=(code,))))
        for (code, title), rows in found.items()
    ]


def _figures_of(rows: list[Any], moment: Moment, scope: Scope) -> list[Tile]:
    by_status = {row["status"]: row["rows"] for row in rows}
    values = {
        figures.total.key: sum(by_status.values()),
        **{figure.key: by_status.get(status, 0) for status, figure in figures.BY_STATUS.items()},
        figures.overdue.key: sum(row["overdue"] for row in rows),
    }
    return tiles(values, moment, scope)
