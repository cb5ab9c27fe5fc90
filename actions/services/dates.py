"""Moving the due date of an action, and taking back that it was moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from actions.models import Action, DateRevision, Status
from governance.core.dates import long_date
from governance.core.steps import StepError
from governance.figures.moment import Moment
from governance.history.trail import because
from governance.people.models import PostHolding

if TYPE_CHECKING:
    from governance.people.models import Post, User

MOVED = "Somebody else moved the date after you opened this page: it is now {due}. Save again if yours stands"


@dataclass(frozen=True)
class Agreed:
    """Who agreed to a date: a post, or a committee, with the minute where it is known; and on which day."""

    on: date
    by: Post | None = None
    decision: str = ""
    minute: str = ""


@transaction.atomic
def revise(
    action: Action,
    due_on: date,
    agreed: Agreed,
    *,
    reason: str,
    by: User,
    seen: int | None = None,
    fits: Callable[[Action, date], None] | None = None,
    **brought: Any,
) -> DateRevision:
    """Give the action another due date, which takes effect on the day it was agreed.

    `seen`: the key of the revision that the person saw last. `fits` raises StepError where the date is out of
    order with what waits, for whoever has not been told (see out_of_order). `brought`: known_at and
    source_document, of history brought in. Raises StepError where somebody was faster, the action is closed,
    the date is the one it has or lies before it was agreed, or its own owner would agree to it.
    `action` has the date that stands afterwards.
    """
    held = _open(action.pk)
    if seen not in (None, held.last_date_recorded()):
        raise StepError(MOVED.format(due=long_date(held.due_on) if held.due_on else "none"), "due_on")
    if held.due_on == due_on:
        raise StepError(f"{held.reference} is due on {long_date(due_on)} already", "due_on")
    if due_on < agreed.on:
        raise StepError("The new date must not lie before the day on which it was agreed", "due_on")
    _not_by_the_owner(held, agreed)
    if fits:
        fits(held, due_on)
    whose = {"agreed_by": agreed.by, "agreed_in": agreed.decision, "minute": agreed.minute}
    said = {"due_on": due_on, **whose, **brought}
    row = _append(held, by=by, reason=reason, effective_on=agreed.on, **said)
    action.due_on = held.due_on
    return row


@transaction.atomic
def take_back(revision: DateRevision, *, reason: str, by: User) -> DateRevision:
    """Say that a revision never happened; it stays to be read, and the date before it stands again.

    Raises StepError where it has been taken back already, or the action is closed.
    """
    held = _open(revision.action_id)
    if revision.void or DateRevision.objects.filter(corrects=revision).exists():
        raise StepError("That date has been taken back already")
    copied = ("due_on", "effective_on", "agreed_by", "agreed_in", "minute")
    said = {name: getattr(revision, name) for name in copied}
    return _append(held, by=by, reason=reason, corrects=revision, void=True, **said)


def _open(key: int) -> Action:
    """The action, held for whoever moves its date. Raises StepError if it is closed."""
    held = Action.objects.select_for_update().get(pk=key)
    if held.status in Status.closed():
        raise StepError(f"{held.reference} is {held.get_status_display().lower()}: its date no longer moves")
    return held


def _not_by_the_owner(action: Action, agreed: Agreed) -> None:
    if not agreed.by:
        return
    if agreed.by.pk == action.owner_id:
        raise StepError("The post that owns the action cannot agree to its own date", "agreed_by")
    there = PostHolding.objects.in_force(agreed.on)
    if there.filter(post=agreed.by, person__in=there.filter(post=action.owner_id).values("person")).exists():
        raise StepError(
            f"Whoever owns the action was {agreed.by.title} too on that day, and cannot agree to its date",
            "agreed_by",
        )


def _append(action: Action, *, by: User, reason: str, **facts: Any) -> DateRevision:
    """Append the row; the date held at the action follows the one that stands now."""
    row: DateRevision = action.date_revisions.create(
        reason=reason, recorded_by=by, recorded_as=by.post_title, **facts
    )
    stands = action.date_revisions.standing(Moment.now()).first()
    action.due_on = stands.due_on if stands else action.original_due_on
    with because(reason):
        action.save(update_fields=["due_on"])
    return row
