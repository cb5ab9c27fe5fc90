"""Saying that actions of two plans overlap, saying it otherwise, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from actions.models import Action, Overlap
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.people.models import User


class OverlapError(StepError):
    """Why it cannot be said of the two; the text is a sentence for a page."""


class OverlapMovedError(OverlapError):
    """Somebody said something else of the pair since the person looked at it."""


@transaction.atomic
def say(action: Action, other: Action, kind: str, *, reason: str, by: User, **facts: Any) -> Overlap:
    """Say what one action is to another, from the day on which both were open.

    `facts`: for history brought in known_at with source_document. Raises OverlapError for two of one plan,
    and where something is said of them already.
    """
    if action.plan_id == other.plan_id:
        raise OverlapError(
            f"{other.reference} is on the same plan. Only actions of two plans overlap", "other"
        )
    first, second = _held(action, other)
    if wrong := next((each for each in (first, second) if each.mistaken_at), None):
        raise OverlapError(f"{wrong.reference} was entered in error", "other")
    seen_first = Overlap.Kind(kind) if first.pk == action.pk else Overlap.Kind(kind).turned_round
    latest = _latest(first, second)
    if latest and not latest.void:
        raise OverlapError(
            f"It is recorded already that {latest}. Change that on the page of either", "other"
        )
    return Overlap.objects.create(
        action=first,
        other=second,
        kind=seen_first,
        reason=reason,
        effective_on=max(first.earliest(), second.earliest()),
        corrects=latest,
        **_signed(by),
        **facts,
    )


@transaction.atomic
def say_otherwise(seen: Overlap, kind: str | None, *, of: Action, reason: str, by: User) -> Overlap:
    """Put another statement in the place of one, as seen from one of the two; with no kind, that they do not
    overlap. The one before stays in the trail.

    Raises OverlapMovedError if it is not what stands any more.
    """
    first, second = _held(seen.action, seen.other)
    if seen.void or _latest(first, second) != seen:
        raise OverlapMovedError("Somebody else has changed this since you opened the page. Look at it again")
    said = Overlap.Kind(kind or seen.seen_from(of))
    return Overlap.objects.create(
        action=first,
        other=second,
        kind=said if first.pk == of.pk else said.turned_round,
        void=kind is None,
        reason=reason,
        effective_on=seen.effective_on,
        corrects=seen,
        **_signed(by),
    )


def _held(one: Action, other: Action) -> tuple[Action, Action]:
    """The two, the one entered first before the other, held so that two people come one after the other."""
    held = Action.objects.select_for_update(of=("self",)).select_related("plan").order_by("pk")
    first, second = held.filter(pk__in=(one.pk, other.pk))
    return first, second


def _latest(first: Action, second: Action) -> Overlap | None:
    return Overlap.objects.filter(action=first, other=second, corrected_by=None).first()


def _signed(by: User) -> dict[str, Any]:
    return {"recorded_by": by, "recorded_as": by.post_title}
