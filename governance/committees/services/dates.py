"""Due dates of actions that a meeting resolved: moved so, and the resolution named of one said in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from actions.models import Action, DateRevision
from actions.services.dates import Agreed, revise
from governance.committees.models import Resolution, ResolutionDate
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.people.models import User

NAMED = "Somebody else has named the resolution of this date already"


@transaction.atomic
def move_as_resolved(
    action: Action, due_on: date, resolution: Resolution, *, reason: str, by: User, **how: Any
) -> DateRevision:
    """Give the action the date that a resolution agreed, from the day of its meeting. `how` is that of
    `revise`, and so is what raises StepError."""
    meeting = resolution.meeting
    agreed = Agreed(meeting.held_on, decision=meeting.body_then, minute=resolution.minute_reference)
    row = revise(action, due_on, agreed, reason=reason, by=by, **how)
    ResolutionDate.objects.create(resolution=resolution, revision=row)
    return row


@transaction.atomic
def name_resolution(revision: DateRevision, resolution: Resolution) -> ResolutionDate:
    """Say which resolution agreed a date. Raises StepError where one is named already."""
    Action.objects.select_for_update().get(pk=revision.action_id)
    if ResolutionDate.objects.filter(revision=revision).exists():
        raise StepError(NAMED)
    named: ResolutionDate = ResolutionDate.objects.create(resolution=resolution, revision=revision)
    return named
