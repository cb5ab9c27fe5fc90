"""The filters of the list of issues with data."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from assets.models import QualityIssue


class QualityFilter(FilterSet):
    """Words and state."""

    q = CharFilter(label="Number, words or asset", method="search", max_length=100)
    state = ChoiceFilter(label="State", choices=QualityIssue.State.choices, empty_label="All states")

    def search(self, found: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Issues with every word typed."""
        matching: QuerySet[Any] = found.with_words(typed)  # type: ignore[attr-defined]
        return matching
