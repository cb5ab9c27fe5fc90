"""Counts as plain SVG bars, one below the other: each with its words and its number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

WIDTH, LABELS, NUMBER, ROW, THICK = 720, 250, 70, 34, 22
LONGEST_LABEL = 30  # characters that have room; the table beside the chart has them all
MOST_BARS = 20  # more would not stand on a page
MOST_SAID = 8


@dataclass(frozen=True)
class CountBar:
    """One bar as it is drawn."""

    label: str
    value: int
    y: int
    width: float

    @property
    def x(self) -> int:
        """Where bars begin."""
        return LABELS

    @property
    def text_y(self) -> int:
        """The line that label and number stand on."""
        return self.y + 16

    @property
    def number_x(self) -> float:
        """Where the number begins, behind the end of the bar."""
        return self.x + self.width + 8


@dataclass(frozen=True)
class CountBars:
    """Counts of parts of one thing on one scale; `rows` are (label, count), `name` is unique on the page.

    One bar is told from another by its words alone; a table of the same numbers stands beside the drawing.
    `more`: there are parts behind these, in an order that is not that of their counts.
    """

    name: str
    title: str
    rows: Sequence[tuple[str, int]]
    more: bool = False

    @property
    def bars(self) -> list[CountBar]:
        """Every bar that has room, on a scale from 0 to the highest count."""
        drawn = self.rows[:MOST_BARS]
        scale = (WIDTH - LABELS - NUMBER) / (max((value for _, value in drawn), default=0) or 1)
        return [
            CountBar(Truncator(label).chars(LONGEST_LABEL), value, ROW * place + 6, round(value * scale, 1))
            for place, (label, value) in enumerate(drawn)
        ]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing."""
        return WIDTH, ROW * max(len(self.bars), 1) + 6

    @property
    def thick(self) -> int:
        """How thick a bar is."""
        return THICK

    @property
    def description(self) -> str:
        """The chart in words: its bars, or the longest of many."""
        if not self.rows:
            return "There is nothing to draw."
        ordered = sorted(self.rows, key=lambda row: -row[1])
        told = self.rows if len(self.rows) <= MOST_SAID else ordered[:3]
        said = "; ".join(f"{label}: {value}" for label, value in told)
        if len(self.rows) <= MOST_SAID:
            return f"{said}."
        drawn = f" The first {MOST_BARS} are drawn." if len(self.rows) > MOST_BARS else ""
        rest = ordered[3:]
        low, high = rest[-1][1], rest[0][1]
        others = f"{low} each" if low == high else f"between {low} and {high} each"
        of = f"the first {len(self.rows)}" if self.more else str(len(self.rows))
        return f"The highest of {of}: {said}. The others: {others}.{drawn}"
