"""What ends a risk: withdrawn if it should never have been entered, closed if it cannot happen any more."""

from __future__ import annotations

from django.db import transaction

from governance.history.trail import because
from risks.models import Risk


class MovedOnError(Exception):
    """Somebody else took the same step first; the words say where the risk stands."""


def withdraw(risk: Risk, *, reason: str) -> None:
    """Take it off the register; it stays readable, with its history. Raises MovedOnError."""
    _move(risk, Risk.State.OPEN, Risk.State.WITHDRAWN, reason)


def bring_back(risk: Risk, *, reason: str) -> None:
    """Put it back on the register. Raises MovedOnError."""
    _move(risk, Risk.State.WITHDRAWN, Risk.State.OPEN, reason)


def close(risk: Risk, *, reason: str) -> None:
    """Say that it cannot happen any more, or counts no more. Raises MovedOnError."""
    _move(risk, Risk.State.OPEN, Risk.State.CLOSED, reason)


def reopen(risk: Risk, *, reason: str) -> None:
    """Say that it may happen after all. Raises MovedOnError."""
    _move(risk, Risk.State.CLOSED, Risk.State.OPEN, reason)


def _move(risk: Risk, start: Risk.State, to: Risk.State, reason: str) -> None:
    with transaction.atomic(), because(reason):
        standing = Risk.objects.for_change().get(pk=risk.pk)
        if standing.state != start:
            raise MovedOnError(f"{standing.reference} is {standing.get_state_display().lower()} already")
        standing.state = to
        standing.save(update_fields=["state"])
