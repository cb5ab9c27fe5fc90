"""A version of the matrix as plain data: as it is shipped, typed into a form, kept, and drawn."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from risks.models import Axis

if TYPE_CHECKING:
    from risks.models import RiskMatrix

SHIPPED = Path(__file__).parent.parent / "shipped"


@dataclass(frozen=True)
class Level:
    """A level of risk; its rank is its place among the levels, from 1."""

    name: str
    tone: str
    review_months: int
    belongs_on: str


@dataclass(frozen=True)
class Step:
    """A step of a scale; its number is its place, from 1."""

    name: str
    meaning: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.meaning})" if self.meaning else self.name


@dataclass(frozen=True)
class Definition:
    """Everything a version says. `grid[likelihood - 1][impact - 1]` is the rank of a level."""

    name: str
    source: str
    appetite: int
    tolerance: int
    levels: tuple[Level, ...]
    likelihood: tuple[Step, ...]
    impact: tuple[Step, ...]
    grid: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """How many steps each scale has."""
        return len(self.grid)

    def steps(self, axis: str) -> tuple[Step, ...]:
        """The steps of one scale, the lowest first."""
        return self.likelihood if axis == Axis.LIKELIHOOD else self.impact

    @property
    def digest(self) -> str:
        """Tells two definitions apart: the same text for the same content."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def shipped() -> dict[str, Definition]:
    """The matrices that come with the product, by the names of their files, the smallest first."""
    found = {path.stem: of_file(path) for path in SHIPPED.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda each: each[1].size))


def of_file(path: Path) -> Definition:
    """What a file under `risks/shipped` says. Raises KeyError or TypeError where it is not whole."""
    read = tomllib.loads(path.read_text())
    return Definition(
        name=read["name"],
        source=read["source"],
        appetite=read["appetite"],
        tolerance=read["tolerance"],
        levels=tuple(Level(**each) for each in read["levels"]),
        likelihood=tuple(Step(*each) for each in read["likelihood"]),
        impact=tuple(Step(*each) for each in read["impact"]),
        grid=tuple(tuple(row) for row in read["grid"]),
    )


def of_matrix(matrix: RiskMatrix) -> Definition:
    """What a version says, in three queries."""
    levels = list(matrix.levels.all())
    ranks = {each.pk: each.rank for each in levels}
    steps = list(matrix.scale.all())
    cells = {(each.likelihood, each.impact): ranks[each.level_id] for each in matrix.cells.all()}
    numbers = range(1, matrix.size + 1)
    return Definition(
        name=matrix.name,
        source=matrix.source,
        appetite=matrix.appetite,
        tolerance=matrix.tolerance,
        levels=tuple(Level(each.name, each.tone, each.review_months, each.belongs_on) for each in levels),
        likelihood=tuple(Step(each.name, each.meaning) for each in steps if each.axis == Axis.LIKELIHOOD),
        impact=tuple(Step(each.name, each.meaning) for each in steps if each.axis == Axis.IMPACT),
        grid=tuple(tuple(cells[one, other] for other in numbers) for one in numbers),
    )
