"""The chart of an assessment of maturity as plain SVG; beside it stands a table of the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.models import MaturityLevel, MaturityScore
    from actions.representations.maturity import AreaRow, Compared

WIDTH, LABELS, ROW, TOP = 720, 320, 34, 62
FAR = 13  # from the middle of a target to its corners: its sides pass outside the circle of a level


@dataclass(frozen=True)
class Mark:
    """One mark of a line: what it is, and where it is drawn."""

    kind: str
    x: float
    y: float

    @property
    def corners(self) -> str:
        """The diamond of a target as a polygon, round the marks of levels that it may coincide with."""
        x, y = self.x, self.y
        return f"{x},{y - FAR} {x + FAR},{y} {x},{y + FAR} {x - FAR},{y}"


@dataclass(frozen=True)
class LevelChart:
    """Levels of areas on one scale, a line each; `rows` are (area, {mark: number})."""

    name: str
    title: str
    levels: Sequence[MaturityLevel]
    rows: Sequence[tuple[str, dict[str, int]]]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing."""
        return WIDTH, TOP + ROW * len(self.rows) + 8

    @property
    def scale(self) -> list[tuple[int, float]]:
        """Each level with where its line stands."""
        return [(level.number, self._x(level.number)) for level in self.levels]

    def _x(self, number: int) -> float:
        first, steps = LABELS + 24, max(len(self.levels) - 1, 1)
        return round(first + (WIDTH - 24 - first) * (number - 1) / steps, 1)

    @property
    def legend(self) -> list[tuple[str, Mark, int]]:
        """The marks that occur: what each says, the sample, and where its words begin."""
        words = {"level": "Level", "earlier": "Level before", "target": "Target"}
        kinds = [kind for kind in words if any(kind in marks for _, marks in self.rows)]
        return [(words[kind], Mark(kind, 16 + 150 * n, 16), 36 + 150 * n) for n, kind in enumerate(kinds)]

    @property
    def lines(self) -> list[tuple[str, float, float, list[Mark]]]:
        """For each area its label, the line it is drawn on, the line its label stands on, and its marks."""
        found = []
        for place, (label, marks) in enumerate(self.rows):
            y = TOP + ROW * place + ROW / 2
            drawn = [
                Mark(kind, self._x(marks[kind]), y)
                for kind in ("target", "earlier", "level")
                if kind in marks
            ]
            found.append((label, y, y + 5, drawn))
        return found

    @property
    def description(self) -> str:
        """The chart in words: each area as a sentence."""
        words = {"level": "level", "target": "target", "earlier": "before"}
        said = [
            (label, ", ".join(f"{words[kind]} {number}" for kind, number in marks.items()))
            for label, marks in self.rows
        ]
        return " ".join(f"{label}: {marks or 'no level'}." for label, marks in said)


def chart_of(title: str, levels: Sequence[MaturityLevel], rows: Sequence[AreaRow]) -> LevelChart:
    """The chart of one assessment."""
    return LevelChart("maturity", title, levels, [(str(row.area), _marks(row.score)) for row in rows])


def chart_of_two(title: str, levels: Sequence[MaturityLevel], rows: Sequence[Compared]) -> LevelChart:
    """The chart of two assessments beside each other."""
    drawn = []
    for row in rows:
        before = {"earlier": row.earlier.level.number} if row.earlier else {}
        drawn.append((str(row.area), before | _marks(row.later)))
    return LevelChart("moved", title, levels, drawn)


def _marks(score: MaturityScore | None) -> dict[str, int]:
    if score is None:
        return {}
    target = {"target": score.target.number} if score.target else {}
    return {"level": score.level.number} | target
