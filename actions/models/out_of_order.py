"""Due dates out of order: an action that is due before something on which it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from actions.models.action import Action
from actions.models.dates import due_at, with_dates
from actions.models.dependency import Dependency
from actions.models.progress import ProgressUpdate, Status

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Moment
    from governance.people.models import User


def out_of_order(action: Action, due_on: date, on: date, person: User) -> QuerySet[Any]:
    """What would be out of order if the action were due on that day: open actions that wait on it and are due
    before, and those on which it waits that are due later. Each with whether the person may open its ends."""
    late = Q(needs_action=action, action__due_on__lt=due_on) & ~Q(action__status__in=Status.closed())
    early = Q(action=action, needs_action__due_on__gt=due_on) & ~Q(needs_action__status__in=Status.closed())
    open_to = Action.objects.visible_to(person)
    found: Any = Dependency.objects.in_force(on).filter(late | early).select_related("action", "needs_action")
    shown: QuerySet[Any] = found.annotate(
        opens_action=Exists(open_to.filter(pk=OuterRef("action"))),
        opens_needed=Exists(open_to.filter(pk=OuterRef("needs_action"))),
    )
    return shown.order_by("action__reference", "needs_action__reference")


def due_before_needed(updates: Any, moment: Moment) -> Any:
    """Of updates that leave their action open, those whose due date lies before that of an action on which
    theirs waits and which was open too: dates as they stood at the moment."""
    undone = ProgressUpdate.objects.standing(moment).exclude(status__in=Status.closed())
    waits = Dependency.at(moment).filter(needs_action__in=undone.values("action"))
    needed = waits.annotate(needed_due=due_at(moment, "needs_action"))
    early = needed.filter(action=OuterRef("action"), needed_due__gt=OuterRef("due_then"))
    waiting = waits.values("action")
    found = with_dates(updates, moment).exclude(status__in=Status.closed()).filter(action__in=waiting)
    return found.annotate(is_early=ExpressionWrapper(Exists(early), BooleanField())).filter(is_early=True)
