"""What moved in action plans between two days: from what was open at the start to what is at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from actions.models.progress import ProgressUpdate, Status
from governance.core.dates import end_of_day
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Scope


@dataclass(frozen=True)
class Moved:
    """An action at two moments; no status where there was nothing of it yet."""

    action: int
    reference: str
    title: str
    before: Status | None
    after: Status | None
    in_error: bool = False  # said by now never to have been there

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


def between(since: date, closing: Moment, scope: Scope) -> Movement:
    """What moved from the end of a day to a moment. Three queries."""
    opening = Moment(since, closing.known_before)
    then = Moment(since, min(end_of_day(since), closing.known_before))
    told, before, after = (_statuses(moment, scope) for moment in (then, opening, closing))
    otherwise = {action for action in told | before if told.get(action) != before.get(action)}
    return Movement(
        opening,
        closing,
        rows=_moved(before, after, before | after),
        restated=_moved(told, before, otherwise),
        open_as_told=sum(standing.status not in Status.closed() for standing in told.values()),
    )


class _Standing(NamedTuple):
    status: Status
    reference: str
    title: str


def _statuses(moment: Moment, scope: Scope) -> dict[int, _Standing]:
    rows = (
        ProgressUpdate.objects.within(scope)
        .standing(moment)
        .values_list("action_id", "status", "action__reference", "action__title")
    )
    return {action: _Standing(Status(status), *named) for action, status, *named in rows}


def _moved(
    before: dict[int, _Standing], after: dict[int, _Standing], actions: Iterable[int]
) -> tuple[Moved, ...]:
    """Those actions at two moments, by reference."""
    found = []
    for action in actions:
        one, other = before.get(action), after.get(action)
        if known := other or one:
            statuses = one.status if one else None, other.status if other else None
            found.append(Moved(action, known.reference, known.title, *statuses))
    return tuple(sorted(found, key=lambda moved: moved.reference))
