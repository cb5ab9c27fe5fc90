"""A share as a whole number in a hundred: rounded as a person would, 100 only for all and 0 only for none."""

from __future__ import annotations

from typing import Any

from django.db.models import Value
from django.db.models.functions import Greatest, Least, NullIf


def percent(part: int, whole: int) -> int | None:
    """How many in a hundred; None of nothing."""
    if not whole:
        return None
    rounded = (200 * part + whole) // (2 * whole)
    return min(max(rounded, min(part, 1)), 100 - min(whole - part, 1))


def percent_in_database(part: Any, whole: Any) -> Any:
    """The same of two whole numbers that the database reckons, but 0 of nothing; a test compares."""
    rounded = (Value(200) * part + whole) / (Value(2) * NullIf(whole, Value(0)))
    return Least(Greatest(rounded, Least(part, Value(1))), Value(100) - Least(whole - part, Value(1)))
