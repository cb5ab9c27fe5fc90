"""What an asset is a part of, and what it duplicates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from assets.models import Asset
from governance.core.forms import ChangeReason, VersionedForm
from governance.history.trail import because
from governance.people.models import User


class AssetField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Another asset, typed by its reference: a list of thousands is no help to anybody."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Asset.objects.none(),
            to_field_name="reference",
            required=False,
            blank=True,
            widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """The reference, of an asset or of its key."""
        if isinstance(value, int):
            value = Asset._base_manager.filter(pk=value).first()
        return value.reference if isinstance(value, Asset) else value

    def to_python(self, value: Any) -> Any:
        """The asset of that reference, whatever case it is typed in."""
        return super().to_python(value.strip().upper() if isinstance(value, str) else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Is it another asset?"""
        return str(self.prepare_value(initial) or "") != str(data or "").strip().upper()


class KinshipForm(VersionedForm):
    """Say what an asset is a part of, what it duplicates, or that it is the golden record; with a reason."""

    part_of = AssetField(label="Part of", help_text="The reference of the larger asset, such as IA-0042")
    duplicate_of = AssetField(
        label="Duplicate of",
        help_text="The reference of the record that this one is corrected from, such as IA-0042",
    )
    change_reason = ChangeReason()

    class Meta:
        model = Asset
        fields = ["part_of", "duplicate_of", "is_golden"]
        help_texts = {"is_golden": "The one that others are corrected from"}

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("part_of", "duplicate_of"):
            field = self.fields[name]
            assert isinstance(field, AssetField)
            held = getattr(self.instance, f"{name}_id")
            field.queryset = _to_choose(person, self.instance, held)
            field.error_messages["invalid_choice"] = (
                f"{field.label} must be the reference of another asset that you may open, such as IA-0042"
            )

    def clean(self) -> dict[str, Any]:
        """What was typed, if it makes neither a chain of duplicates nor a circle of parts."""
        cleaned = super().clean()
        golden, whole = cleaned.get("duplicate_of"), cleaned.get("part_of")
        if golden and cleaned.get("is_golden"):
            self.add_error("is_golden", "A golden record duplicates nothing. Untick this, or clear the other")
        if golden and golden.duplicate_of_id:
            self.add_error(
                "duplicate_of",
                f"{golden.reference} is itself a duplicate of {golden.duplicate_of.reference}: name that one",
            )
        if golden and self.instance.duplicates.exists():
            self.add_error("duplicate_of", "Others duplicate this asset, so it cannot duplicate another")
        if whole and self.instance.pk in Asset.objects.wholes_of(whole):
            self.add_error("part_of", f"{whole.reference} is itself a part of {self.instance.reference}")
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Save it, with the reason beside it in the history."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)


def _to_choose(person: User, asset: Asset, held: int | None) -> QuerySet[Asset]:
    """What the person may open, and what the asset names already; never the asset itself."""
    kept = Asset.objects.filter(pk__in=[held] if held else [])
    chosen = Asset.objects.visible_to(person) | kept
    return chosen.exclude(pk=asset.pk).select_related("duplicate_of")
