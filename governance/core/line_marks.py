"""What tells the lines of a chart apart: their marks, and samples of them beside their names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A value as it is drawn, on its mark."""

    x: float
    y: float
    mark: str

    @property
    def corners(self) -> str:
        """The mark as a polygon; a disc has none."""
        x, y = self.x, self.y
        shapes = {
            "square": [(-4, -4), (4, -4), (4, 4), (-4, 4)],
            "triangle": [(0, -5), (5, 4), (-5, 4)],
            "diamond": [(0, -6), (5, 0), (0, 6), (-5, 0)],
        }
        return " ".join(f"{round(x + dx, 1)},{round(y + dy, 1)}" for dx, dy in shapes.get(self.mark, []))


@dataclass(frozen=True)
class Sample:
    """A line in the legend: its name, and a piece of it with its mark."""

    name: str
    dashes: str
    ink: str
    mark: Point

    @property
    def path(self) -> str:
        """The piece of the line in the drawing, through its mark."""
        return f"{self.mark.x - 16},{self.mark.y} {self.mark.x + 16},{self.mark.y}"

    @property
    def name_at(self) -> tuple[float, float]:
        """Where its name begins in the drawing."""
        return self.mark.x + 26, self.mark.y + 5
