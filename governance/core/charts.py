"""Charts as plain SVG: one drawing for page and paper, with patterns and words beside colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from governance.core.components import standing

WIDTH, LABELS, ROW, BAR = 720, 150, 42, 28
SOLID = {"completed": "#0b5563", "not_started": "#ffffff"}  # the others are patterns of the drawing
ORDER = ("completed", "awaiting_approval", "in_progress", "not_started", "withdrawn")


@dataclass(frozen=True)
class Segment:
    """One part of a bar: where it is drawn, and the number it stands for."""

    series: str
    value: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where the number is written."""
        return self.x + self.width / 2

    @property
    def plate(self) -> int:
        """The width of the white plate under the number."""
        return 10 + 9 * len(str(self.value))

    @property
    def plate_x(self) -> float:
        """Where that plate begins."""
        return self.middle - self.plate / 2

    @property
    def labelled(self) -> bool:
        """Is there room for the number? The table beside the chart has it in any case."""
        return self.width >= self.plate + 2


@dataclass(frozen=True)
class Bar:
    """A bar: its label, its parts, and where they are drawn."""

    label: str
    y: int
    segments: Sequence[Segment]
    total: int

    @property
    def text_y(self) -> int:
        """The line that label and numbers stand on."""
        return self.y + 19

    @property
    def plate_y(self) -> int:
        """The top of the plates."""
        return self.y + 5


@dataclass(frozen=True)
class StackedBars:
    """Counts by status at several moments, one bar each.

    `rows` are (label, {status code: count}), earliest first; `name` is unique on the page.
    """

    name: str
    title: str
    rows: Sequence[tuple[str, Mapping[str, int]]]

    @property
    def series(self) -> list[tuple[str, str]]:
        """The statuses that occur, in the order drawn, with their words."""
        return [
            (code, standing(code).word) for code in ORDER if any(counts.get(code) for _, counts in self.rows)
        ]

    def fill(self, code: str) -> str:
        """What a status is filled with: a colour, or a pattern of this drawing."""
        return SOLID.get(code) or f"url(#{self.name}-{code})"

    @property
    def legend(self) -> list[tuple[str, str, int, int, int]]:
        """Code, word, and where the sample, the text and the line stand."""
        places, x, y = [], 0, 0
        for code, word in self.series:
            wide = 34 + 8 * len(word)
            if x + wide > WIDTH:
                x, y = 0, y + 24
            places.append((code, word, x, x + 24, y))
            x += wide + 12
        return places

    @property
    def top(self) -> int:
        """Where the bars begin, below the legend."""
        return max((place[4] for place in self.legend), default=0) + 34

    @property
    def height(self) -> int:
        """The height of the whole drawing."""
        return self.top + ROW * len(self.rows)

    @property
    def width(self) -> int:
        """The width of the whole drawing."""
        return WIDTH

    @property
    def bars(self) -> list[Bar]:
        """Every bar on one common scale, its parts in the order of the legend."""
        most = max((sum(counts.values()) for _, counts in self.rows), default=0) or 1
        scale = (WIDTH - LABELS) / most
        return [self._bar(place, label, counts, scale) for place, (label, counts) in enumerate(self.rows)]

    def _bar(self, place: int, label: str, counts: Mapping[str, int], scale: float) -> Bar:
        segments, x = [], float(LABELS)
        for code, _ in self.series:
            if value := counts.get(code, 0):
                segments.append(Segment(code, value, round(x, 1), round(value * scale, 1)))
                x += value * scale
        return Bar(label, self.top + place * ROW, segments, sum(counts.values()))

    @property
    def bar_height(self) -> int:
        """How thick a bar is."""
        return BAR

    @property
    def description(self) -> str:
        """The chart in words: each bar as a sentence."""
        return " ".join(f"{label}: {self._said(counts)}." for label, counts in self.rows)

    def _said(self, counts: Mapping[str, int]) -> str:
        parts = [f"{counts.get(code, 0)} {word.lower()}" for code, word in self.series]
        return ", ".join(parts)

    @property
    def table(self) -> list[tuple[str, list[int], int]]:
        """The numbers: label, count for each of `series`, total."""
        return [
            (label, [counts.get(code, 0) for code, _ in self.series], sum(counts.values()))
            for label, counts in self.rows
        ]
