"""A heat map: counts by two scales, as a table whose numbers open their rows and as a drawing of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from governance.core.components import Standing

LABELS, TOP, CELL, ROW = 150, 40, 114, 58
FILLS = {"green": "#cce2d8", "yellow": "#fff7bf", "amber": "#fcd6c3", "red": "#f4b8ad", "black": "#0b0c0c"}
INK, PAPER = "#0b0c0c", "#ffffff"


@dataclass(frozen=True)
class HeatCell:
    """How many stand where two steps meet, what the two come to, and the way to them.

    `verdict` says where it lies against a line ("above appetite"); "" where it does not matter.
    """

    value: int
    standing: Standing
    href: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Square:
    """A cell as it is drawn."""

    cell: HeatCell
    x: int
    y: int

    @property
    def fill(self) -> str:
        """Its colour; the word of its level stands in it too."""
        return FILLS.get(self.cell.standing.colour, PAPER)

    @property
    def ink(self) -> str:
        """What is written with."""
        return PAPER if self.cell.standing.colour == "black" else INK

    @property
    def middle(self) -> int:
        """Where the words are centred."""
        return self.x + CELL // 2

    @property
    def number_y(self) -> int:
        """The line that the number stands on."""
        return self.y + 26

    @property
    def word_y(self) -> int:
        """The line that the level's word stands on."""
        return self.y + 47

    @property
    def word(self) -> str:
        """The level's word as far as it fits."""
        word = self.cell.standing.word
        return word if len(word) <= 14 else f"{word[:13]}…"


@dataclass(frozen=True)
class HeatMap:
    """Rows from the top, each with its label and its cells; `columns` are the labels over these.

    `name` is unique on the page; `noun` is what is counted, of one and of many.
    """

    name: str
    title: str
    down: str
    across: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[HeatCell]]]
    noun: tuple[str, str] = ("risk", "risks")

    @property
    def total(self) -> int:
        """How many there are on it."""
        return sum(cell.value for _, cells in self.rows for cell in cells)

    @property
    def width(self) -> int:
        """The width of the whole drawing."""
        return LABELS + CELL * len(self.columns) + 2

    @property
    def height(self) -> int:
        """The height of the whole drawing."""
        return TOP + ROW * len(self.rows) + 30

    @property
    def cell_size(self) -> tuple[int, int]:
        """How wide and how high a cell is drawn."""
        return CELL, ROW

    @property
    def row_labels(self) -> list[tuple[str, int]]:
        """Each row's label and the line that it stands on."""
        return [(label, TOP + ROW * place + ROW // 2 + 5) for place, (label, _) in enumerate(self.rows)]

    @property
    def column_labels(self) -> list[tuple[str, int]]:
        """Each column's label and where it is centred."""
        return [(label, LABELS + CELL * place + CELL // 2) for place, label in enumerate(self.columns)]

    @property
    def squares(self) -> list[Square]:
        """Every cell, from the top left."""
        return [
            Square(cell, LABELS + CELL * across, TOP + ROW * down)
            for down, (_, cells) in enumerate(self.rows)
            for across, cell in enumerate(cells)
        ]

    @property
    def foot_y(self) -> int:
        """The line below the cells that names the lower scale."""
        return self.height - 8

    @property
    def foot_x(self) -> int:
        """Where that is centred."""
        return LABELS + CELL * len(self.columns) // 2

    @property
    def description(self) -> str:
        """The drawing in words: every cell in which anything stands, the worst first."""
        said = [
            self._said(cell, label, column)
            for label, cells in self.rows
            for column, cell in reversed(list(zip(self.columns, cells, strict=True)))
            if cell.value
        ]
        one, many = self.noun
        heading = f"{self.total} {one if self.total == 1 else many}"
        return f"{heading}: {'; '.join(said)}." if said else f"{heading}."

    def _said(self, cell: HeatCell, label: str, column: str) -> str:
        place = f"{self.down.lower()} {label} and {self.across.lower()} {column}"
        meaning = f"{cell.standing.word}, {cell.verdict}" if cell.verdict else cell.standing.word
        return f"{cell.value} at {place} ({meaning})"
