"""Saying which assets an action concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from actions.models import Action, ActionAsset
from assets.forms.held import AssetReferenceField, RowForm

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
