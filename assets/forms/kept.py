"""Entering and changing what assets choose from: lists, systems, places; and where an asset is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import modelform_factory

from assets.models import Asset, Keeping, ListQuerySet
from governance.core.forms import ChangeReason, ModelForm, VersionedForm
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

# What files and ratings point at stays as it was entered.
FIXED = ("code", "number")
COUNTRY = "Cloud needs a country: say where the data are kept"


class _Cloud:
    """What is in the cloud says in which country."""

    def clean(self) -> dict[str, Any]:
        """What was typed."""
        form: Any = self
        cleaned: dict[str, Any] = super().clean() or form.cleaned_data  # type: ignore[misc]
        in_cloud = "cloud" in (cleaned.get("hosting"), cleaned.get("kind"))
        if "country" in form.fields and in_cloud and not cleaned.get("country"):
            form.add_error("country", COUNTRY)
        return cleaned


class NewKeptForm(_Cloud, ModelForm):
    """Enter an entry of a list."""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The entry."""
        with because("Entered on the page of lists"):
            return super().save(commit)


class ChangeKeptForm(_Cloud, VersionedForm):
    """Change an entry of a list, with a reason."""

    change_reason = ChangeReason()

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The entry, with the reason beside the change."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)


def form_for(model: Any, *, new: bool, person: User) -> Any:
    """The form of one list: every field of it, less those that stay as they were entered, and those that
    this person may not decide, such as what the public sees."""
    editable = [field.name for field in model._meta.fields if field.editable and not field.primary_key]
    guarded = getattr(model, "guarded", {})
    not_theirs = [name for name, permission in guarded.items() if not person.has_perm(permission)]
    left_out = ("is_retired", *(() if new else FIXED), *not_theirs)
    names = [name for name in editable if name not in left_out]
    base = NewKeptForm if new else ChangeKeptForm
    return modelform_factory(model, form=base, fields=names, formfield_callback=_control)


def _control(field: Any, **options: Any) -> Any:
    """Django's control for a field; an address typed without its scheme is a secure one."""
    if isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class RetireForm(VersionedForm):
    """Take an entry out of what is offered, or offer it again; nothing that chose it changes."""

    change_reason = ChangeReason()

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The entry, retired if it was offered, offered if it was retired."""
        self.instance.is_retired = not self.instance.is_retired
        with because(self.cleaned_data["change_reason"]):
            self.instance.save(update_fields=["is_retired"])
        return self.instance


def retiring(model: Any) -> Any:
    """The form that retires an entry of one list."""
    return modelform_factory(model, form=RetireForm, fields=[])


class KeepingForm(VersionedForm):
    """Say where an asset, or a part of it, is kept."""

    boxes = forms.IntegerField(
        required=False, min_value=0, max_value=1_000_000, help_text="How many boxes, where it is paper"
    )
    change_reason = ChangeReason()

    class Meta:
        model = Keeping
        fields = ("location", "boxes", "note")
        help_texts: ClassVar[dict[str, str]] = {"note": "A shelf, a folder, a site"}

    def __init__(self, *args: Any, asset: Asset, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.asset = asset
        location = self.fields["location"]
        assert isinstance(location, forms.ModelChoiceField)
        if isinstance(location.queryset, ListQuerySet):
            location.queryset = location.queryset.offered(also=self.instance.location_id)

    def clean(self) -> dict[str, Any]:
        """What was typed; a place is named once for each asset."""
        cleaned = super().clean()
        Asset.objects.select_for_update(of=("self",)).get(pk=self.instance.asset_id)
        others = Keeping.objects.filter(asset=self.instance.asset_id).exclude(pk=self.instance.pk)
        if (place := cleaned.get("location")) and others.filter(location=place).exists():
            self.add_error("location", f"It is recorded already that it is kept at {place}")
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Where it is kept, with the reason."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)
