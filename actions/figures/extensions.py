"""The figures of more time: asked for, granted, refused, and how often dates were put back."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actions.figures.progress import PROGRESS
from actions.models import DateRevision, Extension, ExtensionQuerySet
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

DIMENSIONS = {
    name: PROGRESS.dimensions[name] for name in ("plan", "scope_area", "scope_area_id", "unit", "workstream")
}
REQUESTS = Shape(
    subject="pk",
    reference="action__reference",
    evidence_kind="actions.extension",
    page="actions:action",
    permission="actions.list_plans",
    noun="request",
    columns=(
        Column("Title", "action__title"),
        Column("What was said", "kind"),
        Column("From", "effective_on", "date"),
        Column("New due date", "due_on", "date"),
        Column("Why", "reason"),
        Column("Recorded by", "recorded_as"),
    ),
    dimensions=DIMENSIONS,
)
REVISIONS = Shape(
    subject="pk",
    reference="action__reference",
    evidence_kind="actions.daterevision",
    page="actions:action",
    permission="actions.list_plans",
    noun="date",
    columns=(
        Column("Title", "action__title"),
        Column("Agreed on", "effective_on", "date"),
        Column("Due before", "before", "date"),
        Column("Due then", "due_on", "date"),
        Column("Why", "reason"),
        Column("Recorded by", "recorded_as"),
    ),
    dimensions=DIMENSIONS,
)


def _said(moment: Moment, scope: Scope) -> ExtensionQuerySet:
    return Extension.objects.within(scope).live(moment)


@figure(
    "actions.extension_waiting",
    title="Requests for more time that wait",
    definition="Requests for a later due date that nobody had answered by the date, about actions that were "
    "then neither completed nor withdrawn.",
    shape=REQUESTS,
)
def waiting(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nobody has answered."""
    return Extension.objects.within(scope).waiting(moment)


@figure(
    "actions.extension_granted",
    title="Requests for more time granted",
    definition="Requests for a later due date that were granted by the date, with the day asked for or "
    "another; also where that day was taken back or moved since.",
    shape=REQUESTS,
)
def granted(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Each answer that granted."""
    return _said(moment, scope).filter(kind=Extension.Kind.GRANTED)


@figure(
    "actions.extension_refused",
    title="Requests for more time refused",
    definition="Requests for a later due date that were refused by the date.",
    shape=REQUESTS,
)
def refused(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Each answer that refused."""
    return _said(moment, scope).filter(kind=Extension.Kind.REFUSED)


@figure(
    "actions.times_extended",
    title="Times that a due date was put back",
    definition="Due dates, agreed by the date and not taken back, that lie after the one which the action "
    "had before: each as often as it was put back, whoever asked.",
    shape=REVISIONS,
)
def times_extended(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Each later date."""
    sooner = Q(effective_on__lt=OuterRef("effective_on"))
    sooner |= Q(effective_on=OuterRef("effective_on"), place__lt=OuterRef("place"))
    told: Any = DateRevision.objects.live(moment).filter(sooner, action=OuterRef("action"))
    before = Subquery(told.order_by("-effective_on", "-place").values("due_on")[:1])
    rows: Any = DateRevision.objects.within(scope).live(moment)
    rows = rows.annotate(before=Coalesce(before, F("action__original_due_on")))
    found: QuerySet[Any] = rows.filter(due_on__gt=F("before"))
    return found


ALL = (waiting, granted, refused, times_extended)
