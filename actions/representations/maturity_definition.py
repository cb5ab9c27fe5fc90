"""A model of maturity as plain data: as it is shipped, typed into a form, and kept."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from governance.core.steps import StepError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actions.models import MaturityModel

SHIPPED = Path(__file__).parent.parent / "shipped"
NUMBERED = re.compile(r"(\d{1,2})(?!\d)[\s.:,]*(.*)")
LONGEST = {"level": 80, "area": 200, "criterion": 500}  # as the columns are


@dataclass(frozen=True)
class Criterion:
    """What an area is judged by; `level` is the number of the level it belongs to, 0 for none."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Area:
    """An area with its criteria."""

    title: str
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Definition:
    """Everything a model says. `levels` are their names, the lowest first, "" where none is known."""

    name: str
    source: str
    note: str
    levels: tuple[str, ...]
    areas: tuple[Area, ...]

    @property
    def digest(self) -> str:
        """Tells two definitions apart: the same text for the same content."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def levels_typed(self) -> str:
        """The levels as they are typed: a line each, its number and its name."""
        return "\n".join(f"{number} {name}".strip() for number, name in enumerate(self.levels, start=1))

    @property
    def areas_typed(self) -> str:
        """The areas as they are typed: a line each, then its criteria, each after a hyphen."""
        return "\n".join(line for area in self.areas for line in (area.title, *map(_line, area.criteria)))


def _line(criterion: Criterion) -> str:
    return f"- {criterion.level}: {criterion.text}" if criterion.level else f"- {criterion.text}"


EMPTY = Definition("New maturity model", "", "", ("", "", "", "", ""), ())


def levels_of(typed: str) -> tuple[str, ...]:
    """The names of levels typed a line each. Raises StepError, naming the line that cannot be read."""
    found: list[str] = []
    for number, line in enumerate(_lines(typed), start=1):
        read = NUMBERED.fullmatch(line)
        if not read or int(read[1]) != number:
            raise StepError(f"Line {number} of the levels must begin with the number {number}: “{line[:60]}”")
        found.append(_short(read[2], "level", number))
    return tuple(found)


def areas_of(typed: str, levels: int) -> tuple[Area, ...]:
    """The areas typed a line each, with criteria below. Raises StepError, naming the line that is wrong."""
    found: list[Area] = []
    for number, line in enumerate(_lines(typed), start=1):
        if not line.startswith("-"):
            found.append(Area(_short(line, "area", number)))
        elif not found:
            raise StepError("Line 1 of the areas is a criterion: begin with the area that it belongs to")
        else:
            made = _criterion(line[1:].strip(), number, levels)
            found[-1] = Area(found[-1].title, (*found[-1].criteria, made))
    _told_apart(found)
    return tuple(found)


def _criterion(line: str, number: int, levels: int) -> Criterion:
    read = re.fullmatch(r"(\d{1,2}):\s*(.*)", line)
    level, text = (int(read[1]), read[2]) if read else (0, line)
    if not text:
        raise StepError(f"Line {number} of the areas has a hyphen and no criterion after it")
    if read and not 1 <= level <= levels:
        raise StepError(f"Line {number} of the areas names level {level}, which the model does not have")
    return Criterion(_short(text, "criterion", number), level)


def _told_apart(areas: Iterable[Area]) -> None:
    """Raises StepError for a title that is used twice."""
    met: set[str] = set()
    for area in areas:
        if area.title.casefold() in met:
            raise StepError(f"Two areas are called “{area.title}”: give each a title of its own")
        met.add(area.title.casefold())


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _short(text: str, what: str, number: int) -> str:
    if len(text) > LONGEST[what]:
        raise StepError(f"Line {number}: write {LONGEST[what]} characters or fewer for a {what}")
    return text


def shipped() -> dict[str, Definition]:
    """The models that come with the product, by the names of their files."""
    return {path.stem: of_file(path) for path in sorted(SHIPPED.glob("*.toml"))}


def of_file(path: Path) -> Definition:
    """What a file under `actions/shipped` says. Raises KeyError where it is not whole."""
    read: dict[str, Any] = tomllib.loads(path.read_text())
    areas = (Area(each["title"], tuple(map(Criterion, each.get("criteria", ())))) for each in read["areas"])
    return Definition(read["name"], read["source"], read["note"], tuple(read["levels"]), tuple(areas))


def of_model(model: MaturityModel) -> Definition:
    """What a model says, in three queries."""
    levels = tuple(each.name for each in model.levels.all())
    areas = model.areas.prefetch_related("criteria__level")
    return Definition(
        model.name,
        model.source,
        model.note,
        levels,
        tuple(
            Area(
                area.title,
                tuple(
                    Criterion(each.text, each.level.number if each.level else 0)
                    for each in area.criteria.all()
                ),
            )
            for area in areas
        ),
    )
