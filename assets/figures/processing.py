"""The figures of the record of processing activities, and of DPIAs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from assets.figures.register import ONE_CLOCK
from assets.models import ProcessingActivity
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

ACTIVITIES = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicalprocessingactivity",
    evidence="history_id",
    page="assets:activity",
    permission="assets.list_activities",
    noun="activity",
    columns=(
        Column("Title", "title"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
        Column("State", "state"),
        Column("Recorded on", "history_date__date", "date"),
    ),
    dimensions={
        "unit": "unit__code",
        "owner": "owner_id",
        "ownerless": "ownerless",
        "state": "state",
        "capacity": "capacity",
        "basis": "basis_id",
        "special_category": "special_category",
        "law_enforcement": "law_enforcement",
    },
)
# What makes an activity one of a part's, by the key of the part's figure.
LIVE = Q(state="live")
NOT_OVER = ~Q(state="ended")
WITHOUT_BASIS = NOT_OVER & Q(capacity="controller", law_enforcement=False, basis=None)
SPECIAL_WITHOUT = NOT_OVER & Q(capacity="controller", special_category=True, special_condition=None)


@figure(
    "processing.total",
    title="Processing activities",
    definition=f"Activities recorded by the end of the date: drafts, live and ended ones. {ONE_CLOCK}",
    shape=ACTIVITIES,
)
def activities(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each activity."""
    versions: QuerySet[Any] = ProcessingActivity.history.at(moment).within(scope)
    return versions


@figure(
    "processing.live",
    title="Live activities: the ROPA",
    definition="Activities that were live at the end of the date, and so complete under Article 30 of the "
    f"UK GDPR. {ONE_CLOCK}",
    shape=ACTIVITIES,
)
def live(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What would be shown to the ICO."""
    return activities.rows(moment, scope).filter(LIVE)


@figure(
    "processing.without_basis",
    title="Activities without a lawful basis",
    definition="Activities as controller, not ended and not for law enforcement, for which no lawful basis "
    f"under Article 6 was recorded. {ONE_CLOCK}",
    shape=ACTIVITIES,
)
def without_basis(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Drafts: a live one has a basis."""
    return activities.rows(moment, scope).filter(WITHOUT_BASIS)


@figure(
    "processing.special_without_condition",
    title="Special category data without a condition",
    definition="Activities as controller, not ended, with special category data for which no condition of "
    f"Article 9 was recorded. {ONE_CLOCK}",
    shape=ACTIVITIES,
)
def special_without_condition(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Drafts: a live one has a condition."""
    return activities.rows(moment, scope).filter(SPECIAL_WITHOUT)


def counted(moment: Moment, scope: Scope, parts: Mapping[str, Q]) -> dict[str, int]:
    """Parts of the activities, each by the key of its figure, in one query (a test compares)."""
    named = {f"n{place}": Count("pk", filter=part) for place, part in enumerate(parts.values())}
    found = activities.rows(moment, scope).order_by().aggregate(**named)
    return dict(zip(parts, found.values(), strict=True))
