"""Scoring a risk: each score a new fact, with its reason, under the matrix in force on its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.core.dates import long_date, today
from governance.core.steps import StepError
from governance.figures.moment import Moment
from risks.models import Assessment, MatrixCell, Risk, RiskMatrix

if TYPE_CHECKING:
    from datetime import date

    from governance.people.models import User

UNSEEN = -1  # who scores was shown no page: nothing is compared with what stands


class AssessmentError(StepError):
    """A score that cannot be recorded; the text says why, as a sentence for a page."""


class MovedOnError(AssessmentError):
    """Somebody scored the risk since the person looked at it. `latest` says what."""

    def __init__(self, latest: Assessment) -> None:
        self.latest = latest
        super().__init__(
            f"Somebody else has scored this risk since you opened the page: {latest}. What you typed is kept "
            "below: save again to record yours after theirs"
        )


class TargetAboveError(AssessmentError):
    """A target above where the risk stands, without a reason for that."""

    field = "waiver"

    def __init__(self, current: Assessment) -> None:
        self.current = current
        super().__init__(
            f"The target is above the current score, which is {current.cell.level}. Say why, or choose a "
            "target that is no higher"
        )


@transaction.atomic
def assess(
    risk: Risk,
    kind: str,
    cell: MatrixCell,
    *,
    reason: str,
    by: User,
    on: date | None = None,
    waiver: str = "",
    seen: int | None = UNSEEN,
    **facts: Any,
) -> Assessment:
    """Record that from a day (today unless given) the risk has this score, and why.

    `seen` is the key of the latest score of that kind which the person was shown, None for none. `facts`: for
    history brought in known_at with source_document; corrects and void, as `correct` gives them. Raises
    AssessmentError, with a sentence, where it cannot be.
    """
    standing = Risk.objects.for_change().get(pk=risk.pk)
    day = on or today()
    check_open(standing)
    if seen != UNSEEN and (latest := latest_of(standing, kind)) and latest.pk != seen:
        raise MovedOnError(latest)
    if not facts.get("void"):
        check_day(cell, day)
        if kind == Assessment.Kind.TARGET and not waiver:
            check_target(standing, cell, day)
    return Assessment.objects.create(
        risk=standing,
        kind=kind,
        cell=cell,
        reason=reason,
        waiver=waiver,
        effective_on=day,
        recorded_by=by,
        recorded_as=by.post_title,
        **facts,
    )


@transaction.atomic
def correct(wrong: Assessment, *, reason: str, by: User, void: bool = False, **said: Any) -> Assessment:
    """Put another score in the place of one that was wrong, or (void=True) say that it never happened.

    What is not said (`cell`, `on`) is as it was; the wrong one stays on record. Raises AssessmentError.
    """
    Risk.objects.for_change().get(pk=wrong.risk_id)
    if Assessment.objects.filter(corrects=wrong).exists():
        raise AssessmentError("This score has been corrected already: correct the one that took its place")
    return assess(
        wrong.risk,
        wrong.kind,
        said.pop("cell", wrong.cell),
        reason=reason,
        by=by,
        on=said.pop("on", wrong.effective_on),
        waiver=said.pop("waiver", wrong.waiver),
        corrects=wrong,
        void=void,
        **said,
    )


def check_open(risk: Risk) -> None:
    """Raises AssessmentError for a risk that is closed, merged or withdrawn."""
    if risk.state != Risk.State.OPEN:
        raise AssessmentError(f"{risk.reference} is {risk.get_state_display().lower()}: reopen it first")


def check_day(cell: MatrixCell, day: date) -> None:
    """Raises AssessmentError for a day to come, or a cell of a matrix that was not in force on the day."""
    if day > today():
        raise AssessmentError("A score cannot hold from a day in the future")
    matrix = RiskMatrix.objects.in_force(day)
    if matrix is None:
        raise AssessmentError(
            f"No matrix was in force on {long_date(day)}, so nothing can be scored for it", "on"
        )
    if matrix.pk != cell.matrix_id:
        raise AssessmentError(
            f"On {long_date(day)} another matrix was in force: {matrix}. Score under that one", "on"
        )


def check_target(risk: Risk, cell: MatrixCell, day: date) -> None:
    """Raises TargetAboveError where the current score of that day is lower than the target."""
    check_below(cell, risk.assessments.current(Moment.of(day)).select_related("cell__level").first())


def check_below(cell: MatrixCell, current: Assessment | None) -> None:
    """Raises TargetAboveError where the current score is under the same matrix, and lower."""
    if current and current.cell.matrix_id == cell.matrix_id and weight(cell) > weight(current.cell):
        raise TargetAboveError(current)


def weight(cell: MatrixCell) -> tuple[int, int]:
    """By what two cells of one matrix are compared: the level, then likelihood times impact."""
    return cell.level.rank, cell.likelihood * cell.impact


def latest_of(risk: Risk, kind: str) -> Assessment | None:
    """The score of that kind recorded last, whichever stands: any score or correction makes another it."""
    found: Assessment | None = (
        risk.assessments.filter(kind=kind).select_related("cell__level").order_by("pk").last()
    )
    return found
