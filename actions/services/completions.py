"""Approving, refusing and verifying that an action is done, by others than who claimed it, and taking that
back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from actions.models import Action, Completion, ProgressUpdate, Status, WaiverNeededError
from actions.models.completion import CLAIMED, has_said, is_claimed_by
from actions.permissions.completions import RECORDERS, verified_by
from actions.services.bodies import why_no_decision_on
from actions.services.mistaken import hold
from governance.core.dates import long_date
from governance.core.steps import StepError
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from actions.models import ActionQuerySet
    from actions.models.completion import CompletionQuerySet
    from governance.people.models import User

APPROVED, REFUSED, VERIFIED = Completion.Kind
SEEN = "Whoever approved it may not verify it: ask somebody else"
SEEN_BEFORE = "Whoever verified it may not approve it: ask somebody else"
RESTS = "A verification rests on this approval. Take that back first"
GONE = "This was taken back already"
ITSELF = "You claimed it, so somebody else {} it"
OWN = "Your post owns it, so somebody else {} it"


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
    _, body = action.approved_by_whom
    if body and (why := why_no_decision_on(claim, found.decision, found.on, body)):
        raise StepError(why, "decision")
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
    return _append(action, claim, Completion.Kind.VERIFIED, found, by, brought)


@transaction.atomic
def take_back(given: Completion, *, reason: str, by: User) -> Completion:
    """Say that an approval or a verification was not to be given: both stay to be read. With an approval goes
    the completion that it recorded, so that the claim waits again.

    Raises StepError where it was taken back already, or the action was entered in error, and while a
    verification rests on the approval.
    """
    action = hold(given.action_id)
    if not Completion.objects.to_take_back().filter(pk=given.pk).exists():
        raise StepError(GONE)
    if given.is_verified_upon():
        raise StepError(RESTS)
    completed = given.completed()
    found = Found(given.effective_on, reason, given.decision)
    row = _append(action, given.claim, given.kind, found, by, {"corrects": given, "void": True})
    if completed:
        why = f"The approval was taken back: {reason}"
        action.correct(completed, by=by, reason=why, void=True)
    return row


def _claim(action: Action, kind: Completion.Kind, found: Found, by: User) -> ProgressUpdate:
    """The claim that stands, with the action locked until the transaction ends. Raises StepError where there
    is none to say this of."""
    hold(action.pk)
    claim = action.standing()
    if why := obstacle(action, claim, kind, by):
        raise StepError(why)
    if found.on < claim.effective_on:
        earlier = ", and the day entered is earlier" if found.decision else ""
        sentence = (
            f"It was claimed on {long_date(claim.effective_on)}{earlier}. Enter that day or a later one"
        )
        raise StepError(sentence, "effective_on")
    return claim


def obstacle(action: Action, claim: ProgressUpdate, kind: Completion.Kind, by: User) -> str:
    """Why this person cannot say this of the claim that stands, as a sentence; "" where they can."""
    if claim.status not in CLAIMED:
        return f"Nobody claims that {action.reference} is done: it is {_said(claim)}"
    verifies = kind == Completion.Kind.VERIFIED
    given = kind if verifies else Completion.Kind.APPROVED
    stands = Completion.objects.of_claims_that_stand(Moment.now()).filter(action=action, kind=given)
    if claim.status == Status.COMPLETED and stands.exists():
        return f"{action.reference} is {given.label.lower()} already"
    if verifies and claim.status != Status.COMPLETED:
        return f"{action.reference} awaits approval: verify it once it is completed"
    return own_part(action, by, verifies=verifies)


def to_verify(person: User) -> ActionQuerySet:
    """Completed actions that nobody has verified and that this person may: none of their own line, and none
    that they claim to be done, approved or refused: those against which `obstacle` says nothing."""
    stood = Completion.objects.of_claims_that_stand(Moment.now())
    said = stood.filter(Q(kind=VERIFIED) | Q(kind__in=(APPROVED, REFUSED), recorded_by=person))
    completed = verified_by(person, Action.objects.visible_to(person).filter(status=Status.COMPLETED))
    return _left_to(person, completed, said).order_by("reference")


def named_to_approve(person: User) -> ActionQuerySet:
    """Actions that a post of theirs approves, or a body whose decisions they record."""
    return Action.objects.to_approve_by(person, records=person.holds(*RECORDERS))


def to_approve(person: User) -> ActionQuerySet:
    """Actions that await approval, due first at the top, and that this person may approve: none that they
    claim to be done or have verified: those against which `obstacle` says nothing."""
    stood = Completion.objects.of_claims_that_stand(Moment.now())
    return _left_to(
        person, named_to_approve(person).awaiting(), stood.filter(kind=VERIFIED, recorded_by=person)
    )


def _left_to(person: User, actions: ActionQuerySet, said: CompletionQuerySet) -> ActionQuerySet:
    """Without those that the person claims to be done, and those of which this was said (as `own_part`)."""
    own = actions.claimed_by(person).order_by()
    return actions.exclude(pk__in=own.values("pk")).exclude(pk__in=said.values("action"))


def own_part(action: Action, by: User, *, verifies: bool) -> str:
    """Why somebody else approves or verifies it: this person claims that it is done, or said the other of the
    two. The database asks the same."""
    if has_said(action, by, *((APPROVED, REFUSED) if verifies else (VERIFIED,))):
        return SEEN if verifies else SEEN_BEFORE
    if is_claimed_by(action, by):
        sentence = OWN if by.occupies(action.owner_id) else ITSELF
        return sentence.format("verifies" if verifies else "approves")
    return ""


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
