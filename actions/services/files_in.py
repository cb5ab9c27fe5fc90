"""What a file says of actions: recorded, and struck out when it is taken back, by the rules of the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from actions.models import (
    Action,
    DateRevision,
    ProgressUpdate,
    Recommendation,
    Status,
    WaiverNeededError,
)
from actions.representations.files.row import (
    ANSWERS,
    AREA,
    DUE,
    MILESTONE,
    NAMED,
    PRIORITY,
    PROGRESS,
    SERVED,
)
from actions.representations.files.standing import standing
from actions.services import mistaken
from actions.services.dates import Agreed, revise, take_back
from actions.services.files_placed import PLACED, call_again
from governance.core.clock import clock
from governance.core.locks import Lock
from governance.core.steps import StepError
from governance.people.models import Post
from governance.people.registers.facts import RECORDERS, Fact, Recorder, Struck, Wanted

if TYPE_CHECKING:
    from governance.people.models import User

# Dates move before progress is reported, since the date of what is completed moves no more; so it is undone
# the other way round.
ORDER = (NAMED, ANSWERS, PRIORITY, AREA, MILESTONE, SERVED, DUE, PROGRESS)


@transaction.atomic
def record(wanted: Sequence[Wanted], by: User) -> list[Fact]:
    """Record what a file says of many actions. Raises StepError, with a sentence, where one cannot be."""
    found = Action.objects.select_related("owner", "approver", "plan__approver")
    actions = found.in_bulk({each.key for each in wanted})
    open_new([each for each in wanted if opens(each)], by)
    named = grouped(wanted)
    for name in ORDER:
        for each in named[name]:
            WRITE[name](actions[each.key], each.fact, by)
    stands = standing(actions)
    return [stands[each.key][each.name] or {} for each in wanted]


def grouped(wanted: Iterable[Wanted]) -> dict[str, list[Wanted]]:
    """What is wanted, by the kind of fact."""
    found: dict[str, list[Wanted]] = defaultdict(list)
    for each in wanted:
        found[each.name].append(each)
    return found


def opens(wanted: Wanted) -> bool:
    """Is it about an action that the file has just entered?"""
    return wanted.name == PROGRESS and "opens" in wanted.fact


def open_new(wanted: Sequence[Wanted], by: User) -> None:
    """Let each new action be not started from its opening day, as `open_action` does for one."""
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            action_id=each.key,
            status=Status.NOT_STARTED,
            effective_on=date.fromisoformat(each.fact["opens"]),
            evidence=each.fact["evidence"] if is_opening(each.fact) else "",
            **signature(each.fact, by),
        )
        for each in wanted
    )


def is_opening(fact: Fact) -> bool:
    """Does a new action say no more than that it is not started?"""
    return bool(fact.get("opens") == fact["on"]) and fact["status"] == Status.NOT_STARTED


def signature(fact: Fact, by: User) -> dict[str, Any]:
    """Who records an update, and the document that says so."""
    return {**documented(fact), "recorded_by": by, "recorded_as": by.post_title}


def documented(fact: Fact) -> dict[str, Any]:
    """The document that says so. What it says is known from this moment, also where it is older.

    The database takes the beginning of the transaction for what has a document, and a paper may have been
    issued since: whoever issues one waits from here until the file is in.
    """
    if not fact["document"]:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [Lock.WRITERS.value])
    return {"source_document": fact["document"], "known_at": clock()}


def report(action: Action, fact: Fact, by: User) -> None:
    """Report progress, as the page does."""
    if is_opening(fact):
        return
    completes = fact["status"] == Status.COMPLETED != action.status
    if completes and (who := action.approver_named):
        raise StepError(f"{who} approves that {action.reference} is done")
    said = {"evidence": fact["evidence"], "waiver": fact["waiver"], **documented(fact)}
    if fact["status"] == Status.WITHDRAWN or action.status in Status.closed():
        said["why"] = fact["evidence"]
    on = date.fromisoformat(fact["on"])
    if lacking := action.lacks(fact["status"], on, said.get("why", "")):  # of what has a document too
        raise StepError(lacking)
    try:
        action.report(Status(fact["status"]), effective_on=on, by=by, **said)
    except WaiverNeededError as waits:
        raise StepError(str(waits)) from waits


def move(action: Action, fact: Fact, by: User) -> None:
    """Move the due date, as the page does; a first date stands since the action was entered."""
    if fact.get("moves"):
        if not by.has_perm("actions.revise_date", action):
            raise StepError(f"You may not move the date of {action.reference}")
        post = Post.objects.get(pk=fact["agreed_by"]) if fact["agreed_by"] else None
        minute = fact.get("minute", "")
        if fact["agreed_in"] and not minute:  # checked before the file had a column for it
            raise StepError(
                f"Say which minute records the date of {action.reference}, and check the file anew"
            )
        agreed = Agreed(date.fromisoformat(fact["on"]), post, fact["agreed_in"], minute)
        revise(action, date.fromisoformat(fact["due"]), agreed, reason=fact["reason"], by=by)


WRITE: dict[str, Callable[[Action, Any, User], None]] = {
    **PLACED, DUE: move, PROGRESS: report,
}  # fmt: skip


@transaction.atomic
def strike(facts: Sequence[Struck], by: User, reason: str) -> None:
    """Take back what a file said: actions that it entered were entered in error, for others what was before
    stands.

    Raises StepError, with a sentence, where something cannot be taken back.
    """
    actions = Action.objects.in_bulk({each.key for each in facts})
    new = {each.key for each in facts if each.name == PROGRESS and each.before is None}
    for name in reversed(ORDER):
        for each in facts:
            if each.name == name and (each.key not in new or name == PRIORITY):
                back(actions[each.key], each, by, reason)
    for key in sorted(new):
        mistaken.action(actions[key], reason=reason, by=by)


def back(action: Action, struck: Struck, by: User, reason: str) -> None:
    """Let stand what stood before."""
    if struck.name == PROGRESS:
        wrong = ProgressUpdate.objects.get(pk=struck.fact["recorded"])
        action.correct(wrong, by=by, reason=reason, void=True)
    elif struck.name == DUE:
        take_back(DateRevision.objects.get(pk=struck.fact["recorded"]), reason=reason, by=by)
    elif struck.name == PRIORITY:
        asked = Recommendation.objects.filter(pk=struck.fact["recommendation"], priority=struck.fact["code"])
        asked.update(priority="")
    elif struck.name == NAMED:
        call_again(action, struck.before, by)
    else:
        WRITE[struck.name](action, struck.before, by)


RECORDERS["actions"] = Recorder(record, strike)
