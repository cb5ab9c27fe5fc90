"""Choosing what to change in many assets, and to what."""

from __future__ import annotations

from typing import Any

from django import forms

from assets.models import Asset, ListQuerySet
from governance.core.dates import today
from governance.core.forms import Form
from governance.people.registers.forms import units_to_choose

# What may be changed in many at once: where one value for many makes sense. The fields that go together.
FIELDS: dict[str, tuple[str, ...]] = {
    "unit": ("unit",),
    "owner": ("owner",),
    "custodian": ("custodian",),
    "function": ("function",),
    "system": ("system",),
    "marking": ("marking",),
    "retention_rule": ("retention_rule",),
    "volume": ("volume",),
    "personal_data": ("contains_personal_data",),
    "key": ("is_key",),
    "publish": ("publish", "publish_reason", "exemption", "licence"),
}
NAMES = {"personal_data": "Whether they contain personal data", "key": "Whether they are key assets"}
WHETHER = [("True", "Yes"), ("False", "No")]
ONLY_SOMETIMES = {"publish_reason", "exemption", "licence"}


def name_of(field: str) -> str:
    """What a choice of FIELDS is called."""
    words = NAMES.get(field) or str(Asset._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


class FieldForm(Form):
    """Which field to change."""

    mark_optional = False
    field = forms.ChoiceField(
        label="What do you want to change?",
        choices=[(code, name_of(code)) for code in FIELDS],
        widget=forms.RadioSelect,
    )


class ValueForm(Form):
    """The new value of one of FIELDS, and why."""

    change_reason = forms.CharField(
        label="Why are you making this change?",
        help_text="Shown in the history of every asset changed",
        max_length=200,
    )

    def __init__(self, data: Any, field: str) -> None:
        super().__init__(data)
        for name in reversed(FIELDS[field]):
            self.fields = {name: self.control(name), **self.fields}
        self.names = FIELDS[field]

    def control(self, name: str) -> forms.Field:
        """The control for one field of an asset; what it chooses from is what is offered today."""
        model_field: Any = Asset._meta.get_field(name)
        label = name_of(name) if name not in ("contains_personal_data", "is_key") else "New value"
        if model_field.get_internal_type() == "BooleanField":
            return forms.TypedChoiceField(
                label=label, choices=WHETHER, coerce=lambda typed: typed == "True", widget=forms.RadioSelect
            )
        found: forms.Field = model_field.formfield(label=label, required=name not in ONLY_SOMETIMES)
        if name in ONLY_SOMETIMES:
            found.help_text = "Leave it empty to keep what each asset has"
        if isinstance(found, forms.ModelChoiceField):
            found.queryset = self.choices(name, found.queryset)
        return found

    def choices(self, name: str, queryset: Any) -> Any:
        """Entries that can be chosen today."""
        if name == "unit":
            return units_to_choose(today(), None)
        return queryset.offered() if isinstance(queryset, ListQuerySet) else queryset

    def clean(self) -> dict[str, Any]:
        """What is withheld, in part or whole, is withheld for a reason and under an exemption."""
        cleaned = super().clean() or {}
        if cleaned.get("publish") in ("withhold", "part"):
            for name, sentence in (
                ("publish_reason", "Enter the reason for withholding: it is kept with every asset"),
                ("exemption", "Select the exemption under which they are withheld"),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The values by attname, as the database holds them; what is left empty stays in each asset as it is.

        Only for a valid form.
        """
        return {
            Asset._meta.get_field(name).attname: getattr(value, "pk", value)  # type: ignore[union-attr]
            for name in self.names
            for value in [self.cleaned_data[name]]
            if name not in ONLY_SOMETIMES or value not in ("", None)
        }

    def in_words(self) -> list[tuple[str, Any]]:
        """Each new value with its label, for the page that checks it."""
        said = [(self.fields[name], self.cleaned_data[name]) for name in self.names]
        return [
            (str(field.label), self.spoken(field, value)) for field, value in said if value not in ("", None)
        ]

    def spoken(self, field: forms.Field, value: Any) -> Any:
        """A value in words."""
        choices = dict(getattr(field, "choices", ())) if isinstance(field, forms.TypedChoiceField) else {}
        return choices.get(str(value), value)
