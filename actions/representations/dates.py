"""How the due dates of an action are said on its page: the first, each revision, and how far it slipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.models import Action, DateRevision, Status
from actions.representations.plan import told
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope
    from governance.figures.tiles import Tile

KEPT = {
    "overdue_original": "Overdue on the first date",
    "extended": "Extended",
    "extension_waiting": "Ask for more time",
}


@dataclass(frozen=True)
class Moved:
    """A revision: the row, the date before it, and (if it was taken back) the row that says so."""

    row: DateRevision
    before: date | None
    taken_back: DateRevision | None = None

    @property
    def days(self) -> int:
        """By how many days it moved the date: less than none, if it was brought forward."""
        return (self.row.due_on - self.before).days if self.before else 0


@dataclass(frozen=True)
class Dates:
    """The due dates of an action at a moment."""

    first: date | None
    due: date | None
    moves: Sequence[Moved]
    stays: bool  # of a closed action: it moves no more

    @property
    def extended(self) -> int:
        """How many times the date was put back."""
        return sum(not move.taken_back and move.days > 0 for move in self.moves)

    @property
    def slipped(self) -> int:
        """Days from the first date to the one that stands; less than none, if it was brought forward."""
        return (self.due - self.first).days if self.due and self.first else 0


def dates_of(
    action: Action, revisions: Iterable[DateRevision], moment: Moment, status: str | None = None
) -> Dates:
    """The dates known and in effect at a moment, the earliest first. `revisions` are all of the action's,
    `status` is the one that stood then, if that is not today's."""
    known = [each for each in revisions if each.known_at < moment.known_before]
    corrections = {each.corrects_id: each for each in known if each.corrects_id}
    shown = [each for each in known if not each.void and each.effective_on <= moment.as_at]
    first = due = action.original_due_on
    moves: list[Moved] = []
    for row in shown:
        taken_back = corrections.get(row.pk)
        moves.append(Moved(row, due, taken_back))
        if not taken_back:
            first, due = first or row.due_on, row.due_on
    return Dates(first, due, moves, (status or action.status) in Status.closed())


def kept(counted: Iterable[Mapping[str, Any]], moment: Moment, scope: Scope) -> list[Tile]:
    """What slipped on a plan, of the grouped counts of its figures, as tiles that open the actions behind."""
    rows = list(counted)
    return [told(key, sum(row[key] for row in rows), label, moment, scope) for key, label in KEPT.items()]


def said_of_order(found: Iterable[Any], action: Action) -> Iterable[str]:
    """Each in words. Of what the person may not open only the reference is told."""
    for need in found:
        waits = need.needs_action_id == action.pk
        other, opens = (need.action, need.opens_action) if waits else (need.needs_action, need.opens_needed)
        when = f" (due on {long_date(other.due_on)})" if opens else ""
        yield (
            f"{other.reference}{when} waits on it and is due before it"
            if waits
            else f"it waits on {other.reference}{when}, which is due after it"
        )
