"""Columns of a file that only leave: what follows from others, or is changed on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Cell = str | int | date | None
Values = Sequence[Any]
# Makes the cells of many rows out of their values, of which there is a sequence for each lookup.
Say = Callable[[Sequence[Values]], Sequence[Cell]]

WHY_IGNORED = "Download only: it follows from other columns, or has a page, and is never read from a file"


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A column that is written and never read. `reads` are lookups from a row; `say` is asked once a file."""

    name: str
    heading: str
    reads: Sequence[str]
    say: Callable[[], Say]


def as_it_is() -> Say:
    """The one value that is read."""
    return lambda values: values[0]


def in_words(words: Callable[[], Callable[[Any], Cell]]) -> Callable[[], Say]:
    """What says each value in words; `words` is asked once for a file."""

    def say() -> Say:
        write = words()

        def cells(values: Sequence[Values]) -> Sequence[Cell]:
            said = {value: write(value) for value in set(values[0])}
            return [said[value] for value in values[0]]

        return cells

    return say
