"""What ends a risk: withdrawn if it should never have been entered, closed if it cannot happen any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.history.trail import because
from risks.models import Risk
from risks.representations.closing import CHANGED, before_closing, token_of

if TYPE_CHECKING:
    from governance.people.models import User


class MovedOnError(Exception):
    """Somebody else took the same step first; the words say where the risk stands."""


class LookAgainError(MovedOnError):
    """What is still open of it is not what was looked at."""


def withdraw(risk: Risk, *, reason: str, by: User | None = None, seen: str = "") -> None:
    """Take it off the register; it stays readable, with its history. `by` and `seen` as for `close`."""
    _move(risk, Risk.State.OPEN, Risk.State.WITHDRAWN, reason, by, seen)


def bring_back(risk: Risk, *, reason: str) -> None:
    """Put it back on the register. Raises MovedOnError."""
    _move(risk, Risk.State.WITHDRAWN, Risk.State.OPEN, reason)


def close(risk: Risk, *, reason: str, by: User | None = None, seen: str = "") -> None:
    """Say that it cannot happen any more, or counts no more.

    `seen` is the token of what was shown to `by` as still open of it; without anybody, nothing is compared.
    Raises MovedOnError; LookAgainError where something else is open of it now.
    """
    _move(risk, Risk.State.OPEN, Risk.State.CLOSED, reason, by, seen)


def reopen(risk: Risk, *, reason: str) -> None:
    """Say that it may happen after all. Raises MovedOnError."""
    _move(risk, Risk.State.CLOSED, Risk.State.OPEN, reason)


def _move(
    risk: Risk, start: Risk.State, to: Risk.State, reason: str, by: User | None = None, seen: str = ""
) -> None:
    with transaction.atomic(), because(reason):
        standing = Risk.objects.for_change().get(pk=risk.pk)
        if standing.state != start:
            raise MovedOnError(f"{standing.reference} is {standing.get_state_display().lower()} already")
        if by and seen != token_of(before_closing(standing, by)):
            raise LookAgainError(CHANGED)
        standing.state = to
        standing.save(update_fields=["state"])
