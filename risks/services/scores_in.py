"""Scores that a file brings: recorded, and struck out when it is taken back, by the rules of the pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from governance.core.dates import today
from governance.figures.moment import Moment
from governance.people.registers.facts import RECORDERS, Fact, Recorder, Struck, Wanted
from risks.models import Assessment, MatrixCell, Risk
from risks.representations.score_facts import KINDS, recorded
from risks.services.assessment import AssessmentError, check_below, check_day, check_open

if TYPE_CHECKING:
    from governance.people.models import User

Kind = Assessment.Kind


@transaction.atomic
def record(wanted: Sequence[Wanted], by: User) -> list[Fact]:
    """Record scores of many risks from today, as `assess` records one: a few queries for any number.

    Raises AssessmentError, with a sentence, where one cannot be; then none is recorded.
    """
    locked = locked_open({each.key for each in wanted})
    asked = {each.fact["cell"] for each in wanted}
    cells = MatrixCell.objects.filter(pk__in=asked).select_related("level", "matrix")
    known = {cell.pk: cell for cell in cells}
    for cell in {cell.matrix_id: cell for cell in known.values()}.values():
        check_day(cell, today())
    scores = [scored(each, known[each.fact["cell"]], by) for each in wanted]
    check_targets(scores, locked)
    return [recorded(score) for score in Assessment.objects.bulk_create(scores)]


def scored(wanted: Wanted, cell: MatrixCell, by: User) -> Assessment:
    """A score that is wanted, not yet recorded."""
    return Assessment(
        risk_id=wanted.key,
        kind=KINDS[wanted.name],
        cell=cell,
        reason=wanted.fact["reason"],
        waiver=wanted.fact.get("waiver", ""),
        effective_on=today(),
        recorded_by=by,
        recorded_as=by.post_title,
    )


def check_targets(scores: Sequence[Assessment], risks: Collection[int]) -> None:
    """Raises TargetAboveError for a target above the current score, recorded with it or standing."""
    standing = Assessment.objects.standing_for(risks, Moment.now())
    current = {each.risk_id: each for each in (*standing, *scores) if each.kind == Kind.CURRENT}
    for each in scores:
        if each.kind == Kind.TARGET and not each.waiver:
            check_below(each.cell, current.get(each.risk_id))


@transaction.atomic
def strike(facts: Sequence[Struck], by: User, reason: str) -> None:
    """Say of scores that they never happened, as `correct` says of one. Raises AssessmentError."""
    keys = [each.fact["recorded"] for each in facts]
    wrong = list(Assessment.objects.filter(pk__in=keys).select_related("cell").order_by("pk"))
    locked_open({each.risk_id for each in wrong})
    if Assessment.objects.filter(corrects__in=wrong).exists():
        raise AssessmentError("Somebody has corrected one of the scores meanwhile")
    Assessment.objects.bulk_create(struck(each, by, reason) for each in wrong)


def struck(wrong: Assessment, by: User, reason: str) -> Assessment:
    """What says of a score that it never happened, not yet recorded."""
    return Assessment(
        risk_id=wrong.risk_id,
        kind=wrong.kind,
        cell=wrong.cell,
        reason=reason,
        waiver=wrong.waiver,
        effective_on=wrong.effective_on,
        corrects=wrong,
        void=True,
        recorded_by=by,
        recorded_as=by.post_title,
    )


def locked_open(keys: Collection[int]) -> list[int]:
    """The keys of these risks, locked one after the other. Raises AssessmentError unless all are open."""
    risks = list(Risk.objects.for_change().filter(pk__in=keys).order_by("pk"))
    for risk in risks:
        check_open(risk)
    return [risk.pk for risk in risks]


RECORDERS["risks"] = Recorder(record, strike)
