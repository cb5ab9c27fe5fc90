"""Saying which assets an action concerns, which incidents it follows from, and which risks it treats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict

from actions.models import Action, ActionAsset, ActionIncident, ActionRisk
from assets.forms.held import AssetReferenceField, RowForm
from risks.models import Incident, Risk

if TYPE_CHECKING:
    from governance.people.models import User


class ConcernForm(RowForm):
    """Say that an action concerns an asset."""

    asset = AssetReferenceField()
    taken = "It is recorded already that this action concerns that asset"
    SENTENCES = {"action_concerns_an_asset_once": (("asset",), taken)}

    class Meta:
        model = ActionAsset
        fields = ("asset", "note")

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data, instance=ActionAsset(action=action))
        field = self.fields["asset"]
        assert isinstance(field, AssetReferenceField)
        field.person = person


class FollowsForm(RowForm):
    """Say that an action follows from an incident."""

    incident = forms.CharField(label="Reference of the incident", max_length=12, help_text="Such as IN-0042")
    taken = "It is recorded already that this action follows from that incident"
    SENTENCES = {"action_follows_an_incident_once": (("incident",), taken)}

    class Meta:
        model = ActionIncident
        fields = ("incident",)

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data, instance=ActionIncident(action=action))
        self.person = person

    def clean_incident(self) -> Incident:
        """The incident, among those that the person may open."""
        typed = self.cleaned_data["incident"]
        found: Incident | None = (
            Incident.objects.visible_to(self.person).filter(reference__iexact=typed).first()
        )
        if found is None:
            raise forms.ValidationError(f"There is no incident {typed} that you may open")
        return found


class TreatsForm(RowForm):
    """Say that an action treats a risk."""

    risk = forms.CharField(label="Reference of the risk", max_length=12, help_text="Such as IR-0042")
    taken = "It is recorded already that this action treats that risk"
    SENTENCES = {"action_treats_a_risk_once": (("risk",), taken)}

    class Meta:
        model = ActionRisk
        fields = ("risk",)

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data, instance=ActionRisk(action=action))
        self.person = person

    def clean_risk(self) -> Risk:
        """The risk, open and among those that the person may open."""
        typed = self.cleaned_data["risk"]
        found = Risk.objects.visible_to(self.person).filter(reference__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(f"There is no risk {typed} that you may open")
        if found.state != Risk.State.OPEN:
            raise forms.ValidationError(f"{found.reference} is {found.get_state_display().lower()}")
        return found
