"""A dashboard as it is shown: each part is asked of the database when the page first needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from governance.core.components import Column
from governance.core.dates import long_date
from governance.dashboards.board import assurance
from governance.dashboards.board.units import Tree
from governance.dashboards.board.variants import Variant
from governance.dashboards.plans import PLAN_COLUMNS, PlanRow, plans_in_short
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile


@dataclass(frozen=True)
class Asked:
    """What is shown: which dashboard, of which part of the council, when, and compared with when."""

    variant: Variant
    tree: Tree
    unit: str
    scope: Scope
    moment: Moment
    earlier: Moment
    trend_from: date


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
        """The day it is compared with, in words."""
        return long_date(self.asked.earlier.as_at)

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
    def coverage(self) -> list[Tile]:
        """What the register of assets says nothing about."""
        return assurance.covered(self.moment, self.scope)

    # Actions

    @cached_property
    def plans(self) -> list[PlanRow]:
        """Plans with actions in the scope."""
        return plans_in_short(self.moment, self.scope)

    @property
    def plan_columns(self) -> list[Column]:
        """The headings over them."""
        return PLAN_COLUMNS
