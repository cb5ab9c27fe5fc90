"""Undoing a change of an entry, and comparing two of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localtime

from governance.core.dates import long_date
from governance.core.forms import ChangeReason, Form
from governance.people.registers.changes import CannotUndoError, EntryChange

if TYPE_CHECKING:
    from governance.people.models import User


class UndoForm(Form):
    """Which fields of a change to undo, and why. Bound to the version that the person saw standing."""

    fields_to_undo = forms.MultipleChoiceField(
        label="What is to be as it was before?", widget=forms.CheckboxSelectMultiple
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    change_reason = ChangeReason(label="Why are you undoing this?")

    permission: str  # what it takes to change such an entry

    def __init__(self, *args: Any, change: EntryChange, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.change, self.person = change, person
        lines = [line for line in change.lines() if line.undoable]
        choices = [(line.name, f"{line.label}: back to “{line.before}”") for line in lines]
        self.fields["fields_to_undo"].choices = choices  # type: ignore[attr-defined]
        self.initial["fields_to_undo"] = [line.name for line in lines]
        self.initial["seen_version"] = change.standing.history_id

    def clean(self) -> dict[str, Any]:
        """What was chosen; an error if another version stands than the person saw, which they now see."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        standing = self.change.standing.history_id
        if cleaned.get("seen_version") != standing:
            assert isinstance(self.data, QueryDict)
            data = self.data.copy()
            data[self.add_prefix("seen_version")] = str(standing)
            self.data = data
            self.add_error(None, "Somebody changed this entry while you were reading. Look again")
        return cleaned

    def undo(self) -> bool:
        """Undo it; False, with an error that says why, where it cannot be."""
        try:
            self.change.undo(
                self.cleaned_data["fields_to_undo"],
                self.cleaned_data["change_reason"],
                person=self.person,
                permission=self.permission,
            )
        except CannotUndoError as why:
            self.add_error(None, str(why))
            return False
        return True


class CompareForm(Form):
    """The version to compare with, as a GET form."""

    mark_optional = False
    against = forms.TypedChoiceField(
        label="Compare with", coerce=int, required=False, empty_value=None, choices=[]
    )

    def __init__(self, *args: Any, change: EntryChange, **options: Any) -> None:
        super().__init__(*args, **options)
        others = type(change.entry).history.filter(id=change.entry.pk)
        rows = others.exclude(history_id=change.version.history_id).order_by("-history_id")
        said = rows.values_list("history_id", "history_date", "history_post", "history_who")
        self.fields["against"].choices = [  # type: ignore[attr-defined]
            ("", "The version before it"),
            *((number, _version(when, post or who)) for number, when, post, who in said),
        ]


def _version(when: Any, by: str | None) -> str:
    then = localtime(when)
    return f"{long_date(then)}, {then:%H:%M}" + (f", by {by}" if by else "")
