"""When a plan will all be done: the latest agreed day, how that moved, and where slippage leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

from django.template.defaultfilters import pluralize

from actions.models import Status
from actions.representations.answered import Changed
from actions.representations.graph import reached
from actions.representations.work import Item, Work

if TYPE_CHECKING:
    from governance.figures.moment import Moment

ENOUGH = 10  # dated completions, before anything is said of how slippage goes on


@dataclass(frozen=True)
class Slippage:
    """How long after their first date actions were completed: of so many, half took so many days or more."""

    counted: int
    days: int

    @property
    def in_days(self) -> str:
        """The days in words."""
        return in_days(self.days)


class Forecast:
    """What was known, at a moment, of when the plan will all be done."""

    enough = ENOUGH

    def __init__(self, work: Work, moment: Moment, changes: Sequence[Changed] = ()) -> None:
        """`changes`: how the latest day of the plan's own actions changed, the latest first."""
        self.work, self.moment, self.changes = work, moment, changes
        self.own: Sequence[Item] = [work.items[key] for key in sorted(work.own)]

    @cached_property
    def open(self) -> list[Item]:
        """What is still to be done."""
        return [item for item in self.own if item.is_open]

    @cached_property
    def undated(self) -> list[Item]:
        """Of that, what has no date: no day can be told for the whole while there is any."""
        return [item for item in self.open if item.due is None]

    @cached_property
    def early(self) -> list[Item]:
        """Of that, what is due before something on which it waits, and what that hangs on in other plans."""
        return [item for item in dict.fromkeys([*self.open, *self.path]) if item.key in self.work.early]

    @property
    def pressed(self) -> list[Item]:
        """Of those, what the latest day hangs on: that day cannot be kept as agreed."""
        return [item for item in self.path if item.key in self.work.early]

    @cached_property
    def done_on(self) -> date | None:
        """The day from which all of it was completed or withdrawn; None while something is open."""
        return None if self.open else max((item.since for item in self.own), default=None)

    @cached_property
    def path(self) -> list[Item]:
        """What the latest day hangs on, the first to be done first."""
        return [self.work.items[key] for key in self.work.path]

    @cached_property
    def latest(self) -> date | None:
        """The latest day agreed for what is open, and for what that waits on, in whichever plan; of other
        plans only by what the reader may open."""
        return _latest(item.due for item in [*self.open, *filter(self._is_told, self.path)])

    @property
    def is_later(self) -> bool:
        """Does the last day lie beyond that, with an action of another plan that the reader may not open?"""
        last = _latest(item.due for item in self.path)
        return bool(last and (self.latest is None or last > self.latest))

    def _is_told(self, item: Item) -> bool:
        """What a plan says of the whole counts all that is on it; of other plans, what the reader opens."""
        return item.opens or item.key in self.work.own

    @property
    def hangs_elsewhere(self) -> bool:
        """Does the latest day lie after those of the plan's own actions: that of one on which they wait?"""
        return self.is_later or self.latest != _latest(item.due for item in self.open)

    @property
    def first_told(self) -> date | None:
        """The first day that was told for the plan, with which the changes begin."""
        return next((change.after for change in reversed(self.changes) if change.after), self.first_latest)

    @property
    def passed_by(self) -> int:
        """How many days that lies back; 0 while it is to come."""
        return max((self.moment.as_at - self.latest).days, 0) if self.latest else 0

    @property
    def passed(self) -> str:
        """That in words; "" while it is to come."""
        return in_days(self.passed_by) if self.passed_by else ""

    @property
    def slipped_by(self) -> str:
        """How many days later the same actions are due than was agreed first, in words."""
        return in_days(self.slipped or 0)

    @property
    def _meant(self) -> list[int]:
        return [item.key for item in self.own if item.status != Status.WITHDRAWN]

    @cached_property
    def dated(self) -> list[Item]:
        """What the whole takes and has an agreed day: the plan's actions, and what they need of other plans,
        through however many between; withdrawn actions left out, and those of other plans that the reader
        may not open."""
        taken = filter(self._is_told, (self.work.items[key] for key in self._reached(self._meant)))
        return [item for item in taken if item.first_due and item.status != Status.WITHDRAWN]

    def _reached(self, keys: Iterable[int]) -> list[int]:
        """These, and what they need, through however many between."""
        ways = {key: [need.needs for need in needs if need.needs] for key, needs in self.work.of.items()}
        return [key for key in reached(keys, ways) if key in self.work.items]

    @cached_property
    def moved(self) -> int:
        """Of what was there at first, how many have another day now than was agreed first."""
        return sum(item.due != item.first_due for item in self.at_first)

    @cached_property
    def at_first(self) -> list[Item]:
        """Of that, what was there on the day from which the first action of the plan was: what the day agreed
        first was said of."""
        began = min((item.opened for item in self.dated if item.key in self.work.own), default=date.min)
        return [item for item in self.dated if item.opened <= began]

    @cached_property
    def first_latest(self) -> date | None:
        """The latest of the days that were agreed first, of what was there at first."""
        return _latest(item.first_due for item in self.at_first)

    @cached_property
    def slipped(self) -> int | None:
        """How many days later the same actions are due than was agreed first; less than 0 where sooner."""
        now = _latest(item.due for item in self.at_first)
        return (now - self.first_latest).days if now and self.first_latest else None

    @cached_property
    def added(self) -> list[Item]:
        """What came since and is due after the day agreed first: later for that, and not for a moved date."""
        first, there = self.first_latest, {item.key for item in self.at_first}
        return [
            item for item in self.dated if item.key not in there and first and item.due and item.due > first
        ]

    @cached_property
    def slippage(self) -> Slippage | None:
        """How long completions took beyond their first date; None where too few of them have one."""
        late = [
            (item.since - item.first_due).days
            for item in self.own
            if item.status == Status.COMPLETED and item.first_due
        ]
        return Slippage(len(late), ceil(median(late))) if len(late) >= ENOUGH else None

    @cached_property
    def if_it_goes_on(self) -> date | None:
        """The day for the whole if what is open slips beyond its first date as what is done has: never before
        the agreed day. None where that is not to come: then no day can be told."""
        if self.slippage is None or self.latest is None or self.is_later:
            return None
        moved = [_moved(item.first_due, self.slippage.days) for item in self.open if item.first_due]
        found = max([*moved, self.latest])
        return found if found > self.moment.as_at else None


def in_days(number: int) -> str:
    """1 day; 3,621 days."""
    return f"{number:,} day{pluralize(number)}"


def _moved(day: date, days: int) -> date:
    """So many days later; the last day there is, where that is beyond it."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _latest(days: Iterable[date | None]) -> date | None:
    """The latest of those that are there."""
    return max((day for day in days if day), default=None)
