"""Recording an assessment of maturity, and putting right what was recorded of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from actions.models import MaturityArea, MaturityAssessment, MaturityLevel, MaturityModel, MaturityScore
from assets.models.numbering import next_reference
from governance.core.dates import long_date, today
from governance.core.steps import StepError
from governance.figures.moment import Moment
from governance.history.trail import because

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from actions.models.maturity_scores import MaturityAssessmentQuerySet
    from governance.people.models import User

PREFIX = "MA"
MOVED_ON = (
    "Somebody else has corrected this since you opened the page: it is {}. What you typed is kept below: "
    "save again to put it in place of theirs"
)


@transaction.atomic
def record(
    model: MaturityModel,
    scores: Mapping[MaturityArea, Mapping[str, Any]],
    *,
    by: User,
    known_at: datetime | None = None,
    **facts: Any,
) -> MaturityAssessment:
    """An assessment with the level of each area that has one.

    `scores` gives for an area its level, target and finding; `facts` are the assessment's fields. Raises
    StepError where the model is not in use, or the day is to come.
    """
    standing = MaturityModel.objects.select_for_update().get(pk=model.pk)
    if not standing.in_use:
        raise StepError(f"{standing} is a draft: put it in use before you record an assessment by it")
    _check_day(facts["as_at"])
    _refuse_twice(standing.assessments.all(), facts["as_at"], facts["assessor"])
    reference = next_reference(MaturityAssessment, PREFIX)
    with because("Assessment recorded"):
        made = MaturityAssessment.objects.create(reference=reference, model=standing, **facts)
    known = {"known_at": known_at, "source_document": made.source_document} if known_at else {}
    for area, given in scores.items():
        _append(made, area, by=by, **known, **given)
    return made


def _refuse_twice(among: MaturityAssessmentQuerySet, day: date, assessor: str) -> None:
    """Of a form that is sent twice the second finds the first."""
    if same := among.standing().filter(as_at=day, assessor__iexact=assessor).first():
        raise StepError(f"{same} is recorded already: by the same assessor, as at that day", "assessor")


def _check_day(day: date) -> None:
    if day > today():
        raise StepError("The assessment must not be as at a day to come", "as_at")


def _append(assessment: MaturityAssessment, area: MaturityArea, *, by: User, **facts: Any) -> MaturityScore:
    return MaturityScore.objects.create(
        assessment=assessment,
        area=area,
        effective_on=assessment.as_at,
        recorded_by=by,
        recorded_as=by.post_title,
        **facts,
    )


def standing_of(assessment: MaturityAssessment, area: MaturityArea) -> MaturityScore | None:
    """The row for an area that no other corrects, whether it gives a level or says that there was none."""
    rows = assessment.scores.filter(area=area, corrected_by=None)
    return rows.select_related("level", "target", "area").first()


@transaction.atomic
def score(
    assessment: MaturityAssessment,
    area: MaturityArea,
    *,
    level: MaturityLevel | None,
    target: MaturityLevel | None,
    finding: str,
    reason: str,
    seen: int,
    by: User,
) -> MaturityScore | None:
    """Put right the level of an area, or give it one; no level says that it never had one.

    `seen` is the key of the row that the person was shown, 0 for none. None where nothing is changed. Raises
    StepError where somebody else was faster.
    """
    locked = MaturityAssessment.objects.select_for_update().get(pk=assessment.pk)
    wrong = standing_of(locked, area)
    if (wrong.pk if wrong else 0) != seen:
        raise StepError(MOVED_ON.format(wrong))
    if wrong is None:
        return _append(locked, area, by=by, level=level, target=target, finding=finding) if level else None
    void = level is None
    same = (wrong.level, wrong.target, wrong.finding) == (level, target, finding)
    if wrong.void == void and (void or same):
        return None
    given = {"level": level or wrong.level, "target": target, "finding": finding, "void": void}
    return _append(locked, area, by=by, corrects=wrong, reason=reason, **given)


@transaction.atomic
def redate(assessment: MaturityAssessment, as_at: date, *, reason: str, seen: str, by: User) -> None:
    """Say that an assessment was as at another day: each of its scores is corrected to that day.

    Raises StepError for a day to come, and where it is as at another day than was `seen` (as ISO has it).
    """
    locked = MaturityAssessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.as_at.isoformat() != seen:
        raise StepError(MOVED_ON.format(f"as at {long_date(locked.as_at)}"))
    if locked.as_at == as_at:
        return
    _check_day(as_at)
    _refuse_twice(locked.model.assessments.exclude(pk=locked.pk), as_at, locked.assessor)
    locked.as_at = as_at
    with because(reason):
        locked.save(update_fields=["as_at"])
    for row in locked.scores.filter(corrected_by=None, void=False).select_related("area", "level", "target"):
        given = {"level": row.level, "target": row.target, "finding": row.finding}
        _append(locked, row.area, by=by, corrects=row, reason=reason, **given)


def never_given(assessment: MaturityAssessment, *, reason: str, by: User) -> None:
    """Say of each level that an assessment gives that it never was. In a transaction that holds it."""
    for row in assessment.scores.filter(corrected_by=None, void=False).select_related(
        "area", "level", "target"
    ):
        given = {"level": row.level, "target": row.target, "finding": row.finding, "void": True}
        _append(assessment, row.area, by=by, corrects=row, reason=reason, **given)


def standing_scores(assessment: MaturityAssessment, moment: Moment | None = None) -> list[MaturityScore]:
    """The level of each area that stands, in the order of the model."""
    found = MaturityScore.objects.filter(assessment=assessment).standing(moment or Moment.now())
    return list(found.for_page())
