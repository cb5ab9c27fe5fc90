"""How a matrix is drawn: a table in words, its colours and shapes beside them, its lines named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from governance.core.components import Standing
from risks.models.matrix import RegisterLevel
from risks.representations.definition import Definition, Level

SHAPES = {"green": "disc", "yellow": "half", "amber": "triangle", "red": "diamond", "black": "square"}


@dataclass(frozen=True)
class Shown:
    """A level as a cell or a key shows it: its word with a shape and a colour, and where it lies."""

    standing: Standing
    level: Level
    score: int
    verdict: str

    @property
    def register(self) -> str:
        """Whose register such a risk belongs on."""
        return RegisterLevel(self.level.belongs_on).label


def verdict(definition: Definition, rank: int) -> str:
    """Where a level lies against the two lines, in words; "" within appetite."""
    if rank > definition.tolerance:
        return "above tolerance"
    return "above appetite" if rank > definition.appetite else ""


def shown(definition: Definition, rank: int, score: int = 0) -> Shown:
    """One level, as it is drawn."""
    level = definition.levels[rank - 1]
    standing = Standing(level.name, level.tone, SHAPES[level.tone])
    return Shown(standing, level, score, verdict(definition, rank))


def key(definition: Definition) -> list[Shown]:
    """The levels, the highest first."""
    return [shown(definition, rank) for rank in range(len(definition.levels), 0, -1)]


def rows(definition: Definition) -> Iterator[tuple[int, str, str, list[Shown]]]:
    """The table, the highest likelihood first: its number, word and meaning, and its cells by impact."""
    for number in range(definition.size, 0, -1):
        step = definition.likelihood[number - 1]
        cells = [
            shown(definition, rank, number * impact)
            for impact, rank in enumerate(definition.grid[number - 1], start=1)
        ]
        yield number, step.name, step.meaning, cells


def oddities(definition: Definition) -> list[str]:
    """What may be a slip: a cell lower than one that is less likely or hits less hard; a level unused."""
    found = []
    for likelihood, impact in product(range(definition.size), repeat=2):
        rank = definition.grid[likelihood][impact]
        less = [definition.grid[likelihood - 1][impact]] if likelihood else []
        less += [definition.grid[likelihood][impact - 1]] if impact else []
        if any(rank < each for each in less):
            found.append(
                f"{definition.likelihood[likelihood].name} and {definition.impact[impact].name} come to "
                f"{definition.levels[rank - 1].name}, which is lower than a cell beside it that is less"
            )
    used = {rank for row in definition.grid for rank in row}
    unused = [each.name for rank, each in enumerate(definition.levels, start=1) if rank not in used]
    return found + [f"No cell comes to {name}" for name in unused]
