"""Taking off what was entered in error: nothing is deleted, and figures leave it out from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from actions.models import Assurance, FollowUp, MaturityAssessment, MaturityModel, PlannedRange
from actions.services.maturity_scores import never_given
from governance.core.steps import StepError
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

OFF_ALREADY = "Somebody else said already that this was entered in error"
RATED = "Recommendations are rated in it. Take the ratings off first"
USED = "{} is in use. Put it back among the drafts first"


@transaction.atomic
def assurance(found: Assurance, *, reason: str, by: User) -> None:
    """Say that an assurance was never given so. Raises StepError where that is said already."""
    _mark(Assurance.objects.select_for_update().get(pk=found.pk), reason)


@transaction.atomic
def follow_up(found: FollowUp, *, reason: str, by: User) -> None:
    """Say that there was no such follow-up. Raises StepError where that is said already, and while
    recommendations are rated in it."""
    held = FollowUp.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if held.ratings.standing().exists():
        raise StepError(RATED)
    _mark(held, reason)


@transaction.atomic
def assessment(found: MaturityAssessment, *, reason: str, by: User) -> None:
    """Say that there was no such assessment, and of each of its levels that it was never given. Raises
    StepError where that is said already."""
    held = MaturityAssessment.objects.select_for_update(of=("self",)).get(pk=found.pk)
    _mark(held, reason)
    never_given(held, reason=reason, by=by)


def _mark(held: Assurance | FollowUp | MaturityAssessment, reason: str) -> None:
    if held.mistaken_at:
        raise StepError(OFF_ALREADY)
    held.mistaken_at, held.mistaken_because = timezone.now(), reason
    with because(reason):
        held.save(update_fields=["mistaken_at", "mistaken_because"])


@transaction.atomic
def planned_range(found: PlannedRange, *, reason: str, by: User) -> None:
    """Say that a follow-up was never planned so; the row stays, and one that says so beside it. Raises
    StepError where that is said already."""
    FollowUp.objects.select_for_update(of=("self",)).get(pk=found.follow_up_id)
    if found.void or PlannedRange.objects.filter(corrects=found).exists():
        raise StepError(OFF_ALREADY)
    PlannedRange.objects.create(
        follow_up_id=found.follow_up_id,
        from_on=found.from_on,
        to_on=found.to_on,
        words=found.words,
        effective_on=found.effective_on,
        corrects=found,
        void=True,
        reason=reason,
        recorded_by=by,
        recorded_as=by.post_title,
    )


@transaction.atomic
def draft(found: MaturityModel, *, reason: str, by: User) -> None:
    """Take off a draft with its levels and areas; the history keeps what it said. Raises StepError for a
    model in use."""
    held = MaturityModel.objects.select_for_update().filter(pk=found.pk).first()
    if held is None:
        raise StepError(OFF_ALREADY)
    if held.in_use:
        raise StepError(USED.format(held))
    with because(reason):
        for area in held.areas.all():
            area.criteria.all().delete()
            area.delete()
        held.levels.all().delete()
        held.delete()
