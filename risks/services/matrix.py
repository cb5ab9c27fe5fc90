"""A version of the matrix from its draft to the day it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max

from governance.core.dates import long_date, today
from governance.core.locks import Lock
from governance.history.trail import because
from risks.models import Axis, MatrixCell, MatrixLevel, MatrixScale, RiskMatrix
from risks.representations.definition import Definition, of_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import Model


class MatrixError(Exception):
    """A step that cannot be taken; the text says why, as a sentence for a page."""


@transaction.atomic
def begin(definition: Definition) -> RiskMatrix:
    """A draft that says what `definition` says, under the next number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.MATRIX_NUMBERS.value])
    last = RiskMatrix.objects.aggregate(last=Max("number"))["last"] or 0
    matrix = RiskMatrix.objects.create(
        number=last + 1,
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

    Raises MatrixError if it is no draft any more, or if it does not say what the person saw (`seen`, the
    digest of that definition).
    """
    draft = standing(matrix)
    if draft.from_on:
        raise MatrixError(f"{draft} is adopted, so it stands as it is. Begin a new version")
    if of_matrix(draft).digest != seen:
        raise MatrixError(
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

    `seen` is the digest of what the person was shown; "" where no page was shown. Raises MatrixError where it
    was adopted or changed meanwhile, or a version from a later day exists.
    """
    draft = standing(matrix)
    if seen and of_matrix(draft).digest != seen:
        raise MatrixError("The draft was changed since this page was shown: look at it again")
    if draft.from_on:
        raise MatrixError(f"{draft} is adopted already: it is in force from {long_date(draft.from_on)}")
    adopted = RiskMatrix.objects.adopted()
    if from_on < today() and adopted.exists():
        raise MatrixError("A new version cannot be in force from a day that is past: scores were made since")
    if later := adopted.filter(from_on__gte=from_on).first():
        raise MatrixError(f"{later} is in force from a day no earlier than that. Choose a later day")
    draft.from_on = from_on
    with because(reason):
        draft.save()
    return draft


@transaction.atomic
def withdraw(matrix: RiskMatrix, *, reason: str) -> RiskMatrix:
    """Put a version that is not in force yet back among the drafts. Raises MatrixError once it is."""
    adopted = standing(matrix)
    if adopted.from_on is None:
        raise MatrixError(f"{adopted} is a draft already")
    if adopted.from_on <= today():
        raise MatrixError(f"{adopted} is in force, so it stands as it is. Begin a new version")
    adopted.from_on = None
    with because(reason):
        adopted.save()
    return adopted


def standing(matrix: RiskMatrix) -> RiskMatrix:
    """The version as it stands now, locked."""
    return RiskMatrix.objects.select_for_update().get(pk=matrix.pk)
