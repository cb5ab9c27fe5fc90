"""How movement is said on its page: one line for each part of the sum, and the actions behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from actions.models import Action
from actions.models.movement import Moved, Movement
from actions.representations.plan import told
from governance.core.components import Column
from governance.figures.moment import Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from governance.people.models import User

COLUMNS = [Column("Action"), Column("Title"), Column("At the start"), Column("At the end")]
RESTATED_COLUMNS = [*COLUMNS[:2], Column("As known on the day"), Column("As known at the end")]
HEADINGS = {
    "added": ("Added", "+"),
    "reopened": ("Reopened", "+"),
    "completed": ("Completed", "−"),
    "withdrawn": ("Withdrawn", "−"),
}


@dataclass(frozen=True)
class Part:
    """A part of the sum: those of its actions that the reader may open, and how many they may not."""

    name: str
    heading: str
    sign: str
    count: int
    rows: Sequence[Moved]

    @property
    def hidden(self) -> int:
        """Counted, and not to be opened by the reader."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Account:
    """The sum from the start to the end, and what of the start has been restated since it was told."""

    movement: Movement
    start: Tile
    parts: Sequence[Part]
    end: Tile
    restated: Part


def account(movement: Movement, scope: Scope, person: User) -> Account:
    """The movement for a reader. One query."""
    concerned = [row for row in movement.rows if any(row.kinds)] + [*movement.restated]
    open_to = Action.objects.visible_to(person).filter(pk__in=[row.action for row in concerned])
    seen = dict(open_to.values_list("pk", "mistaken_at"))
    parts = [
        _part(name, heading, sign, movement.of(name), seen) for name, (heading, sign) in HEADINGS.items()
    ]
    return Account(
        movement,
        told("remaining", movement.open_at_start, "open at the start", movement.opening, scope),
        parts,
        told("remaining", movement.open_at_end, "open at the end", movement.closing, scope),
        _part("restated", "Known otherwise since", "", movement.restated, seen),
    )


def _part(name: str, heading: str, sign: str, rows: Sequence[Moved], seen: Mapping[int, Any]) -> Part:
    told = [replace(row, in_error=bool(seen[row.action])) for row in rows if row.action in seen]
    return Part(name, heading, sign, len(rows), told)
