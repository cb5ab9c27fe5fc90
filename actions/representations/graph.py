"""What waits on what as a graph of keys: no database, no words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from graphlib import TopologicalSorter
from typing import NamedTuple

Needs = Mapping[int, Collection[int]]
NO_DAY = date.min


def in_order(needs: Needs) -> list[int]:
    """Every key, what is needed before what needs it. Raises graphlib.CycleError where there is a circle."""
    left: dict[int, int] = {}
    behind: dict[int, list[int]] = {}
    for key in sorted(needs):
        left[key] = left.get(key, 0) + len(needs[key])
        for each in sorted(needs[key]):
            left.setdefault(each, 0)
            behind.setdefault(each, []).append(key)
    order = [key for key, number in left.items() if not number]
    for key in order:  # which grows on the way
        for each in behind.get(key, ()):
            left[each] -= 1
            if not left[each]:
                order.append(each)
    if len(order) < len(left):
        TopologicalSorter(needs).prepare()  # names the circle
    return order


def reached(start: Iterable[int], ways: Needs) -> set[int]:
    """The keys at the start, and all that can be reached from them."""
    found, rest = set(start), list(start)
    while rest:
        new = set(ways.get(rest.pop(), ())) - found
        found |= new
        rest.extend(new)
    return found


def turned(needs: Needs) -> dict[int, list[int]]:
    """What waits on each key."""
    behind: dict[int, list[int]] = {}
    for key, needed in needs.items():
        for each in needed:
            behind.setdefault(each, []).append(key)
    return behind


def behind_each(needs: Needs) -> dict[int, int]:
    """How many others wait on each key, through however many between.

    Each set is the bits of one number, so that ten thousand take milliseconds.
    """
    order = in_order(needs)
    places = {key: place for place, key in enumerate(order)}
    waiting = dict.fromkeys(order, 0)
    for key in reversed(order):
        own = waiting[key] | 1 << places[key]
        for needed in needs.get(key, ()):
            waiting[needed] |= own
    return {key: bits.bit_count() for key, bits in waiting.items()}


class _Best(NamedTuple):
    """The best chain that ends at a key: its latest day, its length, the key before, and whether from there
    on only the length counts, since the day is this key's own."""

    day: date
    length: int
    before: int | None
    by_length: bool


def critical_path(needs: Needs, due: Mapping[int, date | None]) -> list[int]:
    """The chain with the latest day anywhere on it, and of those the longest: keys, what comes first first.

    Each key of a chain needs the one before it. The day by which the whole can be done is the latest on this
    chain: what comes after that day on the chain cannot be done sooner, whatever day was agreed for it.
    """
    longest: dict[int, tuple[int, int | None]] = {}
    best: dict[int, _Best] = {}
    for key in in_order(needs):
        before = sorted(needs.get(key, ()))
        longest[key] = max(
            ((longest[each][0] + 1, each) for each in before), default=(1, None), key=lambda found: found[0]
        )
        own = due.get(key) or NO_DAY
        ways = [_Best(own, *longest[key], by_length=True)]
        ways += [
            _Best(max(own, best[each].day), best[each].length + 1, each, by_length=False) for each in before
        ]
        best[key] = max(ways, key=lambda way: way[:2])
    return _back(max(best, key=lambda key: best[key][:2]), best, longest) if best else []


def _back(end: int, best: Mapping[int, _Best], longest: Mapping[int, tuple[int, int | None]]) -> list[int]:
    """The chain that ends there, from its beginning."""
    chain, key, by_length = [end], end, False
    while True:
        by_length = by_length or best[key].by_length
        before = longest[key][1] if by_length else best[key].before
        if before is None:
            return chain[::-1]
        chain.append(before)
        key = before
