"""What two people made of one text, put together line by line: nothing that either wrote is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_LINES = 2_000  # beyond that the two texts are not compared, but stand one after the other


@dataclass(frozen=True)
class Change:
    """Lines of the text before, `start` up to `end`, in the place of which somebody wrote others."""

    start: int
    end: int
    lines: Sequence[str]
    is_mine: bool


def put_together(before: str | None, theirs: str, mine: str) -> str:
    """Both texts in one: what one of them changed is taken over; where their changes touch, theirs stands
    first and mine after it, with an empty line between. Where it is unknown what both began with, both texts
    whole."""
    texts = [(before or "").splitlines(), theirs.splitlines(), mine.splitlines()]
    if before is None or max(map(len, texts)) > MOST_LINES:
        return "\n".join(_both(texts[1], texts[2]))
    return "\n".join(_merged(*texts))


def _merged(before: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Iterator[str]:
    done = 0
    changes = [*_changes(before, theirs, is_mine=False), *_changes(before, mine, is_mine=True)]
    for group in _touching(sorted(changes, key=lambda each: (each.start, each.end))):
        start, end = group[0].start, max(each.end for each in group)
        yield from before[done:start]
        sides = [[each for each in group if each.is_mine is one] for one in (False, True)]
        written = [_applied(before, start, end, side) for side in sides if side]
        yield from _both(*written) if len(written) == 2 else written[0]
        done = end
    yield from before[done:]


def _changes(before: Sequence[str], after: Sequence[str], *, is_mine: bool) -> list[Change]:
    found = SequenceMatcher(None, before, after).get_opcodes()
    return [Change(i, j, after[k:m], is_mine) for tag, i, j, k, m in found if tag != "equal"]


def _touching(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Changes in their order, those together that leave no line between them."""
    group: list[Change] = []
    for each in changes:
        if group and each.start > max(one.end for one in group):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _applied(before: Sequence[str], start: int, end: int, changes: Sequence[Change]) -> list[str]:
    """The lines from `start` to `end` as one of the two left them."""
    lines: list[str] = []
    for each in changes:
        lines += [*before[start : each.start], *each.lines]
        start = each.end
    return [*lines, *before[start:end]]


def _both(theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    if list(theirs) == list(mine) or not mine:
        return list(theirs)
    return [*theirs, "", *mine] if theirs else list(mine)
