"""Changing one entry of a register."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from governance.core.dates import today
from governance.core.forms import ChangeReason, VersionedForm
from governance.history.trail import because
from governance.people.models import OrganisationalUnit, User
from governance.people.registers.sections import go_on_with


class EntryForm(VersionedForm):
    """Change one entry that a post owns and a unit holds; the reason goes into its history.

    A subclass names the `permission` it takes. Who uses it up by handing the entry over is stopped: what
    nobody could take back should be handed over by those who keep the whole register.
    """

    permission: str
    change_reason = ChangeReason()

    def __init__(self, *args: Any, person: User, draft: QueryDict | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        go_on_with(self, draft)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
        if self.instance.pk and self.is_bound:
            self.read_lines_alike()
        unit = self.fields.get("unit")
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = units_to_choose(today(), self.instance.unit_id)

    def read_lines_alike(self) -> None:
        """A browser ends each line of a text in its own way: that alone is no change."""
        assert isinstance(self.data, QueryDict)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                self.initial[name] = "\n".join(str(self.initial.get(name) or "").splitlines())
                if name in self.data:
                    self.data[name] = "\n".join(str(self.data[name]).splitlines())

    @property
    def changes_nothing(self) -> bool:
        """Is the entry, as typed, the one that stands?"""
        return not {*self.changed_data} - {"seen_version", "change_reason"}

    def clean(self) -> dict[str, Any]:
        """What was typed; nothing changed needs no reason."""
        cleaned = super().clean()
        if self.changes_nothing and not str(self.data.get(self.add_prefix("change_reason"), "")).strip():
            self.errors.pop("change_reason", None)
        return cleaned

    def _post_clean(self) -> None:
        """Django's, then what the rules say of the entry as it would be."""
        super()._post_clean()  # type: ignore[misc]
        hands_over = {"unit", "owner"} & {*self.fields}
        if hands_over and not self.errors and not self.person.has_perm(self.permission, self.instance):
            self.add_error(
                "unit" if "unit" in self.changed_data else "owner",
                "You could not change it any more. Ask the Information Governance Team to hand it over",
            )

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Save the entry with the reason beside it in the history; nothing at all if nothing was changed."""
        if self.changes_nothing:
            return self.instance
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)


def units_to_choose(on: date, held_by: int | None) -> QuerySet[OrganisationalUnit]:
    """Units that exist on that day, and the one that holds the entry, even if it has been dissolved."""
    in_force = OrganisationalUnit.objects.in_force(on).values("pk")
    return OrganisationalUnit.objects.filter(Q(pk__in=in_force) | Q(pk=held_by))
