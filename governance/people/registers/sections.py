"""Forms for a part of an entry: what was typed before is gone on with, and two people may be in two parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from governance.core.forms import VersionedForm


def go_on_with(form: forms.BaseForm, draft: QueryDict | None) -> None:
    """Show what was typed before, bound to the version that was seen then: nothing is checked yet."""
    if draft is None:
        return
    for name, field in form.fields.items():
        typed = form.add_prefix(name)
        if name == "seen_version" or not field.widget.value_omitted_from_data(draft, {}, typed):
            form.initial[name] = field.widget.value_from_datadict(draft, {}, typed)


class SectionOf(VersionedForm):
    """One section of an entry.

    Two people may be in two sections at once: only what has changed in this one since it was opened is a
    conflict, and only what was changed here is written.
    """

    def moved_on(self, seen: int | None) -> Any:
        """The entry as it stands, locked, if this section of it is no longer as it was seen; else None."""
        theirs = super().moved_on(seen)
        if theirs is None:
            return None
        versions = type(self.instance).history
        before = versions.filter(id=self.instance.pk, history_id=seen).first()
        return theirs if before is None or self.differs(before, theirs) else None

    def differs(self, before: Any, theirs: Any) -> bool:
        """Does a field of this section differ between two versions?"""
        fields: list[Any] = [self.instance._meta.get_field(name) for name in self.compared()]
        return any(getattr(before, each.attname) != getattr(theirs, each.attname) for each in fields)

    def write(self) -> Any:
        """Write what was changed in this section, and nothing beside it; a new entry whole."""
        changed = [name for name in self.compared() if name in self.changed_data]
        if self.instance.pk is None:
            self.instance.save()
        elif changed:
            self.instance.save(update_fields=changed)
        return self.instance
