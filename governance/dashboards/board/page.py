"""A dashboard as it is shown: each part is asked of the database when the page first needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from governance.core.components import Column
from governance.core.dates import long_date
from governance.core.heat import HeatMap
from governance.core.lines import LineChart
from governance.dashboards.board import assurance, risks
from governance.dashboards.board.decisions import DECISIONS, GROUPS, Waiting, waiting
from governance.dashboards.board.units import Tree
from governance.dashboards.board.variants import Variant
from governance.dashboards.plans import PLAN_COLUMNS, PlanRow, plans_in_short
from governance.figures.figure import Figure
from governance.figures.moment import Moment, Scope
from governance.figures.statement import Row, ask
from governance.figures.tiles import Tile, count_together, tiles
from governance.people.registers.versions import instant_of
from risks.figures import asked, cells, decisions, incident, movement, trend
from risks.figures.movement import KINDS, Between
from risks.services.heat import cells_for, heat_maps

if TYPE_CHECKING:
    from governance.dashboards.board.told import Told
    from governance.people.models import User

MOST_MOVED = 10
INCIDENTS = (incident.open_clocks, incident.overdue, incident.not_taken_up, incident.total)


@dataclass(frozen=True)
class Asked:
    """What is shown: whose dashboard, of which part of the council, when, and compared with when.

    `seen` is the committee whose last paper is compared with, where that is so.
    """

    person: User
    variant: Variant
    tree: Tree
    unit: str
    scope: Scope
    moment: Moment
    earlier: Moment
    trend_from: date
    seen: Told | None = None


class Board:
    """The parts of one dashboard. All of them count what lies in its scope, and nothing else."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.variant, self.moment, self.scope = asked.variant, asked.moment, asked.scope

    @property
    def of_what(self) -> str:
        """The part of the council it is of, in words."""
        named = [unit.name for unit in self.asked.tree.units.values() if unit.code == self.asked.unit]
        everything = "The whole council" if self.variant.whole else "All of your units"
        return named[0] if named else everything

    @property
    def compared(self) -> str:
        """The day or the paper it is compared with, in words."""
        if told := self.asked.seen:
            return f"{told.body} last saw them ({long_date(told.moment.as_at)})"
        return long_date(self.asked.earlier.as_at)

    @property
    def kept_then(self) -> bool:
        """Was there a register of risks at the moment compared with?"""
        return self.kept_from is not None and self.kept_from < instant_of(self.asked.earlier)

    @property
    def kept(self) -> bool:
        """Was there one at the moment shown?"""
        return self.kept_from is not None and self.kept_from < instant_of(self.moment)

    @cached_property
    def kept_from(self) -> datetime | None:
        """When the first risk was entered."""
        return trend.began(self._asked[4])

    # Risks

    @cached_property
    def _asked(self) -> list[list[Row]]:
        """What the register of risks answers to everything that is asked of it: one query."""
        days = risks.days_between(self.asked.trend_from, self.moment.as_at)
        return ask(
            cells.question(self.moment, self.scope, "now"),
            cells.question(self.asked.earlier, self.scope, "then"),
            self.between.question(most=MOST_MOVED),
            trend.question(days, self.moment, self.scope),
            trend.BEGAN,
            decisions.question(self.moment, self.scope, "now"),
            asked.question(self.moment, "now"),
        )

    @cached_property
    def counted(self) -> cells.Counted:
        """The figures of risks by cell and by unit."""
        return cells.answer(self._asked[0])

    @cached_property
    def movement(self) -> movement.Movement:
        """How many moved in which way, and the first of them."""
        return movement.answer(self._asked[2])

    @property
    def between(self) -> Between:
        """The two moments that are compared."""
        return Between(self.asked.earlier, self.moment, self.scope, self.asked.person)

    @cached_property
    def known(self) -> dict[int, Any]:
        """The cells of every matrix that is spoken of here, by key."""
        moved = [cell for row in self.movement.rows for cell in (row.then_cell, row.now_cell)]
        return cells_for([*self.counted.by_cell, *moved], self.moment.as_at)

    @property
    def risk_tiles(self) -> list[risks.RiskTile]:
        """What is above the lines, what is not known, and how much of it has changed."""
        then = cells.answer(self._asked[1]) if self.kept_then else None
        since = "in the paper" if self.asked.seen else f"on {self.compared}"
        return risks.risk_tiles(self.counted, then, self.known, self.moment, self.scope, since)

    @property
    def heat_maps(self) -> list[HeatMap]:
        """Where risks stand: under the matrix in force, and under others as far as any still does."""
        return heat_maps(self.counted.by_cell, self.known, self.moment, self.scope)

    @property
    def risks_by_part(self) -> list[tuple[str, list[Tile]]]:
        """The figures of each part of the council that has any risk."""
        return risks.risks_by_part(self.counted, self.moment, self.asked.tree, self.asked.unit)

    part_columns = risks.PART_COLUMNS
    moved_columns = risks.MOVED_COLUMNS

    @property
    def moved(self) -> list[risks.MovedRow]:
        """The first that moved."""
        return risks.moved_rows(self.movement, self.known)

    @property
    def ways(self) -> list[tuple[str, str, int]]:
        """Each way in which any moved: its code, its words, and how many."""
        return [(way, KINDS[way][0], number) for way, number in self.movement.counts.items() if number]

    @property
    def moved_in_all(self) -> int:
        """How many moved in any way."""
        return sum(self.movement.counts.values())

    @cached_property
    def trend(self) -> LineChart | None:
        """How the figures of risks went while they were kept; None where that is less than two days."""
        days = [at for at in trend.answer(self._asked[3]) if self._kept_on(at.day)]
        return risks.trend_chart(days, self.moment, self.scope) if len(days) > 1 else None

    def _kept_on(self, day: date) -> bool:
        moment = Moment(day, self.moment.known_before)
        return self.kept_from is not None and self.kept_from < instant_of(moment)

    # Assets

    @cached_property
    def confirmation(self) -> assurance.Confirmation:
        """What owners have confirmed."""
        return assurance.confirmation(self.moment, self.scope, self.asked.tree, self.asked.unit)

    @property
    def confirmation_columns(self) -> list[Column]:
        """The headings over it."""
        return assurance.CONFIRMATION_COLUMNS

    @cached_property
    def _together(self) -> dict[str, int]:
        """What is counted beside the scores: much of it with them, the rest at once."""
        known = decisions.answer(self._asked[5]).by_key
        wanted = [*assurance.COVERAGE, *DECISIONS, *(INCIDENTS if self.counts_incidents else ())]
        others = [each for each in wanted if each.key not in known]
        return known | count_together(others, self.moment, self.scope)

    def _tiles(self, figures: Iterable[Figure[Any]]) -> list[Tile]:
        return tiles({each.key: self._together[each.key] for each in figures}, self.moment, self.scope)

    @property
    def coverage(self) -> list[Tile]:
        """What the register of assets says nothing about."""
        return self._tiles(assurance.COVERAGE)

    @property
    def decisions(self) -> list[Waiting]:
        """What waits for a decision on risks, by kind."""
        rules = asked.answer(self._asked[6])
        return [waiting(heading, self._tiles(figures), figures, rules) for heading, figures in GROUPS]

    # Incidents

    @cached_property
    def counts_incidents(self) -> bool:
        """Is the reader one of those who have to know of every incident?"""
        return self.variant.whole and self.asked.person.has_perm("risks.count_incidents")

    @property
    def incidents(self) -> list[Tile]:
        """The clocks that run, and what nobody has taken up."""
        return self._tiles(INCIDENTS)

    # Actions

    @cached_property
    def plans(self) -> list[PlanRow]:
        """Plans with actions in the scope."""
        return plans_in_short(self.moment, self.scope)

    @property
    def plan_columns(self) -> list[Column]:
        """The headings over them."""
        return PLAN_COLUMNS
