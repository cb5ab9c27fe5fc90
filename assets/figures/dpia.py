"""The figures of DPIAs, and of how far the record of processing covers the assets."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from assets.figures.processing import (
    ACTIVITIES,
    LIVE,
    NOT_OVER,
    SPECIAL_WITHOUT,
    WITHOUT_BASIS,
    activities,
    counted,
    live,
    special_without_condition,
    without_basis,
)
from assets.figures.register import ONE_CLOCK, VERSIONS, with_personal_data
from assets.models import ActivityAsset, Dpia, ProcessingActivity, Screening, lacks_dpia
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

DPIAS = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicaldpia",
    evidence="history_id",
    page="assets:dpia",
    permission="assets.list_activities",
    noun="DPIA",
    columns=(
        Column("Title", "title"),
        Column("Activity", "activity_reference"),
        Column("Unit", "unit_name"),
        Column("State", "state"),
        Column("Next review", "next_review_on", "date"),
    ),
    dimensions={"state": "state", "residual": "residual"},
)


def not_screened(moment: Moment) -> Q:
    """Of versions of activities: nobody had asked by then."""
    screened = Screening.history.at(moment).values("activity_id")
    return NOT_OVER & Q(capacity="controller") & ~Q(id__in=screened)


@figure(
    "processing.unscreened",
    title="Activities not screened for a DPIA",
    definition="Activities as controller, not ended, for which nobody had recorded by the end of the date "
    f"whether a DPIA is needed. {ONE_CLOCK}",
    shape=ACTIVITIES,
)
def unscreened(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nobody has asked."""
    return activities.rows(moment, scope).filter(not_screened(moment))


@figure(
    "processing.needing_dpia",
    title="Activities that need a DPIA and have none",
    definition="Activities, not ended, whose screening says that a DPIA is required, and for which none was "
    f"signed off by the end of the date; also where the council decided against one. {ONE_CLOCK}",
    shape=ACTIVITIES,
)
def needing_dpia(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Required, and not there."""
    return activities.rows(moment, scope).filter(NOT_OVER & lacks_dpia(moment))


@figure(
    "processing.live_without_dpia",
    title="Live activities whose required DPIA is not signed off",
    definition="Activities that were live at the end of the date although their screening said that a DPIA "
    "is required and none was signed off: screened so after they went live, or live by decision of the "
    f"senior information risk owner. {ONE_CLOCK}",
    shape=ACTIVITIES,
)
def live_without_dpia(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """The council does it, and has not assessed it."""
    return live.rows(moment, scope).filter(lacks_dpia(moment))


@figure(
    "dpias.total",
    title="DPIAs",
    definition=f"Data protection impact assessments on record, superseded ones left out. {ONE_CLOCK}",
    shape=DPIAS,
)
def dpias(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each."""
    found: QuerySet[Any] = Dpia.history.at(moment).within(scope, moment).exclude(state="superseded")
    return found


@figure(
    "dpias.due_for_review",
    title="DPIAs due for review",
    definition=f"DPIAs signed off whose next review was due by the date. {ONE_CLOCK}",
    shape=DPIAS,
)
def due_for_review(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """To be looked at again."""
    rows: Any = dpias.rows(moment, scope)
    found: QuerySet[Any] = rows.due_for_review(moment.as_at)
    return found


# Coverage: assets with personal data, in the record or not


def in_live(moment: Moment) -> QuerySet[Any]:
    """The keys of the assets that a live activity worked with at a moment."""
    living = ProcessingActivity.history.at(moment).filter(LIVE).values("id")
    found: QuerySet[Any] = ActivityAsset.history.at(moment).filter(activity_id__in=living)
    return found.values("asset_id")


@figure(
    "assets.in_ropa",
    title="Assets with personal data in the ROPA",
    definition="Assets on the register with personal data that a live processing activity worked with at the "
    f"end of the date. {ONE_CLOCK}",
    shape=VERSIONS,
)
def in_ropa(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Beside `assets.with_personal_data` the coverage of the ROPA."""
    return with_personal_data.rows(moment, scope).filter(id__in=in_live(moment))


@figure(
    "assets.without_ropa",
    title="Assets with personal data not in the ROPA",
    definition="Assets on the register with personal data that no live processing activity worked with at "
    f"the end of the date; a draft does not count. {ONE_CLOCK}",
    shape=VERSIONS,
)
def without_ropa(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Anything with personal data must be in the ROPA."""
    return with_personal_data.rows(moment, scope).exclude(id__in=in_live(moment))


def counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """What the register of activities shows, in one query."""
    parts = {
        activities.key: Q(),
        live.key: LIVE,
        without_basis.key: WITHOUT_BASIS,
        special_without_condition.key: SPECIAL_WITHOUT,
        unscreened.key: not_screened(moment),
        needing_dpia.key: NOT_OVER & lacks_dpia(moment),
        live_without_dpia.key: LIVE & lacks_dpia(moment),
    }
    return counted(moment, scope, parts)
