"""The figures of due dates: overdue on the first date, and extended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from actions.figures.progress import PROGRESS, standing
from actions.models.dates import LATER, first_past, with_dates
from governance.figures.figure import Column, figure
from governance.figures.moment import Moment, Scope

DATED = replace(
    PROGRESS,
    columns=(*PROGRESS.columns, Column("First due", "first_due", "date"), Column("Due", "due_then", "date")),
)


def _dated(moment: Moment, scope: Scope) -> Any:
    return with_dates(standing(moment, scope), moment)


@figure(
    "actions.overdue_original",
    title="Actions overdue on their first date",
    definition="Actions neither completed nor withdrawn whose first due date lies before the date, whatever "
    "date was agreed later.",
    shape=DATED,
)
def overdue_original(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Late by what was first promised."""
    rows: QuerySet[Any] = _dated(moment, scope).filter(first_past(moment))
    return rows


@figure(
    "actions.extended",
    title="Actions extended",
    definition="Actions whose due date, as it stood on the date, lies after their first one, whatever their "
    "status.",
    shape=DATED,
)
def extended(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Put back, once or more."""
    rows: QuerySet[Any] = _dated(moment, scope).filter(LATER)
    return rows
