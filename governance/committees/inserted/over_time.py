"""Figures over time: what was counted at each of some days, as known at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import IntegerField, Value

from governance.committees.inserted.asked import Asked
from governance.figures.figure import Entry, Figure
from governance.figures.moment import Moment


def entries_over(asked: Asked, moments: Sequence[Moment]) -> list[list[list[Entry]]]:
    """By moment, the entries of each figure that is asked for, in one query for each figure."""
    found = [_of(figure, asked, moments) for figure in asked.figures]
    return [list(entries) for entries in zip(*found, strict=True)]


def _of(figure: Figure[Any], asked: Asked, moments: Sequence[Moment]) -> list[list[Entry]]:
    """The entries of one figure at each of the moments, by reference."""
    first, *others = [_rows(figure, asked, place, moment) for place, moment in enumerate(moments)]
    found: list[list[Entry]] = [[] for _ in moments]
    for place, subject, reference, evidence in first.union(*others, all=True):
        found[place].append(Entry(subject, reference, figure.shape.evidence_kind, evidence))
    return [sorted(entries, key=lambda entry: entry.reference) for entries in found]


def _rows(figure: Figure[Any], asked: Asked, place: int, moment: Moment) -> Any:
    shape = figure.shape
    paths = {shape.dimensions[name]: value for name, value in asked.parts}
    rows: Any = figure.rows(moment, asked.scope).filter(**paths).order_by()
    placed = rows.annotate(nth=Value(place, output_field=IntegerField()))
    return placed.values_list("nth", shape.subject, shape.reference, shape.evidence)
