"""The rows of a processing activity: assets, transfers abroad, controllers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict

from assets.forms.processing import offered
from assets.models import ActivityAsset, Asset, ControllerServed, ProcessingActivity, Safeguard, Transfer
from governance.core.forms import ModelForm, VersionedForm
from governance.people.registers.sections import go_on_with

if TYPE_CHECKING:
    from governance.people.models import User


class RowForm(VersionedForm):
    """A row of an activity: a transfer, or a controller."""

    def __init__(
        self,
        *args: Any,
        activity: ProcessingActivity,
        person: User,
        draft: QueryDict | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.instance.activity = activity
        go_on_with(self, draft)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and self.twice():
            self.add_error(None, "This is recorded already: change the one that is there")

    def _update_errors(self, errors: ValidationError) -> None:
        """Django's, less the names of constraints: `twice` and `clean` say it in a sentence."""
        if hasattr(errors, "error_dict"):
            errors.error_dict.pop(NON_FIELD_ERRORS, None)
        super()._update_errors(errors)  # type: ignore[misc]

    def twice(self) -> bool:
        """Is there another row that says the same?"""
        (unique,) = self._meta.model._meta.total_unique_constraints
        same = {name: getattr(self.instance, name) for name in unique.fields}
        found = self._meta.model._base_manager.filter(**same).exclude(pk=self.instance.pk)
        return bool(found.exists())


class TransferForm(RowForm):
    """Data sent to a country outside the United Kingdom."""

    class Meta:
        model = Transfer
        fields = ("country", "recipient", "safeguard", "assessment", "assessed_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        safeguard = self.fields["safeguard"]
        assert isinstance(safeguard, forms.ModelChoiceField)
        safeguard.queryset = offered(Safeguard.objects.all(), self.instance.safeguard_id)

    def clean(self) -> dict[str, Any]:
        """A day of assessment needs the assessment."""
        cleaned = super().clean()
        if cleaned.get("assessed_on") and not cleaned.get("assessment"):
            self.add_error("assessment", "Say where the assessment can be read, or what it found")
        return cleaned


class ControllerForm(RowForm):
    """A controller that the council processes for."""

    class Meta:
        model = ControllerServed
        fields = ("name", "contact", "representative", "dpo_contact", "categories")


class LinkForm(ModelForm):
    """An asset that the activity works with, by its reference."""

    reference = forms.CharField(label="Reference of the asset", max_length=12, help_text="Such as IA-0042")

    class Meta:
        model = ActivityAsset
        fields = ()

    def __init__(
        self,
        *args: Any,
        activity: ProcessingActivity,
        person: User,
        draft: QueryDict | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.instance.activity, self.person = activity, person
        go_on_with(self, draft)

    def clean_reference(self) -> str:
        """The reference of an asset that the person may open and that is not linked yet."""
        typed = str(self.cleaned_data["reference"]).strip().upper()
        asset = Asset.objects.visible_to(self.person).filter(reference=typed).first()
        if asset is None:
            raise forms.ValidationError(f"There is no asset {typed} that you may open")
        if self.instance.activity.asset_links.filter(asset=asset).exists():
            raise forms.ValidationError(f"{typed} is linked already")
        self.instance.asset = asset
        return typed


ROWS: dict[str, tuple[str, type[Any]]] = {
    "assets": ("asset_links", LinkForm),
    "transfers": ("transfers", TransferForm),
    "controllers": ("controllers", ControllerForm),
}
