"""The filters of the asset register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import ChoiceFilter, MultipleChoiceFilter

from assets.models import HELD, Asset
from governance.people.registers.filters import RegisterFilter


class AssetFilter(RegisterFilter):
    """What every register has, and what only assets have. Without a state chosen: what is on the register."""

    state = MultipleChoiceFilter(
        label="State",
        choices=Asset.State.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: live, under review and to be disposed",
    )
    kind = MultipleChoiceFilter(
        label="Form", field_name="form", choices=Asset.Form.choices, widget=forms.CheckboxSelectMultiple
    )
    personal_data = ChoiceFilter(
        label="Personal data",
        field_name="contains_personal_data",
        choices=[("True", "Contains personal data"), ("False", "Contains none")],
        empty_label="With or without",
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The entries asked for; those on the register unless states are chosen."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("state"):
            found = found.filter(state__in=HELD)
        return found
