"""The figures of maturity: areas as the latest assessment by each model gave them a level."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from actions.models import ActionArea, MaturityScore, ProgressUpdate, Status
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

AREAS = Shape(
    subject="area_id",
    reference="area__reference",
    evidence_kind="actions.maturityscore",
    page="actions:maturity_area",
    permission="actions.view_maturity",
    noun="area",
    columns=(
        Column("Area", "area__title"),
        Column("Level", "level__number"),
        Column("Target", "target__number"),
        Column("As at", "effective_on", "date"),
        Column("Assessment", "assessment__reference"),
        Column("Model", "assessment__model__name"),
    ),
    dimensions={"model": "assessment__model__code", "level": "level__number"},
)
LATEST = (
    "in the latest assessment by each model as at the date, whoever made it. Maturity is the whole "
    "council's: it is not narrowed by unit or plan."
)
MOVED = "whose level differs from the one given on the last earlier day on which the area was scored, "


@figure(
    "actions.maturity_areas",
    title="Areas of maturity with a level",
    definition=f"Areas that were given a level {LATEST}",
    shape=AREAS,
)
def areas(moment: Moment, scope: Scope) -> QuerySet[MaturityScore]:
    """Every area that the latest assessments scored."""
    return MaturityScore.objects.newest(moment)


@figure(
    "actions.maturity_below_target",
    title="Areas of maturity below their target",
    definition=f"Areas whose level is lower than the target that was set with it, {LATEST}",
    shape=AREAS,
)
def below_target(moment: Moment, scope: Scope) -> QuerySet[MaturityScore]:
    """Where there is still a way to go."""
    return MaturityScore.objects.newest(moment).below_target()


@figure(
    "actions.maturity_moved",
    title="Areas of maturity that moved",
    definition=f"Areas {MOVED}{LATEST}",
    shape=AREAS,
)
def moved(moment: Moment, scope: Scope) -> QuerySet[MaturityScore]:
    """Up or down."""
    rows = MaturityScore.objects.newest(moment).with_earlier(moment)
    return rows.moved()


@figure(
    "actions.maturity_unexplained",
    title="Areas of maturity that moved with no completed action",
    definition=f"Areas {MOVED}and for which no action that improves them had been completed in between by "
    f"the later day, {LATEST} Which action improves which area is taken as it is recorded now.",
    shape=AREAS,
)
def unexplained(moment: Moment, scope: Scope) -> QuerySet[MaturityScore]:
    """Movement with nothing done that would explain it: to be asked about."""
    live: Any = ProgressUpdate.objects.live(moment).exclude(status=Status.COMPLETED)
    later = Q(effective_on__gt=OuterRef("effective_on")) | Q(
        effective_on=OuterRef("effective_on"), place__gt=OuterRef("place")
    )
    by_then = live.filter(later, effective_on__lte=OuterRef(OuterRef(OuterRef("effective_on"))))
    done = ProgressUpdate.objects.changed(moment).filter(
        ~Exists(by_then.filter(action=OuterRef("action"))),
        status=Status.COMPLETED,
        effective_on__gt=OuterRef(OuterRef("earlier_on")),
        effective_on__lte=OuterRef(OuterRef("effective_on")),
        action=OuterRef("action"),
    )
    links = ActionArea.objects.filter(area=OuterRef("area")).filter(Exists(done))
    return moved.rows(moment, scope).filter(~Exists(links))


FIGURES = (areas, below_target, moved, unexplained)


def counts_by_model(moment: Moment) -> dict[str, dict[str, int]]:
    """Each figure above by the code of the model, in one query: their grouped form (a test compares)."""
    counts: dict[str, Any] = {
        found.key: Count("pk", filter=Q(pk__in=found.rows(moment, Scope()).values("pk"))) for found in FIGURES
    }
    named = {key.replace(".", "_"): count for key, count in counts.items()}
    rows = areas.rows(moment, Scope()).order_by().values_list("assessment__model__code")
    counted = list(rows.annotate(**named))
    return {key: {row[0]: row[place] for row in counted} for place, key in enumerate(counts, start=1)}
