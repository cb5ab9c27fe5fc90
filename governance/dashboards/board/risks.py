"""The risks of a dashboard: how many and where, what moved and why, and how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.core.components import Column, Standing
from governance.core.dates import months_before
from governance.core.lines import LineChart, Series
from governance.dashboards.board.units import Tree, parts_of
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile, tiles
from risks.figures import cells, movement, trend
from risks.figures.scores import to_be_scored_again
from risks.representations.scores import level_of
from risks.services.heat import cells_for, in_force, verdict_of

MOST_POINTS = 25
SHOWN = ("above_tolerance", "above_appetite", "overdue_review", "unscored", "ownerless", "total")
WARNING = ("above_tolerance",)
PART_COLUMNS = [
    Column("Part of the council"),
    *(Column(heading, numeric=True) for heading in ("Risks", "Above appetite", "Above tolerance")),
]
MOVED_COLUMNS = [Column(heading) for heading in ("Risk", "What moved", "Before", "After", "Why")]


@dataclass(frozen=True)
class RiskTile:
    """A figure with what has changed in it since the moment compared with."""

    tile: Tile
    note: str
    tone: str


def risk_tiles(
    now: cells.Counted,
    then: cells.Counted | None,
    known: Mapping[int, Any],
    moment: Moment,
    scope: Scope,
    since: str,
) -> list[RiskTile]:
    """The figures of risks; of each how many more or fewer there were at the earlier moment, if any were."""
    found = []
    for name in SHOWN:
        value = getattr(now.whole, name)
        note = changed(value - getattr(then.whole, name), since) if then else ""
        (tile,) = tiles({cells.FIGURES[name].key: value}, moment, scope)
        found.append(RiskTile(tile, note, "red" if value and name in WARNING else ""))
    again = sum(count.total for cell, count in now.by_cell.items() if cell and not in_force(known[cell]))
    if again:
        (tile,) = tiles({to_be_scored_again.key: again}, moment, scope)
        found.append(RiskTile(tile, "under the matrix in force", ""))
    return found


def changed(more: int, since: str) -> str:
    """What has changed, in words."""
    if not more:
        return f"as many as {since}"
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'} than {since}"


def risks_by_part(
    counted: cells.Counted, moment: Moment, tree: Tree, chosen: str
) -> list[tuple[str, list[Tile]]]:
    """The parts of the council that have any open risk, each with its figures."""
    found = []
    for name, codes in parts_of(tree, chosen):
        count = cells.Count()
        for code in codes:
            count = count.plus(counted.by_unit.get(code, cells.Count()))
        if count.total:
            values = {
                cells.FIGURES[each].key: getattr(count, each)
                for each in ("total", "above_appetite", "above_tolerance")
            }
            found.append((name, tiles(values, moment, tree.scope(codes, moment))))
    return found


@dataclass(frozen=True)
class Cell:
    """Where a risk stood, as a list shows it: its level, and the two steps."""

    standing: Standing
    verdict: str
    place: str


@dataclass(frozen=True)
class MovedRow:
    """One risk that moved, from where to where."""

    moved: movement.Moved
    kind: str
    before: Cell | None
    after: Cell | None

    @property
    def why(self) -> str:
        """The reason of its score; of what came or went, that of the change of its entry."""
        if self.moved.kind == "left":
            return self.moved.change
        return self.moved.reason or self.moved.change


def moved_rows(found: movement.Movement, known: Mapping[int, Any]) -> list[MovedRow]:
    """The rows of a movement as a list shows them."""
    return [
        MovedRow(row, movement.KINDS[row.kind][0], _cell(row.then_cell, known), _cell(row.now_cell, known))
        for row in found.rows
    ]


def _cell(key: int | None, known: Mapping[int, Any]) -> Cell | None:
    if key is None:
        return None
    cell = known[key]
    place = f"{cell.likelihood_name}, {cell.impact_name}"
    return Cell(level_of(cell.level), verdict_of(cell), place)


@dataclass(frozen=True)
class MovedList:
    """Every risk that moved, in one way or in any, for a paginator: counted and cut in the database."""

    between: movement.Between
    kind: str

    def __len__(self) -> int:
        return self.count()

    def count(self) -> int:
        """How many there are."""
        counts = self.between.movement(kind=self.kind, most=0).counts
        return counts[self.kind] if self.kind else sum(counts.values())

    def __getitem__(self, part: slice) -> list[MovedRow]:
        start = part.start or 0
        found = self.between.movement(kind=self.kind, start=start, most=part.stop - start)
        used = [cell for row in found.rows for cell in (row.then_cell, row.now_cell)]
        return moved_rows(found, cells_for(used, self.between.later.as_at))


def days_between(first: date, last: date) -> list[date]:
    """Days a whole number of months before the last, and the first itself: at most MOST_POINTS."""
    months = 1 + (last.year - first.year) * 12 + last.month - first.month
    step = -(-months // (MOST_POINTS - 1))
    days = {months_before(last, n) for n in range(0, months + 1, step)}
    return sorted({first, *(day for day in days if day > first)})


def trend_chart(found: Sequence[trend.At], moment: Moment, scope: Scope) -> LineChart:
    """How the number of risks, and of those above the two lines, went: drawn."""
    ways = [at.addresses(moment, scope) for at in found]
    names = ("Open risks", "Above appetite", "Above tolerance")
    return LineChart(
        name="trend",
        title="Risks over time",
        labels=[f"{at.day.day} {at.day:%b %y}" for at in found],
        series=[
            Series(name, [at.values[n] for at in found], [way[n] for way in ways])
            for n, name in enumerate(names)
        ],
    )
