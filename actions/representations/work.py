"""The order of work of a plan at a moment: what is blocked and by what, what frees most, what it hangs on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from actions.models import Status
from actions.representations.graph import behind_each, critical_path, reached, turned

CLOSED = frozenset(Status.closed())


class Item(NamedTuple):
    """An action as it stood: `since` is the day from which it is closed, or that of the last report while it
    is open; `opened` the day from which it was there; `opens` if the reader may."""

    key: int
    reference: str
    title: str
    owner: str
    plan: str
    status: str
    since: date
    due: date | None
    first_due: date | None
    opens: bool = True
    opened: date = date.min

    @property
    def is_open(self) -> bool:
        """Neither completed nor withdrawn."""
        return self.status not in CLOSED


class Need(NamedTuple):
    """That an action waits on another, or on a post (`filled`: whether somebody is in it)."""

    key: int
    action: int
    needs: int | None
    reference: str
    post: int | None
    title: str
    step: str
    note: str = ""
    filled: bool = False


# What holds something up: an action by its key, or a post.
Holder = tuple[str, int]


class Work:
    """Actions and what they need; `own` are those of the plan, the others hang together with them."""

    def __init__(self, items: Mapping[int, Item], needs: Sequence[Need], own: Iterable[int]) -> None:
        self.items, self.needs, self.own = items, needs, frozenset(own)
        self.of: dict[int, list[Need]] = defaultdict(list)
        for need in needs:
            self.of[need.action].append(need)

    def is_unmet(self, need: Need) -> bool:
        """Is what is needed not there? What was withdrawn holds nothing up."""
        if need.needs is None:
            return not need.filled
        return need.needs not in self.items or self.items[need.needs].is_open

    def is_due_before(self, need: Need) -> bool:
        """Is what waits, being open, due before what it waits on, which is open too? As figures count it."""
        item, needed = self.items.get(need.action), self.items.get(need.needs or 0)
        if not (item and item.due and item.is_open and needed and needed.due and needed.is_open):
            return False
        return item.due < needed.due

    def is_early(self, need: Need) -> bool:
        """The same, as it may be told: never of what the reader may not open."""
        told = [self.items.get(key or 0) for key in (need.action, need.needs)]
        return all(each and each.opens for each in told) and self.is_due_before(need)

    @cached_property
    def early(self) -> set[int]:
        """The actions due before something on which they wait: as agreed they cannot be done by their day."""
        return {need.action for need in self.needs if need.action in self.items and self.is_early(need)}

    def is_for_decision(self, need: Need) -> bool:
        """Does something open wait on what was withdrawn?"""
        needed = self.items.get(need.needs or 0)
        return bool(needed and needed.status == Status.WITHDRAWN and self.items[need.action].is_open)

    def holding(self, key: int) -> list[Need]:
        """What keeps an open action from its next step: to start, or once it is begun, to finish."""
        item = self.items[key]
        if not item.is_open:
            return []
        begun = item.status in Status.begun()
        return [
            need for need in self.of.get(key, ()) if (begun or need.step == "start") and self.is_unmet(need)
        ]

    @cached_property
    def blocked(self) -> dict[int, list[Need]]:
        """Each action that cannot take its next step, with what it waits on."""
        found = {key: self.holding(key) for key in self.of if key in self.items}
        return {key: needs for key, needs in found.items() if needs}

    @property
    def for_decision(self) -> list[Need]:
        """What waits on what was withdrawn, of this plan."""
        return [need for need in self.needs if need.action in self.own and self.is_for_decision(need)]

    @cached_property
    def undone(self) -> dict[int, list[int]]:
        """Every open action with the open actions that it needs, to start or to finish."""
        open_keys = {key for key, item in self.items.items() if item.is_open}
        found: dict[int, list[int]] = {key: [] for key in open_keys}
        for need in self.needs:
            if need.action in open_keys and need.needs in open_keys:
                found[need.action].append(need.needs)
        return found

    @cached_property
    def frees(self) -> dict[Holder, list[int]]:
        """What could take its next step at once, if only this were done or filled."""
        found: dict[Holder, list[int]] = defaultdict(list)
        for key, needs in self.blocked.items():
            if len(holders := {holder_of(need) for need in needs}) == 1:
                found[holders.pop()].append(key)
        return found

    def freed(self, holder: Holder, *, begun: bool) -> list[Item]:
        """Of that, by reference, what could then start, or (`begun`) what is under way already and could then
        be finished."""
        found = (self.items[key] for key in self.frees.get(holder, ()))
        freed = (item for item in found if (item.status in Status.begun()) is begun)
        return sorted(freed, key=lambda item: item.reference)

    @cached_property
    def behind(self) -> Counter[Holder]:
        """How many open actions wait on each open action or vacant post, directly or through others."""
        counted: Counter[Holder] = Counter(
            {("action", key): number for key, number in behind_each(self.undone).items() if number}
        )
        posts = {need.post for need in self.needs if need.post and not need.filled}
        return counted + Counter({("post", key): len(self.waiting_on(("post", key))) for key in posts})

    def concerns(self, holder: Holder) -> bool:
        """Does something of this plan wait on it, directly or through others?"""
        kind, key = holder
        if kind == "action":
            return key in self._needed
        return any(each in self.own or each in self._needed for each in self._wait_for_post.get(key, ()))

    @cached_property
    def _needed(self) -> set[int]:
        """The open actions on which something of this plan waits."""
        own = (self.undone[key] for key in self.own if key in self.undone)
        return reached({each for needed in own for each in needed}, self.undone)

    def waiting_on(self, holder: Holder) -> set[int]:
        """The open actions that wait on it, directly or through others."""
        kind, key = holder
        if kind == "action":
            return reached([key], self._waiting) - {key}
        return reached(self._wait_for_post.get(key, ()), self._waiting)

    @cached_property
    def _waiting(self) -> dict[int, list[int]]:
        return turned(self.undone)

    @cached_property
    def _wait_for_post(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for need in self.needs:
            if need.post and not need.filled and need.action in self.undone:
                found[need.post].add(need.action)
        return found

    @cached_property
    def titles(self) -> dict[int, str]:
        """What the posts are called that something needs."""
        return {need.post: need.title for need in self.needs if need.post}

    def next_to_do(self) -> list[Holder]:
        """Open actions that nothing keeps from their next step, and vacant posts, of those on which something
        waits: what lets most start first, then what lets most be finished, then what most wait on in all,
        then the sooner due."""
        free = [holder for holder in self.behind if holder[0] == "post" or holder[1] not in self.blocked]
        return sorted(free, key=self._rank)

    def _rank(self, holder: Holder) -> tuple[int, int, int, date, str]:
        item = self.items.get(holder[1]) if holder[0] == "action" else None
        due = item.due if item and item.due else date.max
        freed = self.frees.get(holder, ())
        finish = sum(self.items[key].status in Status.begun() for key in freed)
        start = len(freed) - finish
        return -start, -finish, -self.behind[holder], due, item.reference if item else ""

    @cached_property
    def path(self) -> list[int]:
        """The chain of open actions on which the last day of the plan hangs. It ends in the plan."""
        needed = reached((key for key in self.own if key in self.undone), self.undone)
        return critical_path(
            {key: self.undone[key] for key in needed}, {key: self.items[key].due for key in needed}
        )


def holder_of(need: Need) -> Holder:
    """What holds up by this need."""
    return ("post", need.post) if need.post else ("action", need.needs or 0)
