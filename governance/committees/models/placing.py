"""The order of rows that are numbered from 1: sections of a paper, of a form, recommendations."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def place_among(every: QuerySet[Any], placed: Any, place: int) -> None:
    """Give a row its place (1 is the first, beyond the end is the last), and number the others around it in
    one UPDATE. What they belong to is locked; the row itself is left to be saved.
    """
    others = list(every.exclude(pk=placed.pk))
    placed.position = min(place, len(others) + 1)
    moved = []
    for number, other in enumerate(others, 1):
        position = number if number < placed.position else number + 1
        if other.position != position:
            other.position = position
            moved.append(other)
    every.model._base_manager.bulk_update(moved, ["position"])
