"""The filters of the asset register."""

from __future__ import annotations

from django import forms
from django_filters import ChoiceFilter, MultipleChoiceFilter

from assets.models import Asset
from governance.people.registers.filters import RegisterFilter


class AssetFilter(RegisterFilter):
    """What every register has, and what only assets have."""

    kind = MultipleChoiceFilter(
        label="Form", field_name="form", choices=Asset.Form.choices, widget=forms.CheckboxSelectMultiple
    )
    personal_data = ChoiceFilter(
        label="Personal data",
        field_name="contains_personal_data",
        choices=[("True", "Contains personal data"), ("False", "Contains none")],
        empty_label="With or without",
    )
