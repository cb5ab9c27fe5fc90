"""Entering a risk, changing it, and how it is treated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Q
from django.http import QueryDict

from assets.forms.held import HeldForm, NewForm, offer
from assets.models import Asset
from assets.representations.told import closed
from governance.core.forms import ChangeReason, Form
from governance.people.registers.forms import EntryForm
from risks.models import Risk
from risks.representations.affected import AFFECTED
from risks.representations.closing import CHANGED

if TYPE_CHECKING:
    from governance.people.models import User

HELP = {
    "title": "A few words by which everybody knows it",
    "cause": "Why it may happen: a weakness, a change, somebody who wants it",
    "event": "What would happen",
    "consequence": "What would follow, for whom",
    "owner": "The post that answers for it, usually that of the information asset owner",
    "unit": "The service that bears it",
}


class AssetChoice:
    """For a form with the asset at risk: those that the person may open, and the one chosen before."""

    fields: dict[str, Any]

    def offer_assets(self, person: User, chosen: int | None) -> None:
        """What it points at now stays a choice, so that nothing is cut off by who happens to edit."""
        asset = self.fields["asset"]
        self.open_assets = set(Asset.objects.visible_to(person).values_list("pk", flat=True))
        asset.queryset = Asset.objects.filter(Q(pk__in=self.open_assets) | Q(pk=chosen))
        asset.empty_label = "No single asset"
        asset.label_from_instance = self.named

    def named(self, asset: Asset) -> str:
        """The asset as the person who edits may know it."""
        return str(asset) if asset.pk in self.open_assets else closed(asset.reference)


class RiskForm(AssetChoice, EntryForm):
    """Change one risk. Holds a conflict naming the other person's changes if it has moved on."""

    permission = "risks.change_risk"

    class Meta:
        model = Risk
        fields = [
            "title",
            "cause",
            "event",
            "consequence",
            "confidentiality",
            "integrity",
            "availability",
            "category",
            "source",
            "proximity",
            "unit",
            "owner",
            "asset",
        ]
        help_texts = HELP

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, person=person, **options)
        self.offer_assets(person, self.instance.asset_id)
        offer(self)


class NewRiskForm(AssetChoice, NewForm):
    """Raise a risk: what it is, to which asset, and who answers for it. The rest is said on its page."""

    permission = "risks.enter_risk"
    prefix_of_references = "IR"

    class Meta:
        model = Risk
        fields = ("title", "cause", "event", "consequence", *AFFECTED, "asset", "owner", "unit")
        help_texts = HELP

    def __init__(self, data: QueryDict | None, *, person: User, asset: Asset | None = None) -> None:
        super().__init__(data, person=person)
        self.offer_assets(person, None)
        if asset:
            self.initial.update(asset=asset.pk, owner=asset.owner_id, unit=asset.unit_id)


class TreatmentForm(HeldForm):
    """How a risk is treated, and whose register it stands on."""

    permission = "risks.change_risk"

    class Meta:
        model = Risk
        fields = ("treatment", "treatment_note", "register_level", "corporate_reference")
        widgets: ClassVar[dict[str, Any]] = {
            "treatment": forms.RadioSelect,
            "register_level": forms.RadioSelect,
        }
        help_texts: ClassVar[dict[str, str]] = {
            "treatment_note": "What is done about it, in short; controls are listed beside it",
            "corporate_reference": "Where it is also in the council's corporate register, its number there",
        }


class WithdrawForm(Form):
    """Why a risk is withdrawn, closed, or brought back."""

    reason = ChangeReason()


class CloseForm(WithdrawForm):
    """Why a risk is closed or withdrawn; and, where it has open ends, that these were looked at."""

    confirmed = forms.BooleanField(
        label="I have looked at these, and go on all the same",
        error_messages={"required": "Say that you have looked at what is still open of this risk"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=16)

    field_order = ("confirmed", "reason")

    def __init__(self, data: QueryDict | None, *, token: str) -> None:
        super().__init__(data, initial={"seen": token})
        self.token = token
        if not token:
            del self.fields["confirmed"], self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        """Refuses what was confirmed of another list than the one of now, which the form then carries."""
        typed = super().clean() or {}
        if self.token and typed.get("seen") != self.token:
            self.add_error(None, CHANGED)
            self.data = {**{name: self.data[name] for name in self.data}, "seen": self.token, "confirmed": ""}
        return typed
