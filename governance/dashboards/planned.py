"""Hand-overs whose day has come: which can be carried out, in which order, and doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.db import transaction

from governance.core.dates import today
from governance.dashboards.handing import Keys, hand_over, keys
from governance.dashboards.models import HandOver
from governance.history.trail import signed
from governance.people.models import Post


def held_up(planned: HandOver) -> str:
    """Why it cannot be carried out today, as a sentence; empty where it can."""
    if not planned.planned_by.has_perm("dashboards.hand_over", planned.from_post):
        return "Whoever planned it may hand over this post no more: withdraw it, and plan it anew."
    if not Post.objects.filled(today()).filter(pk=planned.to_post_id).exists():
        return "It waits until somebody is in the post that takes over."
    return ""


def all_held_up(planned: Iterable[HandOver]) -> dict[int, str]:
    """Those of the due that cannot be carried out today, by key: why. Those that give to a post which was
    to be empty by then wait too: else what they bring would go on with what that post holds."""
    due = list(planned)
    found = {each.pk: why for each in due if (why := held_up(each))}
    while more := {
        each.pk: f"It waits for the hand-over of the {each.to_post}, which is held up."
        for each in due
        if each.pk not in found
        and any(
            first.pk in found and first.from_post_id == each.to_post_id and first.from_on <= each.from_on
            for first in due
        )
    }:
        found |= more
    return found


Going = list[tuple[HandOver, Keys | None]]


def in_turn() -> Iterator[Going]:
    """What can be carried out today, the earliest day first; what hangs together on a day comes together.

    Where posts give and take on one day, each comes with the keys of what its post held before any of that
    day: two that swap do not end with one holding all.
    """
    due = list(HandOver.objects.due(today()))
    waiting = all_held_up(due)
    going = [each for each in due if each.pk not in waiting]
    for _, of_the_day in groupby(going, key=day_of):
        for together in connected(of_the_day):
            taking = {each.to_post_id for each in together}
            yield [(each, keys(each.from_post) if each.from_post_id in taking else None) for each in together]


def connected(of_a_day: Iterable[HandOver]) -> list[list[HandOver]]:
    """Those of a day that give to a post which gives itself stand together; every other stands alone."""
    groups: list[list[HandOver]] = []
    for each in of_a_day:
        near = [group for group in groups if any(follows(each, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), each])
    return groups


def follows(one: HandOver, other: HandOver) -> bool:
    """Does one of the two give to the post from which the other takes?"""
    return one.to_post_id == other.from_post_id or other.to_post_id == one.from_post_id


def carry_out_together(going: Going) -> None:
    """Do what hangs together: all of it or, where one of it fails, nothing."""
    with transaction.atomic():
        for planned, only in going:
            carry_out(planned, only)


def day_of(planned: HandOver) -> date:
    """The day for which it is planned."""
    return planned.from_on


def carry_out(planned: HandOver, only: Keys | None = None) -> HandOver | None:
    """Do what was planned, in the name of who planned it; None where it is planned no more, or is held up:
    it then stays planned, and its page says why. `only`: what the post held before."""
    with transaction.atomic(), signed(planned.planned_by, reason=planned.reason):
        found = HandOver.objects.for_change().planned().filter(pk=planned.pk).first()
        if found is None or held_up(found):
            return None
        to, reason, by = found.to_post, found.reason, found.planned_by
        found.entries = hand_over(found.from_post, to=to, reason=reason, by=by, only=only)
        found.state, found.done_on = HandOver.State.DONE, today()
        found.save(update_fields=["state", "entries", "done_on"])
        return found
