"""What a version of the matrix says otherwise than the one before it, in sentences for whoever decides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product, zip_longest

from risks.models import Axis, RiskMatrix
from risks.models.matrix import RegisterLevel
from risks.representations.definition import Definition, Level, of_matrix

LINES = (("appetite", "Highest level within appetite"), ("tolerance", "Highest level tolerated"))


def before(matrix: RiskMatrix) -> RiskMatrix | None:
    """The version in force until this one, or for a draft the last that was adopted; None for the first."""
    adopted = RiskMatrix.objects.adopted().exclude(pk=matrix.pk)
    return adopted.filter(from_on__lt=matrix.from_on).first() if matrix.from_on else adopted.first()


def differences(matrix: RiskMatrix, says: Definition) -> tuple[RiskMatrix | None, list[str]]:
    """The version before, and what is different from it in what a version says; nothing for the first."""
    earlier = before(matrix)
    return earlier, list(told(of_matrix(earlier), says)) if earlier else []


def told(old: Definition, new: Definition) -> Iterator[str]:
    """A sentence for each difference."""
    if old.size != new.size:
        yield f"{new.size} by {new.size} steps, was {old.size} by {old.size}"
    yield from of_levels(old, new)
    for line, words in LINES:
        was, now = (each.levels[getattr(each, line) - 1].name for each in (old, new))
        if was != now:
            yield f"{words}: {now}, was {was}"
    for axis in Axis:
        steps = zip(old.steps(axis), new.steps(axis), strict=False)
        for number, (was_step, now_step) in enumerate(steps, start=1):
            if was_step != now_step:
                yield f"{axis.label} {number}: {now_step}, was {was_step}"
    if old.size == new.size:
        yield from of_cells(old, new)


def of_levels(old: Definition, new: Definition) -> Iterator[str]:
    """Levels that came, went, or mean something else."""
    for rank, (was, now) in enumerate(zip_longest(old.levels, new.levels), start=1):
        if was is None:
            yield f"Level {rank}, {now.name}, is new"
        elif now is None:
            yield f"Level {rank}, {was.name}, is gone"
        elif was != now:
            yield f"Level {rank}: {in_words(now)}, was {in_words(was)}"


def in_words(level: Level) -> str:
    """Everything a level says."""
    months = "month" if level.review_months == 1 else f"{level.review_months} months"
    where = RegisterLevel(level.belongs_on).label
    return f"{level.name} ({level.tone}, reviewed every {months}, register of {where})"


def of_cells(old: Definition, new: Definition) -> Iterator[str]:
    """Cells that come to another level than before, by its name."""
    for one, other in product(range(new.size), repeat=2):
        was, now = old.levels[old.grid[one][other] - 1].name, new.levels[new.grid[one][other] - 1].name
        if was != now:
            yield f"{new.likelihood[one].name} and {new.impact[other].name} come to {now}, were {was}"
