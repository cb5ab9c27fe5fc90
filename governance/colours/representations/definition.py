"""A version of a rule as plain data: as it is shipped, typed into a form, kept, and said in words."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from governance.colours.models import OTHERWISE, REGISTERS
from governance.core.components import RATINGS, Standing

if TYPE_CHECKING:
    from governance.colours.models import ColourRule

SHIPPED = Path(__file__).parent.parent / "shipped"


@dataclass(frozen=True)
class Line:
    """A line of a rule."""

    colour: str
    words: str
    condition: str = OTHERWISE
    days: int | None = None
    and_condition: str = ""
    and_days: int | None = None

    @property
    def standing(self) -> Standing:
        """Its colour, as it is drawn."""
        return RATINGS[self.colour]

    def when(self, register: str) -> str:
        """Its conditions in words."""
        if self.condition == OTHERWISE:
            return "in every other case"
        known = REGISTERS[register].by_key
        asked = [(self.condition, self.days), (self.and_condition, self.and_days)]
        return "if it " + ", and ".join(known[key].said(days) for key, days in asked if key)


@dataclass(frozen=True)
class Definition:
    """Everything a version says."""

    register: str
    name: str
    source: str
    override_months: int
    lines: tuple[Line, ...]

    @property
    def digest(self) -> str:
        """Tells two definitions apart: the same text for the same content."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def told(self) -> list[tuple[Standing, str, str]]:
        """Its lines as a page shows them: the colour, when it is given, what it means."""
        return [(line.standing, line.when(self.register), line.words) for line in self.lines]


def shipped(register: str) -> Definition:
    """The rule that comes with the product for a register."""
    read = tomllib.loads((SHIPPED / f"{register}.toml").read_text())
    return Definition(
        register=register,
        name=read["name"],
        source=read["source"],
        override_months=read["override_months"],
        lines=tuple(Line(**each) for each in read["lines"]),
    )


def of_rule(rule: ColourRule) -> Definition:
    """What a version says, in one query."""
    return Definition(
        register=rule.register,
        name=rule.name,
        source=rule.source,
        override_months=rule.override_months,
        lines=tuple(
            Line(each.colour, each.words, each.condition, each.days, each.and_condition, each.and_days)
            for each in rule.lines.order_by("position")
        ),
    )
