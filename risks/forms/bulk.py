"""Choosing what to change in many risks, and to what. Each control is that of the field's own form."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.db.models import Model

from assets.forms.bulk import WHETHER
from assets.models import ListQuerySet
from governance.core.dates import today
from governance.core.forms import ChangeReason, Form
from governance.core.forms.wording import as_ours, word
from governance.people.registers.forms import units_to_choose
from risks.forms.risk import RiskForm, TreatmentForm
from risks.models import Risk

# Every field for which one value for many makes sense: what a risk is, and what it is to, is each one's own.
FIELDS = (
    "owner", "unit", "category", "source", "proximity", "treatment", "register_level", "confidentiality",
    "integrity", "availability",
)  # fmt: skip
CONTROLS = RiskForm.base_fields | TreatmentForm.base_fields


def name_of(field: str) -> str:
    """What a choice of FIELDS is called."""
    words = str(Risk._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


class FieldForm(Form):
    """Which field to change."""

    mark_optional = False
    field = forms.ChoiceField(
        label="What do you want to change?",
        choices=[("", "Choose what to change"), *((name, name_of(name)) for name in FIELDS)],
    )


class ValueForm(Form):
    """The new value of one of FIELDS, and why."""

    change_reason = ChangeReason(help_text="Shown in the history of every risk changed")

    def __init__(self, data: Any, field: str) -> None:
        self.name = field
        super().__init__(data)
        control = as_ours(self.control())
        word(control, str(control.label))
        self.fields = {field: control, **self.fields}

    def control(self) -> forms.Field:
        """The control; what it chooses from is what is offered today."""
        column: Any = Risk._meta.get_field(self.name)
        if column.get_internal_type() == "BooleanField":
            return forms.TypedChoiceField(
                label=name_of(self.name),
                choices=WHETHER,
                coerce=lambda typed: typed == "True",
                widget=forms.RadioSelect,
            )
        found = deepcopy(CONTROLS[self.name])
        found.label, found.required, found.help_text = name_of(self.name), True, ""
        if isinstance(found, forms.ModelChoiceField):
            found.queryset = self.choices(found.queryset)
        return found

    def choices(self, queryset: Any) -> Any:
        """Entries that can be chosen today."""
        if self.name == "unit":
            return units_to_choose(today(), None)
        return queryset.offered() if isinstance(queryset, ListQuerySet) else queryset

    def values(self) -> dict[str, Any]:
        """The value by attname, as the database holds it. Only for a valid form."""
        value, column = self.cleaned_data[self.name], Risk._meta.get_field(self.name)
        return {column.attname: value.pk if isinstance(value, Model) else value}  # type: ignore[union-attr]

    def in_words(self) -> list[tuple[str, Any]]:
        """The new value with its label, for the page that checks it."""
        value, field = self.cleaned_data[self.name], self.fields[self.name]
        choices = dict(getattr(field, "choices", ())) if isinstance(field, forms.ChoiceField) else {}
        return [(name_of(self.name), choices.get(str(value), value))]
