"""A register counted once, for every page that shows its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Counts(NamedTuple):
    """The figures of a register by key, the total first, and how many entries each post (by key) owns."""

    figures: dict[str, int]
    by_owner: dict[int, int]


def summed(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The sum of the numbers of each key."""
    sums: Counter[int] = Counter()
    for key, number in pairs:
        sums[key] += number
    return dict(sums)
