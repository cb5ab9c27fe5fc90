"""Timing something, alone or beside the least it could take, in one run."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Measured(NamedTuple):
    """What was measured, and the fewest milliseconds of ours and of the floor."""

    name: str
    milliseconds: float
    floor: float

    @property
    def times(self) -> float:
        """How many times the floor."""
        return self.milliseconds / self.floor

    def __str__(self) -> str:
        return f"{self.name:<34}{self.milliseconds:>10.1f}{self.floor:>10.1f}{self.times:>8.2f}"


def timed(ask: Callable[[], T]) -> tuple[T, float]:
    """The answer, and the milliseconds it took."""
    begun = perf_counter()
    answer = ask()
    return answer, (perf_counter() - begun) * 1000


def beside(name: str, ours: Callable[[], Any], floor: Callable[[], Any], turns: int) -> Measured:
    """By turns, and the best of each, so that what else the machine does weighs on neither."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns + 1):
        for times, ask in zip(spent, (ours, floor), strict=True):
            _, took = timed(ask)
            if turn:
                times.append(took)
    return Measured(name, min(spent[0]), min(spent[1]))
