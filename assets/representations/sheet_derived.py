"""What the file of the asset register says beyond its fields: how bad its loss, and what nobody has said."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Func, TextField, Value, When

from assets.models import ImpactLevel
from assets.representations.bands import counted
from assets.representations.completeness import QUESTIONS
from governance.core.percent import percent_in_database
from governance.people.registers.columns import Named
from governance.people.registers.derived import Derived


def percentage() -> Any:
    """How much of what it should say an entry says, in whole percent; 100 only if nothing is missing."""
    arise, missing = counted()
    return percent_in_database(arise - missing, arise)


def missing() -> Any:
    """What is missing, in words."""
    gaps = [Case(When(question.is_open, then=Value(question.words))) for question in QUESTIONS]
    return Func(Value("; "), *gaps, function="concat_ws", output_field=TextField())


def levels() -> Named:
    """What ratings are called."""
    return Named(dict(ImpactLevel.objects.values_list("number", "name")))


DERIVED = (
    Derived(name="criticality", heading="Criticality", path="criticality", named=levels),
    Derived(
        name="completeness",
        heading="Complete (%)",
        path="file_completeness",
        kind="number",
        reckon=percentage,
    ),
    Derived(name="missing", heading="What is missing", path="file_missing", reckon=missing),
)
