"""The figures of disposals: what waits for a decision, what is to be done, what was done."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from assets.figures.register import ONE_CLOCK
from assets.models import Disposal
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

DISPOSALS = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicaldisposal",
    evidence="history_id",
    page="assets:disposal",
    permission="assets.list_assets",
    noun="disposal",
    columns=(
        Column("Asset", "asset__reference"),
        Column("What becomes of it", "outcome"),
        Column("Stage", "stage", "status"),
        Column("Carried out on", "carried_out_on", "date"),
        Column("Recorded on", "history_date__date", "date"),
    ),
    dimensions={"outcome": "outcome", "stage": "stage"},
)


def disposals(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Every disposal as it stood at a moment, of assets that belonged to the scope's units then."""
    versions: QuerySet[Any] = Disposal.history.at(moment).within(scope, moment)
    return versions


@figure(
    "disposals.waiting",
    title="Disposals waiting for a decision",
    definition="Disposals proposed by the end of the date to which the owner, the records manager or both "
    f"had not agreed. {ONE_CLOCK}",
    shape=DISPOSALS,
)
def waiting(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Somebody has to decide."""
    return disposals(moment, scope).filter(stage=Disposal.Stage.PROPOSED)


@figure(
    "disposals.agreed",
    title="Disposals to be carried out",
    definition="Disposals that the owner and the records manager had both agreed to by the end of the date, "
    f"and of which nobody had recorded that they were carried out. {ONE_CLOCK}",
    shape=DISPOSALS,
)
def agreed(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Somebody has to do it."""
    return disposals(moment, scope).filter(stage=Disposal.Stage.AGREED)


@figure(
    "disposals.carried_out",
    title="Disposals carried out, with their certificates",
    definition="Disposals recorded as carried out by the end of the date, each with a certificate. "
    f"{ONE_CLOCK}",
    shape=DISPOSALS,
)
def carried_out(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """From the beginning of the record."""
    return disposals(moment, scope).filter(stage=Disposal.Stage.CARRIED_OUT)


@figure(
    "disposals.kept_longer",
    title="Decisions to keep longer",
    definition="Decisions of the owner and the records manager, made by the end of the date, to keep an "
    f"asset or a part of it longer than its rule says. {ONE_CLOCK}",
    shape=DISPOSALS,
)
def kept_longer(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """With a reason each."""
    return disposals(moment, scope).filter(stage=Disposal.Stage.KEPT)


def disposal_counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """The figures of disposals by key, in one query."""
    found = disposals(moment, scope).order_by().values_list("stage").annotate(rows=Count("pk"))
    by_stage = dict(found)
    figures = (waiting, Disposal.Stage.PROPOSED), (agreed, Disposal.Stage.AGREED)
    closed = (carried_out, Disposal.Stage.CARRIED_OUT), (kept_longer, Disposal.Stage.KEPT)
    return {each.key: by_stage.get(stage, 0) for each, stage in (*figures, *closed)}
