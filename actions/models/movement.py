"""What moved in action plans between two days: from what was open at the start to what is at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from actions.models.overlap import Overlap, least_far_along
from actions.models.progress import ProgressUpdate, Status
from governance.core.dates import end_of_day
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Scope


@dataclass(frozen=True)
class Moved:
    """An action at two moments; no status where there was nothing of it yet.

    Where each piece of work counts once, it is the one that counts at the end, and `first` the one that
    counted at the start.
    """

    action: int
    reference: str
    title: str
    before: Status | None
    after: Status | None
    in_error: bool = False  # said by now never to have been there
    first: int = 0

    @property
    def was_open(self) -> bool:
        """At the start: on the plan, neither completed nor withdrawn."""
        return self.before is not None and self.before not in Status.closed()

    @property
    def is_open(self) -> bool:
        """The same at the end."""
        return self.after is not None and self.after not in Status.closed()

    @property
    def kinds(self) -> Iterator[str]:
        """What it counts as: added, reopened, completed, withdrawn; one added and completed counts as both.

        Completed and later withdrawn, or the other way round, it was never open and counts as nothing.
        """
        if self.before is None:
            yield "added"
        elif not self.was_open and self.is_open:
            yield "reopened"
        if (self.was_open or self.before is None) and self.after in Status.closed():
            yield str(self.after)


@dataclass(frozen=True)
class Movement:
    """Between two moments, both as known at the end: so a restatement of the start is no movement."""

    opening: Moment
    closing: Moment
    rows: tuple[Moved, ...]
    restated: tuple[Moved, ...]  # before: as it was known on the very day of the start; after: as it is known
    open_as_told: int
    joined: int = 0  # so many fewer of those, since more is known to be the same; below 0 where less is

    def of(self, kind: str) -> list[Moved]:
        """The actions that were added, reopened, completed or withdrawn."""
        return [row for row in self.rows if kind in row.kinds]

    @property
    def open_at_start(self) -> int:
        """As known at the end."""
        return sum(row.was_open for row in self.rows)

    @property
    def open_at_end(self) -> int:
        """As known at the end."""
        return sum(row.is_open for row in self.rows)

    @property
    def added_up(self) -> int:
        """What should be open at the end: open at start + added + reopened - completed - withdrawn."""
        came = len(self.of("added")) + len(self.of("reopened"))
        return self.open_at_start + came - len(self.of("completed")) - len(self.of("withdrawn"))

    @property
    def adds_up(self) -> bool:
        """Is what should be open what is open?"""
        return self.added_up == self.open_at_end


def between(since: date, closing: Moment, scope: Scope, *, once: bool = False) -> Movement:
    """What moved from the end of a day to a moment. Three queries.

    With `once` each piece of work counts once, as in the figure actions.counted_once: of actions that are the
    same, at each moment, the least far along. What is the same is told as known at the end for the start too,
    so that an overlap which was recorded in between is no movement, and the sum adds up. Only what is said to
    have been open on the day itself is told by the overlaps known then. Two more queries.
    """
    opening = Moment(since, closing.known_before)
    then = Moment(since, min(end_of_day(since), closing.known_before))
    told, before, after = (_statuses(moment, scope) for moment in (then, opening, closing))
    as_told = told
    if once:
        as_told, same = _each_once(told, Overlap.objects.pieces(then)), Overlap.objects.pieces(closing)
        told, before, after = (_each_once(found, same) for found in (told, before, after))
    otherwise = {key for key in told | before if _status(told.get(key)) != _status(before.get(key))}
    known_open = _how_many_open(as_told)
    return Movement(
        opening,
        closing,
        rows=_moved(before, after, before | after),
        restated=_moved(told, before, otherwise),
        open_as_told=known_open,
        joined=known_open - _how_many_open(told),
    )


class _Standing(NamedTuple):
    status: Status
    action: int
    reference: str
    title: str


def _how_many_open(found: dict[int, _Standing]) -> int:
    return sum(standing.status not in Status.closed() for standing in found.values())


def _status(standing: _Standing | None) -> Status | None:
    return standing.status if standing else None


def _each_once(found: dict[int, _Standing], same: Iterable[set[int]]) -> dict[int, _Standing]:
    """By piece of work, the action that counts of it."""
    piece = {action: min(group) for group in same for action in group}
    in_order = sorted(found.values(), key=lambda each: least_far_along(each.status, each.reference))
    counted: dict[int, _Standing] = {}
    for each in in_order:
        counted.setdefault(piece.get(each.action, each.action), each)
    return counted


def _statuses(moment: Moment, scope: Scope) -> dict[int, _Standing]:
    rows = (
        ProgressUpdate.objects.within(scope)
        .standing(moment)
        .values_list("action_id", "status", "action__reference", "action__title")
    )
    return {action: _Standing(Status(status), action, *named) for action, status, *named in rows}


def _moved(
    before: dict[int, _Standing], after: dict[int, _Standing], keys: Iterable[int]
) -> tuple[Moved, ...]:
    """Those actions, or pieces of work, at two moments, by reference."""
    found = []
    for key in keys:
        one, other = before.get(key), after.get(key)
        if known := other or one:
            first = one.action if one else 0
            named = known.action, known.reference, known.title
            found.append(Moved(*named, _status(one), _status(other), first=first))
    return tuple(sorted(found, key=lambda moved: moved.reference))
