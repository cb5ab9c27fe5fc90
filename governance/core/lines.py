"""Lines over time as plain SVG: each with its own dashes, its own mark and its name at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from governance.core.line_marks import Point, Sample

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 168, 16, 34
DASHES = ("", "8 4", "2 4", "12 4 2 4")
MARKS = ("disc", "square", "triangle", "diamond")
INKS = ("#0b5563", "#942514", "#54319f", "#0b0c0c")
APART = 19  # how far the names of two lines stand apart at least
MOST_LABELS = 7
NARROWEST = 72  # what the name of a moment takes up
LONGEST_NAME = 20  # characters that have room at the end of a line; the legend and the table have them all
LONGEST_IN_LEGEND = 88  # characters that have room in the legend of the drawing
ROW = 22  # how high a name in that legend is


@dataclass(frozen=True)
class Series:
    """One line: its name, its values, earliest first, and the way to the rows behind each."""

    name: str
    values: Sequence[int]
    hrefs: Sequence[str] = ()


@dataclass(frozen=True)
class Line:
    """A series as it is drawn; `name_y` is where its name stands, clear of the others'."""

    series: Series
    points: Sequence[Point]
    dashes: str
    ink: str
    name_y: float
    number: int | None = None  # where the drawing has a legend

    @property
    def short_name(self) -> str:
        """Its name, as far as there is room for it, behind its number in the legend."""
        name = self.series.name
        return Truncator(f"{self.number} {name}" if self.number else name).chars(LONGEST_NAME)

    @property
    def path(self) -> str:
        """The points of a polyline."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


@dataclass(frozen=True)
class LineChart:
    """Values of up to four series at the same moments; `labels` name the moments, earliest first.

    Moments are drawn as far apart as each other, or as their `days` are, which are numbers of days.
    """

    name: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    days: Sequence[int] = ()

    @property
    def width(self) -> int:
        """The width of the whole drawing."""
        return WIDTH

    @property
    def height(self) -> int:
        """The height of the whole drawing, with the names that have no room at the ends of their lines."""
        return HEIGHT + ROW * len(self.names)

    @property
    def name_x(self) -> int:
        """Where the names of the lines begin."""
        return WIDTH - RIGHT + 12

    @property
    def top(self) -> int:
        """The highest value of the scale: one that divides into four whole steps."""
        most = max((value for each in self.series for value in each.values), default=0)
        sizes = (int(f"{size}{'0' * zeros}") for zeros in range(12) for size in (1, 2, 5))
        return 4 * next(size for size in sizes if 4 * size >= most)

    @property
    def scale(self) -> list[tuple[int, float, float]]:
        """The values at the side, each with its line and the line its number stands on."""
        return [
            (value, self._y(value), self._y(value) + 5) for value in range(0, self.top + 1, self.top // 4)
        ]

    @property
    def plot(self) -> tuple[int, int]:
        """From where to where lines are drawn."""
        return LEFT, WIDTH - RIGHT

    @property
    def moments(self) -> list[tuple[str, float]]:
        """The moments that are named below, as many as there is room for, the first and the last always."""
        last = len(self.labels) - 1
        steps = max(1, min(last, MOST_LABELS - 1))
        named = sorted({round(last * place / steps) for place in range(steps + 1)})
        clear = [0]
        for n in named[1:-1]:
            if min(self._x(n) - self._x(clear[-1]), self._x(last) - self._x(n)) >= NARROWEST:
                clear.append(n)
        return [(self.labels[n], self._x(n)) for n in dict.fromkeys([*clear, last])]

    @property
    def foot_y(self) -> int:
        """The line that the moments' names stand on."""
        return HEIGHT - 8

    @property
    def lines(self) -> list[Line]:
        """Every series as drawn."""
        names = self._apart([self._y(each.values[-1]) + 5 for each in self.series])
        return [
            Line(
                each,
                self._points(each, MARKS[n]),
                DASHES[n],
                INKS[n],
                names[n],
                n + 1 if self.names else None,
            )
            for n, each in enumerate(self.series)
        ]

    @property
    def names(self) -> list[Sample]:
        """The legend within the drawing, numbered; none where every name has room at the end of its line."""
        if all(len(each.name) <= LONGEST_NAME for each in self.series):
            return []
        return [
            Sample(
                Truncator(f"{n + 1} {each.name}").chars(LONGEST_IN_LEGEND),
                each.dashes,
                each.ink,
                Point(LEFT + 16, HEIGHT + ROW * n + 10, each.mark.mark),
            )
            for n, each in enumerate(self.legend)
        ]

    @property
    def legend(self) -> list[Sample]:
        """What each line looks like, for a screen on which the names at their ends are out of sight."""
        looks = zip(self.series, DASHES, INKS, MARKS, strict=False)
        return [Sample(each.name, dashes, ink, Point(16, 8, mark)) for each, dashes, ink, mark in looks]

    def _points(self, series: Series, mark: str) -> list[Point]:
        return [Point(self._x(n), self._y(value), mark) for n, value in enumerate(series.values)]

    def _x(self, place: int) -> float:
        part = place / max(len(self.labels) - 1, 1)
        if self.days:
            part = (self.days[place] - self.days[0]) / max(self.days[-1] - self.days[0], 1)
        return round(LEFT + (WIDTH - RIGHT - LEFT) * part, 1)

    def _y(self, value: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top, 1)

    def _apart(self, wanted: Sequence[float]) -> list[float]:
        """Where the names stand: from the lowest up, each pushed clear of the one below it."""
        found, limit = dict(enumerate(wanted)), float(HEIGHT - BOTTOM + 5)
        for n in sorted(found, key=lambda place: -wanted[place]):
            found[n] = min(found[n], limit)
            limit = found[n] - APART
        return [round(found[n], 1) for n in range(len(wanted))]

    @property
    def description(self) -> str:
        """The chart in words: where each line begins and ends, its lowest and its highest."""
        first, last = self.labels[0], self.labels[-1]
        return " ".join(
            f"{each.name}: {each.values[0]} on {first}, {each.values[-1]} on {last}, "
            f"between {min(each.values)} and {max(each.values)} in the meantime."
            for each in self.series
        )

    @property
    def table(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The numbers, latest first: the moment, and each series' value with the way to its rows."""
        return [
            (label, [(each.values[n], each.hrefs[n] if each.hrefs else "") for each in self.series])
            for n, label in reversed(list(enumerate(self.labels)))
        ]
