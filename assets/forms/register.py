"""Changing an asset."""

from __future__ import annotations

from django import forms

from assets.models import Asset
from governance.people.registers.forms import EntryForm


class AssetForm(EntryForm):
    """Change one asset. Holds a conflict naming the other person's changes if it has moved on."""

    permission = "assets.change_asset"

    contains_personal_data = forms.NullBooleanField(
        label="Contains personal data",
        widget=forms.RadioSelect(choices=[("True", "Yes"), ("False", "No"), ("", "Not yet assessed")]),
    )

    class Meta:
        model = Asset
        fields = ["title", "description", "unit", "owner", "form", "contains_personal_data"]
