"""What a draft would turn, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.colours.models import Colour


@dataclass(frozen=True)
class Preview:
    """How many entries would turn from which colour to which, the most first, and how many stay."""

    turns: list[tuple[int, str, str]]
    stay: int

    @property
    def turned(self) -> int:
        """How many would turn."""
        return sum(number for number, _, _ in self.turns)


def preview(counted: Mapping[tuple[str | None, str], int]) -> Preview:
    """Of the counts that `turned` makes."""
    words: dict[str | None, str] = {
        None: "no colour",
        **{colour.value: colour.label.lower() for colour in Colour},
    }
    turns = [
        (number, words[before], words[after])
        for (before, after), number in counted.items()
        if before != after
    ]
    turns.sort(key=lambda turn: (-turn[0], turn[1], turn[2]))
    return Preview(turns, sum(number for (before, after), number in counted.items() if before == after))
