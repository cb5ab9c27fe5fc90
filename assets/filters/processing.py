"""The filters of the records of processing and of DPIAs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet

from assets.models import Dpia, LawfulBasis, ProcessingActivity
from governance.people.registers.filters import RegisterFilter


class ActivityFilter(RegisterFilter):
    """What every register has, and what only activities have."""

    state = ChoiceFilter(label="State", choices=ProcessingActivity.State.choices, empty_label="All states")
    capacity = ChoiceFilter(
        label="The council acts as", choices=ProcessingActivity.Capacity.choices, empty_label="Either"
    )
    basis = ChoiceFilter(label="Lawful basis", field_name="basis_id", empty_label="Any or none")
    special = BooleanFilter(
        label="Only with special category data", widget=forms.CheckboxInput, method="only_special"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
        super().__init__(data, queryset)
        self.filters["basis"].extra["choices"] = list(LawfulBasis.objects.values_list("code", "name"))

    def only_special(self, found: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:  # noqa: FBT001
        """Activities with special category data."""
        return found.filter(special_category=True) if wanted else found


class DpiaFilter(FilterSet):
    """DPIAs by words and state."""

    q = CharFilter(label="Reference or title", method="search", max_length=100)
    state = ChoiceFilter(label="State", choices=Dpia.State.choices, empty_label="All states")

    def search(self, found: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """DPIAs with every word typed in their reference or title."""
        for word in typed.split():
            found = found.filter(Q(reference__icontains=word) | Q(title__icontains=word))
        return found
