"""A moment on two clocks, and what is counted (design 2.1, 2.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from governance.core.dates import LONDON, end_of_day, long_date, today

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Moment:
    """As at a day, as known before an instant.

    `as_at` is the last day whose facts count. `known_before` is exclusive: for a date it is the London
    midnight that ends it, for a paper frozen in the middle of a day it is that very instant.
    """

    as_at: date
    known_before: datetime

    @classmethod
    def of(cls, as_at: date, known_at: date | None = None) -> Moment:
        """As at the end of one day, as known at the end of another (or, left out, as known now)."""
        return cls(as_at, end_of_day(known_at or max(as_at, today())))

    @classmethod
    def now(cls) -> Moment:
        """Today, with all that is known."""
        return cls.of(today())

    @property
    def known_at(self) -> date:
        """The last day of which anything is known."""
        return (self.known_before - timedelta(microseconds=1)).astimezone(LONDON).date()

    @property
    def is_past(self) -> bool:
        """Does this moment look at less than everything known today?"""
        return self.as_at < today() or not self.knows_all

    @property
    def knows_all(self) -> bool:
        """Does it look at everything known today, though perhaps of a past day?"""
        return self.known_before >= end_of_day(today())

    def query(self) -> dict[str, str]:
        """The moment as an address carries it."""
        return {"as_at": self.as_at.isoformat(), "known_at": self.known_at.isoformat()}

    def __str__(self) -> str:
        return f"as at {long_date(self.as_at)}, as known on {long_date(self.known_at)}"


@dataclass(frozen=True)
class Scope:
    """What is counted: plans, units and kinds, each by code; an empty one means all. Never a person.

    `said` is how an address says the units, where there is a shorter way than to name each: a directorate may
    have hundreds, and no server reads an address of any length.
    """

    plans: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def as_json(self) -> dict[str, list[str]]:
        """The scope as the ledger stores it; empty parts left out."""
        parts = {"plans": self.plans, "units": self.units, "kinds": self.kinds}
        return {name: sorted(codes) for name, codes in parts.items() if codes}

    @classmethod
    def from_json(cls, stored: dict[str, list[str]]) -> Scope:
        """The scope that `as_json` made."""
        parts: dict[str, Any] = {name: tuple(codes) for name, codes in stored.items()}
        return cls(**parts)

    def query(self) -> list[tuple[str, str]]:
        """The scope as an address carries it: one pair for each code, or the units as they are `said`."""
        parts = self.as_json()
        if self.said:
            parts.pop("units", None)
        return [*((name, code) for name, codes in parts.items() for code in codes), *self.said]

    def in_words(self, titles: Mapping[str, Mapping[str, str]] | None = None) -> list[tuple[str, str]]:
        """The same for people to read; a code is told with its title where its part has one for it."""
        known = titles or {}
        return [_in_words(name, said, known.get(name, {}).get(said, "")) for name, said in self.query()]


def _in_words(name: str, said: str, title: str) -> tuple[str, str]:
    if name != "below":
        return name.capitalize(), f"{title} ({said})" if title else said
    code, _, day = said.partition("@")
    on = f", as on {long_date(date.fromisoformat(day))}" if day else ""
    return "Unit and all below it", f"{code}{on}"
