"""What belongs to a risk: its controls, and the assets it is to beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict

from assets.forms.held import AssetReferenceField, RowForm, Worded, offer
from governance.core.forms import ChangeReason, VersionedForm
from governance.history.trail import because
from risks.models import Risk, RiskAsset, RiskControl

if TYPE_CHECKING:
    from governance.people.models import User

SENTENCES = {
    "risk_control_planned_has_its_day": (
        ("planned_for",),
        "Enter the day by which the planned control is to be in place",
    ),
    "risk_control_is_judged_once_in_place": (
        ("effectiveness",),
        "What is only planned cannot be judged yet: leave this open, or say that it is in place",
    ),
}
FIELDS = ("title", "state", "effectiveness", "planned_for")
HELP = {
    "title": "What is done, or is to be done, so that it is less likely or less harmful",
    "planned_for": "For what is planned: the day by which it is to be in place",
}


class ControlForm(RowForm):
    """Add a control to a risk."""

    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    class Meta:
        model = RiskControl
        fields = FIELDS
        help_texts = HELP
        widgets: ClassVar[dict[str, Any]] = {"state": forms.RadioSelect}

    def __init__(self, data: QueryDict | None, *, risk: Risk) -> None:
        super().__init__(data, instance=RiskControl(risk=risk))
        offer(self)


class ChangeControlForm(Worded, VersionedForm):
    """Change a control, with a reason; one that is gone stays on record as no longer in place."""

    change_reason = ChangeReason()
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    class Meta(ControlForm.Meta):
        pass

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The control, with the reason beside the change."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)


class FurtherAssetForm(RowForm):
    """Say that a risk is to another asset too."""

    asset = AssetReferenceField()
    taken = "It is recorded already that this risk is to that asset"
    SENTENCES: ClassVar[dict[str, Any]] = {"risk_is_to_a_further_asset_once": (("asset",), taken)}

    class Meta:
        model = RiskAsset
        fields = ("asset", "note")

    def __init__(self, data: QueryDict | None, *, risk: Risk, person: User) -> None:
        super().__init__(data, instance=RiskAsset(risk=risk))
        field = self.fields["asset"]
        assert isinstance(field, AssetReferenceField)
        field.person = person

    def clean_asset(self) -> Any:
        """The asset, unless the risk names it first already."""
        asset = self.cleaned_data["asset"]
        if asset and asset.pk == self.instance.risk.asset_id:
            raise forms.ValidationError(f"{asset.reference} is the asset that this risk names first")
        return asset
