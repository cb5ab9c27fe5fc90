"""Saying of a report that was taken, and does not stand, which later one does; what waited on what was
withdrawn; and that whoever claims something does not approve it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.text import get_text_list

from actions.models import Dependency, Status
from governance.core.access import reader
from governance.core.dates import today

if TYPE_CHECKING:
    from django.http import HttpRequest

    from actions.models import ProgressUpdate

STANDS = (
    "{} stands otherwise today, by a later report: {}. If that one is wrong, choose “Correct this” beside it "
    "on the page of the action"
)


WAITED = (
    "{} waited on {}. Decide on the page of each what it needs instead, if anything: there you choose what "
    "takes its place"
)


OWN = (
    "{}: you are in the post that approves it, {}. Whoever says that it is done does not approve it: "
    "somebody else would have to"
)


def tell_of_own_claim(request: HttpRequest, made: Iterable[ProgressUpdate]) -> None:
    """Say of each of these that awaits an approval that the reader gives, that somebody else has to."""
    for update in made:
        post, _ = update.action.approved_by_whom
        awaits = update.status == update.action.status == Status.AWAITING_APPROVAL and not update.void
        if awaits and post and reader(request).occupies(post):
            messages.warning(request, OWN.format(update.action.reference, post.title))


def tell_of_waiting(request: HttpRequest, made: Iterable[ProgressUpdate]) -> None:
    """Say of each of these by which an action was withdrawn what waits on it."""
    withdrawn = [
        update.action
        for update in made
        if update.status == update.action.status == Status.WITHDRAWN and not update.void
    ]
    behind = Dependency.objects.in_force(today()).behind(*withdrawn).order_by("action__reference")
    waiting: dict[str, list[str]] = {}
    for needed, reference in behind.values_list("needs_action__reference", "action__reference"):
        waiting.setdefault(needed, []).append(reference)
    for needed, references in waiting.items():
        messages.warning(request, WAITED.format(get_text_list(references, "and"), needed))


def tell_of_later(request: HttpRequest, made: Iterable[ProgressUpdate]) -> None:
    """Say so of each of these, which were appended just now to the actions that they carry."""
    for update in made:
        if update.action.status != update.status and not update.void:
            messages.warning(request, STANDS.format(update.action.reference, update.action.standing()))
