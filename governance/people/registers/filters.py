"""The filters that every register has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet


class RegisterFilter(FilterSet):
    """Search, unit, owner and vacancy over the versions of a register at a moment.

    Only units and posts that occur among them are offered, by the names they had then.
    """

    q = CharFilter(label="Reference or title", method="search", max_length=100)
    unit = ChoiceFilter(label="Unit", field_name="unit_id", empty_label="All units")
    owner = ChoiceFilter(label="Owner", field_name="owner_id", empty_label="All owners")
    vacant = BooleanFilter(
        label="Only those whose owner post is vacant", widget=forms.CheckboxInput, method="only_vacant"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
        super().__init__(data, queryset)
        self.filters["unit"].extra["choices"] = occurring(queryset, "unit_id", "unit_name")
        self.filters["owner"].extra["choices"] = occurring(queryset, "owner_id", "owner_title")

    def search(self, found: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Entries with every word typed in their reference or title."""
        for word in typed.split():
            found = found.filter(Q(reference__icontains=word) | Q(title__icontains=word))
        return found

    def only_vacant(self, found: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:  # noqa: FBT001
        """Entries whose owner post nobody is in."""
        return found.filter(ownerless=True) if wanted else found


def occurring(rows: QuerySet[Any], key: str, name: str) -> list[tuple[Any, str]]:
    """Each related entry that occurs in the rows, with its name, in the order of the names: one query."""
    pairs: Iterable[tuple[Any, str | None]] = (
        rows.filter(**{f"{key}__isnull": False}).order_by(name).values_list(key, name).distinct()
    )
    return [(pk, words or f"Number {pk}, no longer there") for pk, words in pairs]
