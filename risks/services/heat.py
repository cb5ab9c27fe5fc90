"""Where the risks of a moment stand on the matrix: a heat map for each version that any was scored under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery

from governance.core.heat import HeatCell, HeatMap
from risks.figures.cells import Count, by_cell
from risks.models import MatrixCell, MatrixScale, RiskMatrix
from risks.representations.scores import level_of

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Moment, Scope

NOTHING = Count()


def cells_for(used: Iterable[int | None], on: date) -> dict[int, Any]:
    """Every cell of the matrix in force on a day and of those that the used cells are of, by key; one query.

    Each has `level`, its `matrix`, `likelihood_name`, `impact_name` and `in_force`.
    """

    def named(axis: str) -> Subquery:
        steps = MatrixScale.objects.filter(matrix=OuterRef("matrix"), axis=axis, number=OuterRef(axis))
        return Subquery(steps.values("name")[:1])

    in_force = RiskMatrix.objects.key_in_force(on)
    wanted = Q(matrix__in=in_force) | Q(matrix__cells__in=[each for each in used if each])
    found = MatrixCell.objects.filter(wanted).distinct().select_related("level", "matrix")
    return {
        each.pk: each
        for each in found.annotate(
            likelihood_name=named("likelihood"),
            impact_name=named("impact"),
            current_matrix=Subquery(in_force),
        ).order_by("matrix__number", "likelihood", "impact")
    }


def verdict_of(cell: Any) -> str:
    """Where a cell lies against the two lines of its matrix, in words; "" within appetite."""
    if cell.level.rank > cell.matrix.tolerance:
        return "above tolerance"
    return "above appetite" if cell.level.rank > cell.matrix.appetite else ""


def heat_maps(
    counts: Mapping[int | None, Count], cells: Mapping[int, Any], moment: Moment, scope: Scope
) -> list[HeatMap]:
    """The map of the matrix in force first, then of each other under which a risk still stands."""
    matrices: dict[int, list[Any]] = {}
    for cell in cells.values():
        matrices.setdefault(cell.matrix_id, []).append(cell)
    in_order = sorted(matrices.values(), key=lambda of: (not in_force(of[0]), -of[0].matrix.number))
    return [
        heat_map(of, counts, moment, scope)
        for of in in_order
        if in_force(of[0]) or any(counts.get(cell.pk) for cell in of)
    ]


def in_force(cell: Any) -> bool:
    """Is it a cell of the matrix under which risks were scored that day?"""
    return bool(cell.matrix_id == cell.current_matrix)


def heat_map(cells: list[Any], counts: Mapping[int | None, Count], moment: Moment, scope: Scope) -> HeatMap:
    """One version with the number of risks in each cell, the highest likelihood at the top."""
    matrix, size = cells[0].matrix, cells[0].matrix.size
    at = {(cell.likelihood, cell.impact): cell for cell in cells}

    def drawn(cell: Any) -> HeatCell:
        place = {"likelihood": str(cell.likelihood), "impact": str(cell.impact), "matrix": str(matrix.pk)}
        href = by_cell.address(moment, scope, **place)
        return HeatCell(counts.get(cell.pk, NOTHING).total, level_of(cell.level), href, verdict_of(cell))

    numbers = range(1, size + 1)
    return HeatMap(
        name=f"matrix-{matrix.number}",
        title=f"Where risks stand: {matrix.name}" + ("" if in_force(cells[0]) else " (to be scored again)"),
        down="Likelihood",
        across="Impact",
        columns=[f"{at[1, impact].impact} {at[1, impact].impact_name}" for impact in numbers],
        rows=[
            (
                f"{likelihood} {at[likelihood, 1].likelihood_name}",
                [drawn(at[likelihood, impact]) for impact in numbers],
            )
            for likelihood in reversed(numbers)
        ],
    )
