"""One risk that was entered twice: the duplicate ends, and what hangs on it goes to the one that stays."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assets.models import Asset
from governance.core.steps import StepError
from governance.history.trail import because
from risks.models import Risk, RiskControl

if TYPE_CHECKING:
    from governance.people.models import User


class MergeError(StepError):
    """Why two risks cannot be merged, as a sentence for a page."""


@transaction.atomic
def merge(risk: Risk, into: Risk, *, reason: str, by: User, seen: str) -> list[str]:
    """End a duplicate in favour of another, which gets what hung on it and not on the other yet, as far as
    `by` may open it.

    Returns what that is, in words. The duplicate keeps its own, its scores and its history. `seen`
    is the token of what was shown. Raises MergeError.
    """
    one, other = locked(risk, into)
    if one.pk == other.pk:
        raise MergeError("A risk is not merged into itself")
    for each in (one, other):
        if each.state != Risk.State.OPEN:
            raise MergeError(f"{each.reference} is {each.get_state_display().lower()}: merge open risks")
    if seen != token_of(one, other):
        raise MergeError("One of the two risks has changed since you opened this page. Look at them again")
    with because(reason):
        carried = [*assets(one, other, by), *controls(one, other), *linked(one, other, by)]
        one.state, one.merged_into = Risk.State.MERGED, other
        one.save(update_fields=["state", "merged_into"])
    return carried


@transaction.atomic
def separate(risk: Risk, *, reason: str) -> None:
    """Say that it was no duplicate: it is open again. What the other got stays there. Raises MergeError."""
    standing = Risk.objects.for_change().get(pk=risk.pk)
    if standing.state != Risk.State.MERGED:
        raise MergeError(f"{standing.reference} is {standing.get_state_display().lower()} already")
    with because(reason):
        standing.state, standing.merged_into = Risk.State.OPEN, None
        standing.save(update_fields=["state", "merged_into"])


def token_of(one: Risk, other: Risk) -> str:
    """The versions of both that stand, and what hangs on the one that ends, as a form carries them."""
    hanging = [
        sorted(found.values_list("pk", flat=True))
        for found in (
            one.asset_links, one.controls.exclude(state=RiskControl.State.ENDED), one.action_links,
            one.incident_links, one.acceptance_requests, one.acceptances,
        )
    ]  # fmt: skip
    seen = sha256(repr(hanging).encode()).hexdigest()[:16]
    return f"{one.standing_version()}-{other.standing_version()}-{seen}"


def locked(one: Risk, other: Risk) -> tuple[Risk, Risk]:
    """Both under lock, always in the same order, so that no two merges wait for each other."""
    found = {
        each.pk: each for each in Risk.objects.for_change().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    }
    return found[one.pk], found[other.pk]


def assets(one: Risk, other: Risk, by: User) -> list[str]:
    """The assets that only the duplicate was to: the other is to them too, with the same note."""
    notes = dict(one.asset_links.order_by("pk").values_list("asset_id", "note"))
    if one.asset_id:
        notes.setdefault(one.asset_id, "")
    opened = set(Asset.objects.visible_to(by).filter(pk__in=notes).values_list("pk", flat=True))
    there = {other.asset_id, *other.asset_links.values_list("asset_id", flat=True)}
    new = {key: note for key, note in notes.items() if key in opened and key not in there}
    for key, note in new.items():
        other.asset_links.create(asset_id=key, note=note)
    return counted(len(new), "asset")


def controls(one: Risk, other: Risk) -> list[str]:
    """The controls that are in place or planned at the duplicate, where the other has none of that name."""
    there = {title.casefold() for title in other.controls.values_list("title", flat=True)}
    standing = one.controls.exclude(state=RiskControl.State.ENDED).order_by("pk")
    new = [each for each in standing if each.title.casefold() not in there]
    for each in new:
        said = {name: getattr(each, name) for name in ("title", "state", "effectiveness_id", "planned_for")}
        other.controls.create(**said)
    return counted(len(new), "control")


def linked(one: Risk, other: Risk, by: User) -> list[str]:
    """Actions and incidents of the duplicate that `by` may open. The others stay with it, since nobody writes
    into what they may not open."""
    actions: Any = one.action_links.all()
    new = [
        other.action_links.get_or_create(action_id=link.action_id)[1] for link in actions.with_actions_of(by)
    ]
    incidents: Any = one.incident_links.all()
    also = [
        other.incident_links.get_or_create(incident_id=link.incident_id, defaults={"part": link.part})[1]
        for link in incidents.with_incidents_of(by)
    ]
    return counted(sum(new), "action") + counted(sum(also), "incident")


def counted(number: int, noun: str) -> list[str]:
    """So many of them, in words; nothing for none."""
    return [f"{number} {noun}{'' if number == 1 else 's'}"] if number else []
