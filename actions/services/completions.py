"""Approving, refusing and verifying that an action is done, by others than who claimed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from actions.models import Action, Completion, ProgressUpdate, Status, WaiverNeededError
from actions.models.completion import CLAIMED
from governance.core.dates import long_date
from governance.core.steps import StepError
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User

ITSELF = "Who claims that {} is done neither approves nor verifies it: ask somebody else"


@dataclass(frozen=True)
class Found:
    """What was found of a claim: from which day, on what it rests, and by which decision of a body."""

    on: date
    basis: str
    decision: str = ""


@transaction.atomic
def approve(action: Action, found: Found, *, by: User, waiver: str = "", **brought: Any) -> Completion:
    """Approve the claim that stands; the action is then completed.

    Raises StepError where nothing is claimed, the claimer would approve, it is approved already, or the
    action still waits for others and no waiver says why it goes ahead.
    """
    claim = _claim(action, Completion.Kind.APPROVED, found, by)
    row = _append(action, claim, Completion.Kind.APPROVED, found, by, brought)
    if claim.status != Status.COMPLETED:
        told = {"evidence": found.basis, "waiver": waiver or claim.waiver, **brought}
        try:
            action.report(Status.COMPLETED, effective_on=found.on, by=by, **told)
        except WaiverNeededError as waits:
            raise StepError(str(waits), "waiver") from None
    return row


@transaction.atomic
def refuse(action: Action, found: Found, *, by: User, **brought: Any) -> Completion:
    """Say why the claim that stands is not approved; the action then goes on. Raises StepError as `approve`.

    What it still waits for needs no waiver: nobody went ahead.
    """
    claim = _claim(action, Completion.Kind.REFUSED, found, by)
    row = _append(action, claim, Completion.Kind.REFUSED, found, by, brought)
    action.append(Status.IN_PROGRESS, effective_on=found.on, by=by, evidence=found.basis, **brought)
    return row


@transaction.atomic
def verify(action: Action, found: Found, *, by: User, **brought: Any) -> Completion:
    """Say that the completion was checked and is so. Raises StepError as `approve` does."""
    claim = _claim(action, Completion.Kind.VERIFIED, found, by)
    if claim.status != Status.COMPLETED:
        raise StepError(f"{action.reference} awaits approval: verify it once it is completed")
    return _append(action, claim, Completion.Kind.VERIFIED, found, by, brought)


def _claim(action: Action, kind: Completion.Kind, found: Found, by: User) -> ProgressUpdate:
    """The claim that stands, with the action locked until the transaction ends."""
    Action.objects.select_for_update().get(pk=action.pk)
    claim = action.standing()
    if claim.status not in CLAIMED:
        raise StepError(f"Nobody claims that {action.reference} is done: it is {_said(claim)}")
    stands = Completion.objects.of_claims_that_stand(Moment.now()).filter(action=action)
    verifies = kind == Completion.Kind.VERIFIED
    answered = stands.filter(kind=kind if verifies else Completion.Kind.APPROVED).first()
    if claim.status == Status.COMPLETED and answered:
        raise StepError(f"{action.reference} is {answered.get_kind_display().lower()} already")
    if verifies and stands.filter(recorded_by=by).exists():
        raise StepError("Who approved it does not verify it: ask somebody else")
    if _claimed_by(by, action):
        raise StepError(ITSELF.format(action.reference))
    if found.on < claim.effective_on:
        raise StepError(f"It was claimed on {long_date(claim.effective_on)}. Enter that day or a later one",
                        "effective_on")  # fmt: skip
    return claim


def _claimed_by(person: User, action: Action) -> bool:
    """Is a post of theirs the owner, or did they claim it since the action was last open: also in an update
    that somebody else has put right since? A completion that is an approval's own is no claim."""
    if person.occupies(action.owner_id):
        return True
    open_ones = ProgressUpdate.objects.live(Moment.now()).filter(action=action).exclude(status__in=CLAIMED)
    last = open_ones.order_by("effective_on", "place").last()
    own = action.updates.filter(recorded_by=person, status__in=CLAIMED, void=False)
    if last:
        own = own.filter(
            Q(effective_on__gt=last.effective_on) | Q(effective_on=last.effective_on, place__gt=last.place)
        )
    return own.exists()


def _said(claim: ProgressUpdate) -> str:
    return claim.get_status_display().lower()


def _append(
    action: Action, claim: ProgressUpdate, kind: str, found: Found, by: User, brought: dict[str, Any]
) -> Completion:
    row: Completion = action.completions.create(
        kind=kind,
        claim=claim,
        effective_on=found.on,
        basis=found.basis,
        decision=found.decision,
        recorded_by=by,
        recorded_as=by.post_title,
        **brought,
    )
    return row
