"""What a rule may ask of an entry: a closed list of conditions for each register, declared by its room.

A condition that a rule has ever named stays, with its meaning: past days are computed by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from governance.figures.moment import Moment


@dataclass(frozen=True)
class Condition:
    """One thing that may be true of an entry at a moment, and how it is said.

    `words` goes on after "is red if it"; with "{days}" in them the rule gives a number of days. `holds` gives
    what a row has to meet, in the columns that `Coloured.facts` provides.
    """

    key: str
    words: str
    holds: Callable[[Moment, int], Q]

    @property
    def takes_days(self) -> bool:
        """Does it need a number of days?"""
        return "{days}" in self.words

    def said(self, days: int | None) -> str:
        """In words, with its number; "by more than 0 days" goes without saying."""
        number = days or 0
        if not number:
            return self.words.removesuffix(" by more than {days}").replace("{days}", "0 days")
        return self.words.replace("{days}", f"{number} day" if number == 1 else f"{number} days")

    @property
    def label(self) -> str:
        """As it is offered, before there is a number."""
        return self.words.replace("{days}", "… days")


@dataclass(frozen=True)
class Coloured:
    """A register whose entries have colours.

    `facts` adds to rows, for a moment, the columns that its conditions ask; `rows` are the entries that have
    a colour at a moment, with those. `overrides` gives the colours that people set, `link` is the column
    there, and `key` the column of a row, that hold the entry. Rows that meet `outside` have no colour.
    `overridden` adds the `override` to rows, where they can be joined to it.
    """

    register: str
    noun: str
    conditions: tuple[Condition, ...]
    facts: Callable[[Any, Moment], Any]
    rows: Callable[[Moment], Any]
    overrides: Callable[[], Any]
    link: str
    key: str
    outside: Q | None = None
    overridden: Callable[[Any, Moment], Any] | None = None

    @property
    def by_key(self) -> dict[str, Condition]:
        """Its conditions by their keys."""
        return {each.key: each for each in self.conditions}


def days_from(day: date, days: int) -> date:
    """The day so many days later, or earlier if negative; the first or the last there is beyond those."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


REGISTERS: dict[str, Coloured] = {}


def declare(coloured: Coloured) -> Coloured:
    """Make a register known here. Raises ValueError if it is declared twice."""
    if coloured.register in REGISTERS:
        raise ValueError(f"{coloured.register} is declared twice")
    REGISTERS[coloured.register] = coloured
    return coloured
