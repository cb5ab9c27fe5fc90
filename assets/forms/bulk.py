"""Choosing what to change in many assets, and to what. Each control is that of the field's own section."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

from assets.forms.sections import FORMS
from assets.models import Asset, ListQuerySet
from assets.representations.sections import BY_KEY
from governance.core.dates import today
from governance.core.forms import ChangeReason, Form
from governance.core.forms.wording import as_ours, word
from governance.people.registers.forms import units_to_choose

Fields = tuple[str, ...]
# What may be changed in many at once, by section: every field for which one value for many makes sense.
# Fields that go together have one name. Titles, descriptions, purposes and addresses are each asset's own.
GROUPS: Mapping[str, Mapping[str, Fields]] = {
    "identity": {"form": ("form",), "function": ("function",), "system": ("system",), "key": ("is_key",)},
    "ownership": {name: (name,) for name in ("unit", "owner", "custodian", "users", "external_holders")},
    "content": {
        "personal_data": ("contains_personal_data",),
        **{
            name: (name,)
            for name in (
                "special_category",
                "criminal_offence",
                "vulnerable_people",
                "data_subjects",
                "volume",
                "commercially_sensitive",
                "environmental",
            )
        },
    },
    "protection": {
        "marking": ("marking",),
        **{name: (name, f"{name}_reason") for name in ("confidentiality", "integrity", "availability")},
        "access_rule": ("access_rule",),
        "longest_outage_hours": ("longest_outage_hours",),
    },
    "retention": {name: (name,) for name in ("retention_rule", "retention_from", "retention_note")},
    "sharing": {"recipients": ("recipients",)},
    "openness": {
        "publish": ("publish", "publish_reason", "exemption", "licence"),
        "licence": ("licence",),
        "stars": ("stars",),
    },
}
FIELDS: dict[str, Fields] = {code: names for group in GROUPS.values() for code, names in group.items()}
SECTION_OF = {name: key for key, group in GROUPS.items() for names in group.values() for name in names}
NAMES = {"personal_data": "Whether they contain personal data", "key": "Whether they are key assets"}
WHETHER = [("True", "Yes"), ("False", "No")]
ONLY_SOMETIMES = {"publish": {"publish_reason", "exemption", "licence"}}


def name_of(field: str) -> str:
    """What a choice of FIELDS is called."""
    words = NAMES.get(field) or str(Asset._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


class FieldForm(Form):
    """Which field to change."""

    mark_optional = False
    field = forms.ChoiceField(
        label="What do you want to change?",
        choices=[
            ("", "Choose what to change"),
            *(
                (BY_KEY[key].title, [(code, name_of(code)) for code in group])
                for key, group in GROUPS.items()
            ),
        ],
    )


class ValueForm(Form):
    """The new value of one of FIELDS, and why."""

    change_reason = ChangeReason(help_text="Shown in the history of every asset changed")

    def __init__(self, data: Any, field: str) -> None:
        self.names, self.optional = FIELDS[field], ONLY_SOMETIMES.get(field, set())
        super().__init__(data)
        controls = {name: as_ours(self.control(name)) for name in self.names}
        for control in controls.values():
            word(control, str(control.label))
        self.fields = {**controls, **self.fields}

    def control(self, name: str) -> forms.Field:
        """The control for one field of an asset; what it chooses from is what is offered today."""
        column: Any = Asset._meta.get_field(name)
        if column.get_internal_type() == "BooleanField":
            return forms.TypedChoiceField(
                label="New value",
                choices=WHETHER,
                coerce=lambda typed: typed == "True",
                widget=forms.RadioSelect,
            )
        found = deepcopy(FORMS[SECTION_OF[name]].base_fields[name])
        found.label, found.required = name_of(name), name not in self.optional
        if name in self.optional:
            found.help_text = "Leave it empty to keep what each asset has"
        if isinstance(found, forms.ModelChoiceField):
            found.queryset = self.choices(name, found.queryset)
            if isinstance(found.widget, forms.RadioSelect):
                found.empty_label = None
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

    def given(self) -> dict[str, Any]:
        """The new values by name; what is left empty stays in each asset as it is. Only for a valid form."""
        typed = {name: self.cleaned_data[name] for name in self.names}
        return {
            name: value
            for name, value in typed.items()
            if name not in self.optional or value not in ("", None)
        }

    def values(self) -> dict[str, Any]:
        """The values by attname, as the database holds them. Only for a valid form."""
        return dict(stored(name, value) for name, value in self.given().items())

    def in_words(self) -> list[tuple[str, Any]]:
        """Each new value with its label, for the page that checks it."""
        return [
            (str(self.fields[name].label), self.spoken(self.fields[name], value))
            for name, value in self.given().items()
        ]

    def spoken(self, field: forms.Field, value: Any) -> Any:
        """A value in words."""
        choices = dict(getattr(field, "choices", ())) if isinstance(field, forms.ChoiceField) else {}
        return choices.get(str(value), value)


def stored(name: str, value: Any) -> tuple[str, Any]:
    """The column of a field, and a value as it holds it; a day as text, which a token can carry."""
    column: Any = Asset._meta.get_field(name)
    if isinstance(value, Model):
        value = getattr(value, column.target_field.attname)
    return column.attname, value.isoformat() if isinstance(value, date) else value
