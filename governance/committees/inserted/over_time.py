"""Figures over time: what was counted at each of some days, as known at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from governance.committees.inserted.asked import Asked
from governance.core.together import ask_together
from governance.figures.figure import Entry, Figure
from governance.figures.moment import Moment


def entries_over(asked: Asked, moments: Sequence[Moment]) -> list[list[list[Entry]]]:
    """By moment, the entries of each figure that is asked for, in one query for each figure."""
    found = [_of(figure, asked, moments) for figure in asked.figures]
    return [list(entries) for entries in zip(*found, strict=True)]


def _of(figure: Figure[Any], asked: Asked, moments: Sequence[Moment]) -> list[list[Entry]]:
    """The entries of one figure at each of the moments, by reference, in one query."""
    shape = figure.shape
    paths = (shape.subject, shape.reference, shape.evidence)
    found = [asked.rows(figure, each).order_by(shape.reference).values_list(*paths) for each in moments]
    ask_together(found)
    return [
        [Entry(subject, reference, shape.evidence_kind, evidence) for subject, reference, evidence in rows]
        for rows in found
    ]
