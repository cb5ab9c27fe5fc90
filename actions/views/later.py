"""Saying of a report that was taken, and does not stand, which later one does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages

if TYPE_CHECKING:
    from django.http import HttpRequest

    from actions.models import ProgressUpdate

STANDS = (
    "{} stands otherwise today, by a later report: {}. If that one is wrong, choose “Correct this” beside it "
    "on the page of the action"
)


def tell_of_later(request: HttpRequest, made: Iterable[ProgressUpdate]) -> None:
    """Say so of each of these, which were appended just now to the actions that they carry."""
    for update in made:
        if update.action.status != update.status and not update.void:
            messages.warning(request, STANDS.format(update.action.reference, update.action.standing()))
