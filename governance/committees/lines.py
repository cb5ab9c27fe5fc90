"""Lines of the ledger before they are written, and the scope areas that some of them are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from actions.models import ScopeArea
from governance.figures.figure import Entry, Figure
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from governance.committees.models import PublishedFigure

NO_AREA = "No scope area"
# The part that a printed figure is narrowed to: by key, since titles and codes may be written anew.
AREA = "scope_area_id"


@dataclass(frozen=True)
class Line:
    """One figure of the ledger before it is written. `entries` is None where only numbers are known.

    `part` is its column in the printed ledger, `row` its line where that is not all of its figure; `live` is
    where a draft opens what no page of a figure shows, "" where nothing does. An author `inserted` it, maybe
    as at an earlier day.
    """

    figure: Figure[Any]
    title: str
    definition: str
    value: int
    entries: list[Entry] | None
    dimension: Mapping[str, int | str | None] = field(default_factory=dict)
    movement: str = ""
    earlier: PublishedFigure | None = None
    part: str = ""
    row: str = ""
    live: str | None = None
    inserted: bool = False


# The name of a figure, the key of a scope area (None outside every area, "" for the whole plan), a movement.
LineKey = tuple[str, int | str | None, str]


class Reckoned(Protocol):
    """What the ledger is written from: lines by their keys, what they count, and when."""

    moment: Moment
    lines: dict[LineKey, Line]

    @property
    def scope(self) -> Scope:
        """What is counted."""


def in_order(found: set[int | None]) -> dict[int | None, str]:
    """Scope areas in the auditor's order, then actions that belong to none."""
    keys = [area for area in found if area is not None]
    known = ScopeArea.objects.filter(pk__in=keys).order_by("audit", "position")
    titles: dict[int | None, str] = dict(known.values_list("pk", "title"))
    return titles | ({None: NO_AREA} if None in found else {})
