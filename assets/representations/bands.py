"""How complete entries are, reckoned by the database, so that a list can be filtered by it."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from assets.representations.completeness import BANDS, QUESTIONS


def in_band(found: QuerySet[Any], code: str) -> QuerySet[Any]:
    """The entries of a band, reckoned by the database as `Completeness.band` does it."""
    place = [each for each, _, _ in BANDS].index(code)
    arising, open_ones = counted()
    answered = (arising - open_ones) * 100
    found = found.alias(answered=answered, arising=arising)
    least, below = BANDS[place][2], BANDS[place - 1][2] if place else None
    found = found.filter(answered__gte=_share(least))
    return found if below is None else found.filter(answered__lt=_share(below))


def counted() -> tuple[Any, Any]:
    """How many questions arise for an entry, and how many of these it leaves open."""
    return (
        _number([question.where for question in QUESTIONS]),
        _number([question.is_open for question in QUESTIONS]),
    )


def _share(percent: int) -> Any:
    return F("arising") * percent


def _number(conditions: list[Q]) -> Any:
    """How many of the conditions are true of an entry."""
    each = [
        Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
        if condition
        else Value(1, IntegerField())
        for condition in conditions
    ]
    return reduce(add, each)
