"""A version of the matrix from its draft to the day it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.core.dates import today
from governance.core.locks import Lock
from governance.core.steps import StepError
from governance.history.adopting import draft_of, locked, next_number, put_in_force, refuse_adopted
from governance.history.trail import because
from risks.models import Axis, MatrixCell, MatrixLevel, MatrixScale, RiskMatrix
from risks.representations.definition import Definition, of_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import Model


@transaction.atomic
def begin(definition: Definition) -> RiskMatrix:
    """A draft that says what `definition` says, under the next number."""
    matrix = RiskMatrix.objects.create(
        number=next_number(RiskMatrix, Lock.MATRIX_NUMBERS),
        name=definition.name,
        source=definition.source,
        size=definition.size,
        appetite=definition.appetite,
        tolerance=definition.tolerance,
    )
    for rank, level in enumerate(definition.levels, start=1):
        MatrixLevel.objects.create(matrix=matrix, rank=rank, **vars(level))
    for axis in Axis:
        for number, step in enumerate(definition.steps(axis), start=1):
            MatrixScale.objects.create(matrix=matrix, axis=axis, number=number, **vars(step))
    lay(matrix, definition)
    return matrix


def lay(matrix: RiskMatrix, definition: Definition) -> None:
    """Write the cells of a new draft."""
    levels = {each.rank: each for each in matrix.levels.all()}
    MatrixCell.objects.bulk_create(
        MatrixCell(matrix=matrix, likelihood=likelihood, impact=impact, level=levels[rank])
        for likelihood, row in enumerate(definition.grid, start=1)
        for impact, rank in enumerate(row, start=1)
    )


@transaction.atomic
def write(matrix: RiskMatrix, definition: Definition, *, seen: str, reason: str = "") -> None:
    """Make a draft say what `definition` says; what stays as it was is not written again.

    Raises StepError if it is no draft any more, or if it does not say what the person saw (`seen`, the
    digest of that definition).
    """
    draft = draft_of(matrix)
    if of_matrix(draft).digest != seen:
        raise StepError(
            "Somebody else has changed this draft since you opened it. What you typed is kept below: save "
            "again to put it in place of theirs"
        )
    with because(reason):
        for name in ("name", "source", "appetite", "tolerance"):
            setattr(draft, name, getattr(definition, name))
        draft.save()
        write_parts(draft, definition)


def write_parts(draft: RiskMatrix, definition: Definition) -> None:
    """Levels, steps and cells, each where it lies; a row that stays as it was leaves no version."""
    levels = {each.rank: each for each in draft.levels.all()}
    for rank, level in enumerate(definition.levels, start=1):
        put(levels[rank], vars(level))
    for step in draft.scale.all():
        put(step, vars(definition.steps(step.axis)[step.number - 1]))
    for cell in draft.cells.all():
        put(cell, {"level": levels[definition.grid[cell.likelihood - 1][cell.impact - 1]]})


def put(row: Model, values: Mapping[str, object]) -> None:
    """Give a row these values."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@transaction.atomic
def adopt(matrix: RiskMatrix, *, from_on: date, reason: str, seen: str = "") -> RiskMatrix:
    """Put a draft in force from a day, which is not past unless no version is in force yet.

    `seen` is the digest of what the person was shown; "" where no page was shown. Raises StepError where it
    was adopted or changed meanwhile, or a version from a later day exists.
    """
    draft = locked(matrix)
    if seen and of_matrix(draft).digest != seen:
        raise StepError("The draft was changed since this page was shown: look at it again")
    refuse_adopted(draft)
    adopted = RiskMatrix.objects.adopted()
    if from_on < today() and adopted.exists():
        raise StepError("A new version cannot be in force from a day that is past: scores were made since")
    return put_in_force(draft, adopted, from_on=from_on, reason=reason)
