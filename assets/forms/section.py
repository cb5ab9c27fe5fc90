"""Changing one section of an asset at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from assets.models import Asset, ListQuerySet
from governance.history.trail import because
from governance.people.registers.forms import EntryForm
from governance.people.registers.sections import SectionOf

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Any]
else:
    _Choice = forms.ModelChoiceField


class SectionForm(SectionOf, EntryForm):
    """Change one section of an asset."""

    permission = "assets.change_asset"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and isinstance(field.queryset, ListQuerySet):
                column: Any = Asset._meta.get_field(name)
                chosen, key = getattr(self.instance, column.attname), column.target_field.name
                field.queryset = field.queryset.offered(also=chosen, key=key)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Write what was changed in this section, and nothing beside it, with the reason."""
        if self.changes_nothing:
            return self.instance
        with because(self.cleaned_data["change_reason"]):
            return self.write()


class Explained(_Choice):
    """A choice from a list, each entry with its explanation."""

    widget = forms.RadioSelect

    def label_from_instance(self, entry: Any) -> str:
        """The name, and what it means."""
        return f"{entry.name}: {entry.explanation}" if entry.explanation else str(entry.name)
