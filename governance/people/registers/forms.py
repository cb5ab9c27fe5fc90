"""Changing one entry of a register."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from governance.core.dates import today
from governance.core.forms import VersionedForm
from governance.history.trail import because
from governance.people.models import OrganisationalUnit, User


class EntryForm(VersionedForm):
    """Change one entry that a post owns and a unit holds; the reason goes into its history.

    A subclass names the `permission` it takes. Who uses it up by handing the entry over is stopped: what
    nobody could take back should be handed over by those who keep the whole register.
    """

    permission: str
    change_reason = forms.CharField(
        label="Why are you making this change?",
        help_text="Shown in the history beside the change",
        max_length=200,
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units_to_choose(today(), self.instance.unit_id)

    def _post_clean(self) -> None:
        """Django's, then what the rules say of the entry as it would be."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and not self.person.has_perm(self.permission, self.instance):
            self.add_error(
                "unit" if "unit" in self.changed_data else "owner",
                "You could not change it any more. Ask the Information Governance Team to hand it over",
            )

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Save the entry with the reason beside it in the history."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)


def units_to_choose(on: date, held_by: int | None) -> QuerySet[OrganisationalUnit]:
    """Units that exist on that day, and the one that holds the entry, even if it has been dissolved."""
    in_force = OrganisationalUnit.objects.in_force(on).values("pk")
    return OrganisationalUnit.objects.filter(Q(pk__in=in_force) | Q(pk=held_by))
