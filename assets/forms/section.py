"""Changing one section of an asset at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from assets.models import Asset, ListQuerySet
from governance.history.trail import because
from governance.people.registers.forms import EntryForm

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Any]
else:
    _Choice = forms.ModelChoiceField


class SectionForm(EntryForm):
    """Change one section of an asset.

    Two people may be in two sections at once: only what has changed in this one since it was opened is a
    conflict, and only what was changed here is written.
    """

    permission = "assets.change_asset"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and isinstance(field.queryset, ListQuerySet):
                column: Any = Asset._meta.get_field(name)
                chosen, key = getattr(self.instance, column.attname), column.target_field.name
                field.queryset = field.queryset.offered(also=chosen, key=key)

    def moved_on(self, seen: int | None) -> Any:
        """The entry as it stands, locked, if this section of it is no longer as it was seen; else None."""
        theirs = super().moved_on(seen)
        if theirs is None:
            return None
        versions: Any = Asset.history
        before = versions.filter(id=self.instance.pk, history_id=seen).first()
        return theirs if before is None or self.differs(before, theirs) else None

    def differs(self, before: Any, theirs: Asset) -> bool:
        """Does a field of this section differ between two versions?"""
        fields: list[Any] = [self.instance._meta.get_field(name) for name in self.compared()]
        return any(getattr(before, each.attname) != getattr(theirs, each.attname) for each in fields)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Write what was changed in this section, and nothing beside it, with the reason."""
        changed = [name for name in self.compared() if name in self.changed_data]
        if changed:
            with because(self.cleaned_data["change_reason"]):
                self.instance.save(update_fields=changed)
        return self.instance


class Explained(_Choice):
    """A choice from a list, each entry with its explanation."""

    widget = forms.RadioSelect

    def label_from_instance(self, entry: Any) -> str:
        """The name, and what it means."""
        return f"{entry.name}: {entry.explanation}" if entry.explanation else str(entry.name)
