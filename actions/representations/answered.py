"""How the answer to "when will it all be done?" changed: from what to what, by which action, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from itertools import groupby
from typing import NamedTuple

from actions.models import Status
from actions.representations.work import Item
from governance.core.components import Column

COLUMNS = [Column("Known on"), Column("Until then"), Column("From then"), Column("Why")]
SHOWN = 20  # of the changes, the latest
NOT_OPEN = frozenset(("", *Status.closed()))


class Told(NamedTuple):
    """One fact of an action in the order in which facts became known: its status, or its due date.

    `place` orders what is effective on one day; `corrects` is the key of the row whose place it takes. One
    that takes effect after the day that is looked at (`late`) takes that place all the same.
    """

    key: int
    action: int
    known_on: date
    effective_on: date
    place: int
    status: str = ""
    due: date | None = None
    corrects: int | None = None
    void: bool = False
    reason: str = ""
    agreed: str = ""
    late: bool = False

    @property
    def is_date(self) -> bool:
        """Is it about the due date?"""
        return not self.status


@dataclass(frozen=True)
class Cause:
    """An action by which the answer changed, in which way, and the facts of that day that say so."""

    item: Item
    kind: str
    dates: Sequence[Told] = ()


@dataclass(frozen=True)
class Changed:
    """The answer until a day and from it; None where no day could be told. What came in for the first time
    stands apart from what was moved."""

    known_on: date
    before: date | None
    after: date | None
    causes: Sequence[Cause]


@dataclass(slots=True)
class _Action:
    """What was known of one action so far: `status` that stood, or nothing, and the due date that stood while
    it was open."""

    original: date | None
    status: str = ""
    due: date | None = None
    statuses: dict[int, Told] = field(default_factory=dict)
    dates: dict[int, Told] = field(default_factory=dict)

    def learn(self, facts: Iterable[Told]) -> None:
        """Take in facts, each in the place of the one it corrects."""
        for told in facts:
            rows = self.statuses if told.status else self.dates
            rows.pop(told.corrects or 0, None)
            if not told.void and not told.late:
                rows[told.key] = told
        said, dated = _last(self.statuses), _last(self.dates)
        self.status = said.status if said else ""
        self.due = None if self.status in NOT_OPEN else dated.due if dated else self.original


def _last(rows: Mapping[int, Told]) -> Told | None:
    """The one that stands."""
    if len(rows) < 2:  # as a rule, and there may be ten thousand
        return next(iter(rows.values()), None)
    return max(rows.values(), key=lambda told: told[3:5])


class _Latest:
    """The latest of the days that each action has now."""

    def __init__(self) -> None:
        self.days: dict[int, date | None] = {}
        self.heap: list[tuple[int, int]] = []

    def put(self, action: int, day: date | None) -> None:
        self.days[action] = day
        if day:
            heappush(self.heap, (-day.toordinal(), action))

    def day(self) -> date | None:
        while self.heap:
            ordinal, action = self.heap[0]
            day = date.fromordinal(-ordinal)
            if self.days[action] == day:
                return day
            heappop(self.heap)
        return None


def answers(
    told: Iterable[Told], items: Mapping[int, Item], originals: Mapping[int, date | None]
) -> list[Changed]:
    """Every change of the latest agreed day of what was open, the latest first. `told` are the facts of these
    actions in the order in which they became known."""
    actions = {key: _Action(originals.get(key)) for key in items}
    latest, found = _Latest(), []
    answer: date | None = None
    for day, facts in groupby(told, key=lambda each: each.known_on):
        before = answer
        moved = _one_day(facts, actions, latest)
        answer = latest.day()
        if answer != before:
            found.append(Changed(day, before, answer, _causes(moved, before, answer, items)))
    return found[::-1]


class _Move(NamedTuple):
    """An action whose day became another on a day, by these facts."""

    action: int
    was: str
    now: str
    before: date | None
    after: date | None
    facts: Sequence[Told]


def _one_day(facts: Iterable[Told], actions: Mapping[int, _Action], latest: _Latest) -> list[_Move]:
    """Take in the facts of one day: the actions whose day is another after it."""
    by_action: dict[int, list[Told]] = {}
    for fact in facts:
        by_action.setdefault(fact.action, []).append(fact)
    moves = []
    for key, own in by_action.items():
        action = actions[key]
        was, before = action.status, action.due
        action.learn(own)
        if action.due != before:
            latest.put(key, action.due)
            moves.append(_Move(key, was, action.status, before, action.due, own))
    return moves


def _causes(
    moves: Sequence[_Move], before: date | None, after: date | None, items: Mapping[int, Item]
) -> list[Cause]:
    """Of what moved, what made the answer another: what came to stand latest, or what stood latest before."""
    later = after is not None and (before is None or after > before)
    counted = [move for move in moves if (move.after == after if later else move.before == before)]
    return [
        Cause(items[move.action], _kind(move), [fact for fact in move.facts if fact.is_date])
        for move in counted
    ]


def _kind(move: _Move) -> str:
    if not move.was:
        return "opened"
    if not move.now:
        never = any(fact.void and not fact.is_date for fact in move.facts)
        return "in_error" if never else "not_yet"
    if move.now in Status.closed():
        return move.now
    if move.was in Status.closed():
        return "reopened"
    return "moved"
