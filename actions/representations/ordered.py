"""The page of a plan's order of work: its tables, made from what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from actions.models import Status
from actions.representations.drawing import Drawing
from actions.representations.work import Holder, Item, Need, Work
from governance.core.components import Column

SHOWN_NEXT = 10  # of what to do next
NEXT_COLUMNS = [
    Column("What"),
    Column("Owner"),
    Column("Due"),
    Column("Frees at once"),
    Column("Wait on it in all", numeric=True),
]
PATH_COLUMNS = [
    Column("Action"),
    Column("Status"),
    Column("Due first"),
    Column("Due now"),
    Column("Days later", numeric=True),
]
NEED_COLUMNS = [
    Column("Action"),
    Column("Status"),
    Column("Due"),
    Column("Waits"),
    Column("For"),
]


@dataclass(frozen=True)
class Next:
    """What can be done next, and what it frees at once: to start, or (begun already) to be finished. `item`
    is None for a vacant post."""

    item: Item | None
    post: str
    to_start: Sequence[Item]
    to_finish: Sequence[Item]
    behind: int


@dataclass(frozen=True)
class Row:
    """One need in words: who waits for what, and whether that is decided."""

    item: Item
    need: Need
    needed: Item | None
    is_withdrawn: bool
    is_early: bool

    @property
    def is_begun(self) -> bool:
        """Is what waits begun already? Nobody knows which of its needs a reason once given was of."""
        return self.item.status in Status.begun() and not self.is_withdrawn


@dataclass(frozen=True)
class Step:
    """An action on the chain that the last day hangs on, with the vacant posts that it needs."""

    item: Item
    posts: Sequence[str]
    is_early: bool = False
    more: int = 0  # that follow it, of which the reader may open none

    @property
    def later(self) -> int | None:
        """How many days later it is due than it was first."""
        item = self.item
        return (item.due - item.first_due).days if item.due and item.first_due else None


class OrderPage:
    """The tables of the page. What a reader may not open is named by its reference alone."""

    next_columns, path_columns, need_columns = NEXT_COLUMNS, PATH_COLUMNS, NEED_COLUMNS

    def __init__(self, work: Work) -> None:
        self.work = work

    @property
    def counted(self) -> dict[str, int]:
        """The figures of the order of work for this plan, by key: read off what was read for the tables
        (a test compares)."""
        work = self.work
        before = {need.action for need in work.needs if work.is_due_before(need)}
        return {
            "actions.blocked": len(work.own & work.blocked.keys()),
            "actions.for_decision": len({need.action for need in work.for_decision}),
            "actions.due_before_needed": len(work.own & before),
        }

    @cached_property
    def next(self) -> list[Next]:
        """What frees most of this plan, the first first."""
        return [self._next(each) for each in self._to_do if self._opens(each)][:SHOWN_NEXT]

    @property
    def next_closed(self) -> int:
        """How many besides could be done next that the reader may not open."""
        return sum(not self._opens(each) for each in self._to_do)

    @cached_property
    def _to_do(self) -> list[Holder]:
        return [each for each in self.work.next_to_do() if self.work.concerns(each)]

    def _opens(self, holder: Holder) -> bool:
        kind, key = holder
        return kind == "post" or self.work.items[key].opens

    def _next(self, holder: Holder) -> Next:
        kind, key = holder
        item = self.work.items.get(key) if kind == "action" else None
        post = "" if item else self.work.titles[key]
        to_start, to_finish = (self.work.freed(holder, begun=begun) for begun in (False, True))
        return Next(item, post, to_start, to_finish, self.work.behind[holder])

    @cached_property
    def _waiting(self) -> list[Row]:
        """Every unmet need of an open action of this plan, and those that await a decision, by reference."""
        work = self.work
        mine = (need for need in work.needs if need.action in work.own and work.items[need.action].is_open)
        needs = [need for need in mine if work.is_unmet(need) or work.is_for_decision(need)]
        rows = [self._row(need) for need in needs]
        return sorted(rows, key=lambda row: (row.item.reference, row.need.key))

    def _row(self, need: Need) -> Row:
        needed = self.work.items.get(need.needs or 0)
        for_decision, early = self.work.is_for_decision(need), self.work.is_early(need)
        return Row(self.work.items[need.action], need, needed, for_decision, early)

    @cached_property
    def rows(self) -> list[Row]:
        """Of these, the ones whose action the reader may open."""
        return [row for row in self._waiting if row.item.opens]

    @property
    def closed_to_reader(self) -> int:
        """How many the reader may not open."""
        return len(self._waiting) - len(self.rows)

    @cached_property
    def drawing(self) -> Drawing:
        """The same as a drawing."""
        return Drawing(self.work, [row.need for row in self.rows])

    @property
    def steps(self) -> list[Step]:
        """The chain that the last day hangs on; what the reader may not open is one step where it follows
        on itself."""
        found: list[Step] = []
        for opens, keys in groupby(self.work.path, key=lambda key: self.work.items[key].opens):
            if opens:
                found.extend(self._step(key) for key in keys)
            else:
                first, *others = keys
                found.append(replace(self._step(first), more=len(others)))
        return found

    def _step(self, key: int) -> Step:
        return Step(self.work.items[key], self._vacant(key), key in self.work.early)

    def _vacant(self, key: int) -> list[str]:
        needs = self.work.of.get(key, ())
        return [need.title for need in needs if need.post and self.work.is_unmet(need)]
