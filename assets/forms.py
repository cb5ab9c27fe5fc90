"""Changing an asset."""

from __future__ import annotations

from assets.models import Asset
from governance.people.registers.forms import EntryForm


class AssetForm(EntryForm):
    """Change one asset. Holds a conflict naming the other person's changes if it has moved on."""

    permission = "assets.change_asset"

    class Meta:
        model = Asset
        fields = ["title", "description", "unit", "owner", "form", "contains_personal_data"]
