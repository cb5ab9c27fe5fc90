"""Placing a hold, widening it and lifting it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from assets.models import Asset, Hold, HoldReason
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, Form

if TYPE_CHECKING:
    from governance.people.models import User

MOST = 200  # references typed into one field


class AssetsField(forms.CharField):
    """Assets that `person` may open by their references, one on a line or with commas between."""

    person: User

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=options.pop("label", "Assets"),
            help_text="Their references, one on a line or with commas between. For example, IA-0042, IA-0107",
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=5000,
            **options,
        )

    def clean(self, value: Any) -> list[Asset]:
        """The assets. Raises ValidationError naming the references that no asset has."""
        asked = [word.upper() for word in re.split(r"[\s,;]+", super().clean(value)) if word]
        if len(asked) > MOST:
            raise forms.ValidationError(f"Enter {MOST} references at most, and the rest afterwards")
        mine = Asset.objects.visible_to(self.person)
        found = {asset.reference: asset for asset in mine.filter(reference__in=asked)}
        if unknown := [word for word in dict.fromkeys(asked) if word not in found]:
            named = ", ".join(unknown[:10])
            raise forms.ValidationError(f"There is no asset {named} that you may open. Check the reference")
        return list(found.values())


class OverAssets(Form):
    """Assets that go under a hold: those that the person may open."""

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["assets"]
        assert isinstance(field, AssetsField)
        field.person = person


class PlaceForm(OverAssets):
    """A new hold over some assets."""

    reason = forms.ModelChoiceField(HoldReason.objects.none(), label="Reason")
    title = forms.CharField(
        label="What is it about?",
        max_length=200,
        help_text="Without names of people. For example, Claim about the 2014 flood",
    )
    authority = forms.CharField(
        label="Who ordered it?", max_length=200, help_text="A post, a court or an inquiry"
    )
    placed_on = DateField(label="In force from", latest=today)
    assets = AssetsField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].queryset = HoldReason.objects.offered()  # type: ignore[attr-defined]


class WidenForm(OverAssets):
    """Further assets for a hold."""

    assets = AssetsField()
    reason = Explanation(label="Why are they added?")


class LiftForm(Form):
    """The end of a hold."""

    lifted_on = DateField(label="Lifted on", latest=today)
    reason = Explanation(label="Why is it lifted?")

    def __init__(self, *args: Any, hold: Hold, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lifted_on"].earliest = hold.placed_on  # type: ignore[attr-defined]
