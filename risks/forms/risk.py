"""Changing a risk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from assets.models import Asset
from assets.representations.told import closed
from governance.core.forms import ChangeReason, Form
from governance.people.models import User
from governance.people.registers.forms import EntryForm
from risks.models import Risk


class RiskForm(EntryForm):
    """Change one risk. Holds a conflict naming the other person's changes if it has moved on."""

    permission = "risks.change_risk"

    class Meta:
        model = Risk
        fields = ["title", "cause", "event", "consequence", "unit", "owner", "asset"]

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, person=person, **options)
        asset = self.fields["asset"]
        assert isinstance(asset, forms.ModelChoiceField)
        self.open_assets = set(Asset.objects.visible_to(person).values_list("pk", flat=True))
        # What it points at now stays a choice, so that nothing is cut off by who happens to edit.
        asset.queryset = Asset.objects.filter(Q(pk__in=self.open_assets) | Q(pk=self.instance.asset_id))
        asset.empty_label = "No single asset"
        asset.label_from_instance = self.named  # type: ignore[method-assign, assignment]

    def named(self, asset: Asset) -> str:
        """The asset as the person who edits may know it."""
        return str(asset) if asset.pk in self.open_assets else closed(asset.reference)


class WithdrawForm(Form):
    """Why a risk is withdrawn, or brought back."""

    reason = ChangeReason()
