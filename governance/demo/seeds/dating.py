"""Northmere has moved a due date: the board gave an overdue action eight weeks more."""

from __future__ import annotations

from datetime import timedelta

from actions.models import Action, DateRevision
from actions.services.dates import Agreed, revise
from governance.core.dates import today
from governance.people.models import User

DECISION = "Information Management Strategy Group, item 4"
REASON = "The supplier of the training delivers in the new quarter"


def enter(by: User) -> None:
    """One revision, of an overdue action that answers no audit, as the officer records it."""
    if DateRevision.objects.exists():
        return
    late = Action.objects.overdue(today()).filter(plan__audit=None).exclude(owner__in=by.posts())
    if action := late.order_by("reference").first():
        revise(action, today() + timedelta(weeks=8), Agreed(today(), None, DECISION), reason=REASON, by=by)
