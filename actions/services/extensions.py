"""Asking for more time for an action, and answering: granting moves the date, nobody grants their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from actions.models import Action, Extension, Status
from actions.models.extensions import decider_of
from actions.permissions.completions import may_set_approver
from actions.services.bodies import of_another
from actions.services.dates import Agreed, revise
from governance.core.dates import long_date, today
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.people.models import Post, User

NOBODY = "Nobody is named to decide about {}. Ask an information governance officer to say who approves it"
DECIDES = "{} decides about the date of {}, and nobody else"
OTHER = "That is a decision of “{}”, and “{}” decides about the date of {}: name a minute of that body"
NOT_MORE = "It is due on {} as it is: grant a later day, or refuse"
ANSWERED = "This request has been answered already"
OWN = "Who asks for more time, or owns the action, does not answer: ask somebody else"


@dataclass(frozen=True)
class Whom:
    """Who decides: a post, or a committee by its name."""

    post: Post | None = None
    body: str = ""


@dataclass(frozen=True)
class Answer:
    """On which day it was decided, why, and the minute where a committee decided."""

    on: date
    reason: str = ""
    minute: str = ""


@transaction.atomic
def ask(action: Action, due_on: date, whom: Whom, *, reason: str, by: User) -> Extension:
    """Ask for another date. Raises StepError where the action is closed or has no date, the day is not later
    than the one it has or is past, more time is asked for already, or others decide than those asked."""
    held = Action.objects.select_for_update().get(pk=action.pk)
    if held.status in Status.closed():
        raise StepError(f"{held.reference} is {held.get_status_display().lower()}: it needs no more time")
    if held.due_on is None:
        raise StepError(f"{held.reference} has no due date to be put back", "due_on")
    if due_on <= held.due_on or due_on < today():
        later = max(held.due_on, today())
        raise StepError(f"Enter a day after {long_date(later)}: that is not more time", "due_on")
    if waiting := held.extensions.filter(kind=Extension.Kind.ASKED, answer=None).first():
        raise StepError(f"More time is asked for already, until {long_date(waiting.due_on or today())}")
    _is_theirs(held, whom, by)
    facts = {"due_on": due_on, "decides": whom.post, "body": whom.body, "effective_on": today()}
    return _append(held, Extension.Kind.ASKED, reason=reason, by=by, **facts)


def _is_theirs(action: Action, whom: Whom, by: User) -> None:
    """Raises StepError where somebody else decides than those asked, or nobody is named and the person is not
    one who says who approves: whoever owns an action does not choose who grants it more time."""
    post, body = decider_of(action)
    if (post or body) and (whom.post, whom.body) != (post, body):
        raise StepError(DECIDES.format(post.title if post else body, action.reference), "decides")
    if not (post or body) and not may_set_approver(by, action):
        raise StepError(NOBODY.format(action.reference))
    if whom.post and whom.post.pk == action.owner_id:
        raise StepError("The post that owns the action does not decide about its own date", "decides")


@transaction.atomic
def grant(
    request: Extension, due_on: date, answer: Answer, *, by: User, seen: int | None = None, **how: Any
) -> Extension:
    """Grant this date or another one: it is the due date from the day of the decision.

    `seen` and `how` are those of `revise`. Raises StepError where it is answered already, who asked or owns
    the action would answer, the day is not later than the one it has, or the date cannot be moved so.
    """
    held = _unanswered(request, answer, by)
    if seen in (None, held.last_date_recorded()) and held.due_on and due_on <= held.due_on:
        raise StepError(NOT_MORE.format(long_date(held.due_on)), "due_on")
    agreed = Agreed(answer.on, request.decides, request.body, answer.minute)
    row = revise(held, due_on, agreed, reason=request.reason, by=by, seen=seen, **how)
    return _answer(request, Extension.Kind.GRANTED, answer, by=by, due_on=due_on, revision=row)


@transaction.atomic
def refuse(request: Extension, answer: Answer, *, by: User) -> Extension:
    """Refuse it, with the reason: the date stays. Raises StepError as `grant` does."""
    _unanswered(request, answer, by)
    return _answer(request, Extension.Kind.REFUSED, answer, by=by)


@transaction.atomic
def withdraw(request: Extension, *, reason: str, by: User) -> Extension:
    """Ask for it no longer. Raises StepError where it is answered already."""
    _held(request)
    return _answer(request, Extension.Kind.WITHDRAWN, Answer(today(), reason), by=by)


def _held(request: Extension) -> Action:
    """The action, held for whoever answers. Raises StepError where somebody was faster."""
    held = Action.objects.select_for_update().get(pk=request.action_id)
    if Extension.objects.filter(request=request).exists():
        raise StepError(ANSWERED)
    return held


def _unanswered(request: Extension, answer: Answer, by: User) -> Action:
    held = _held(request)
    if request.recorded_by_id == by.pk or by.occupies(held.owner_id):
        raise StepError(OWN)
    if held.status in Status.closed():
        raise StepError(f"{held.reference} is {held.get_status_display().lower()}: it needs no more time")
    if answer.on < request.effective_on:
        asked = long_date(request.effective_on)
        raise StepError(f"It was asked for on {asked}. Enter that day or a later one", "effective_on")
    if request.body and (other := of_another(answer.minute, request.body)):
        raise StepError(OTHER.format(other, request.body, held.reference), "minute")
    return held


def _answer(request: Extension, kind: str, answer: Answer, *, by: User, **facts: Any) -> Extension:
    whose = {"decides": request.decides, "body": request.body, "minute": answer.minute}
    said = {"effective_on": answer.on, "reason": answer.reason or request.reason}
    return _append(request.action, kind, by=by, request=request, **whose, **said, **facts)


def _append(action: Action, kind: str, *, by: User, **facts: Any) -> Extension:
    row: Extension = action.extensions.create(kind=kind, recorded_by=by, recorded_as=by.post_title, **facts)
    return row
