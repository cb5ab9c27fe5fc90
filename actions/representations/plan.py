"""How plans are said on a page: plain values, made from rows that are already read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.models import Status
from actions.representations.found import PlanFound, found_of_plan
from governance.colours.models import Colour
from governance.core.components import Column
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from actions.models import ActionPlan

Counted = Mapping[str, Mapping[str, int]]
Latest = Mapping[str, date | None]
Within = tuple[int | None, str | None]  # a scope area: its key and its title
OUTSIDE: Within = (None, None)  # of every scope area
NO_AREA = "No scope area"
AREA_COLUMNS = [
    Column("Scope area"),
    *(Column(status.label, numeric=True) for status in Status),
    Column("All", numeric=True),
]


def told(key: str, value: int, label: str, moment: Moment, scope: Scope, **dimensions: str) -> Tile:
    """A figure of this room with its address."""
    return Tile(value, label, get_figure(f"actions.{key}").address(moment, scope, **dimensions))


@dataclass(frozen=True)
class PlanEntry:
    """A plan in the list of plans."""

    plan: ActionPlan
    total: Tile
    statuses: Sequence[Tile]
    found: PlanFound | None
    is_open: bool
    latest_due: date | None


def plan_entries(
    plans: Iterable[ActionPlan], counted: Counted, moment: Moment, rated: Counted, latest: Latest
) -> list[PlanEntry]:
    """Each plan with its total, the count of each status that occurs in it, what an auditor who came back
    found of what it answers, and the latest day agreed for what is open."""
    return [
        _entry(plan, counted.get(plan.code, {}), moment, found_of_plan(plan, rated, moment), latest)
        for plan in plans
    ]


def _entry(
    plan: ActionPlan, counts: Mapping[str, int], moment: Moment, found: PlanFound | None, latest: Latest
) -> PlanEntry:
    scope = Scope(plans=(plan.code,))
    total = told("total", counts.get("total", 0), "actions", moment, scope)
    return PlanEntry(
        plan,
        total,
        [told(s.value, counts[s], s.label.lower(), moment, scope) for s in Status if counts.get(s)],
        found,
        plan.code in latest,
        latest.get(plan.code),
    )


@dataclass(frozen=True)
class Area:
    """A scope area in the breakdown of a plan: a figure for each status, and for all."""

    title: str
    statuses: Sequence[Tile]
    total: Tile


class PlanFigures:
    """Every figure of a plan at a moment, from the grouped counts of `figures.counts_by_facet`."""

    def __init__(self, plan: ActionPlan, counted: Sequence[Mapping[str, Any]], moment: Moment) -> None:
        self.counted, self.moment, self.scope = counted, moment, Scope(plans=(plan.code,))

    def _told(self, key: str, value: int, label: str, area: Within = OUTSIDE) -> Tile:
        key_of_area, title = area
        within = {"scope_area": title or "", "scope_area_id": str(key_of_area)} if key_of_area else {}
        return told(key, value, label, self.moment, self.scope, **within)

    def _sum(self, name: str, **wanted: Any) -> int:
        rows = (row for row in self.counted if wanted.items() <= row.items())
        return sum(row[name] for row in rows)

    @property
    def total(self) -> Tile:
        """All actions of the plan."""
        return self._told("total", self._sum("rows"), "actions")

    @property
    def closed_to_reader(self) -> int:
        """How many of them the reader may not open."""
        return self._sum("rows") - self._sum("open")

    @property
    def statuses(self) -> list[Tile]:
        """One for each status."""
        return [self._told(s.value, self._sum("rows", status=s.value), s.label) for s in Status]

    @property
    def awaits_approval(self) -> bool:
        """Does any of it await approval?"""
        return bool(self._sum("rows", status=Status.AWAITING_APPROVAL.value))

    @property
    def colours(self) -> list[Tile]:
        """One for each colour that occurs; none before the first rule."""
        counted = {colour: self._sum("rows", colour=colour.value) for colour in Colour}
        return [
            told("by_rag", value, colour.label, self.moment, self.scope, colour=colour.value)
            for colour, value in counted.items()
            if value
        ]

    @property
    def remaining(self) -> Tile:
        """What is still to be done."""
        return self._told("remaining", self._sum("remaining"), "remaining")

    @property
    def latest_due(self) -> date | None:
        """The latest day agreed for that; None where no day is agreed for any of it."""
        days = [row["latest_due"] for row in self.counted if row["latest_due"]]
        return date.fromisoformat(max(days)) if days else None

    @property
    def overdue(self) -> Tile:
        """Past their due date."""
        return self._told("overdue", self._sum("overdue"), "Overdue")

    @property
    def waiting(self) -> list[Tile]:
        """Not started, because something else is not there."""
        named = {
            "waiting_for_actions": "Not started, wait for other actions",
            "waiting_for_posts": "Not started, wait for a vacant post",
        }
        return [self._told(key, self._sum(key), label) for key, label in named.items()]

    @property
    def areas(self) -> list[Area]:
        """One for each scope area, in the order of the audit; nothing for a plan without areas."""
        found = list(dict.fromkeys((row["area_id"], row["area"]) for row in self.counted))
        return [self._area(area) for area in found] if found not in ([], [OUTSIDE]) else []

    def _area(self, area: Within) -> Area:
        """Outside every area there is nothing to open the figures by, so they are not links. Two areas may
        have one title, so they are told apart by their keys."""
        key, title = area
        cells = [
            self._told(s.value, self._sum("rows", area_id=key, status=s.value), s.label, area) for s in Status
        ]
        total = self._told("total", self._sum("rows", area_id=key), "actions", area)
        if key is None:
            cells, total = [_unlinked(cell) for cell in cells], _unlinked(total)
        return Area(title or NO_AREA, cells, total)


def _unlinked(figure: Tile) -> Tile:
    return Tile(figure.value, figure.label, "")
