"""Naming actions by their references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actions.models import Action, Status

if TYPE_CHECKING:
    from governance.people.models import User

MOST = 20


class ActionsField(forms.CharField):
    """Actions that take the place of another, by their references with commas between them.

    Only those that the person may open, and that are not withdrawn themselves; never the one they replace.
    """

    person: User
    but: Action

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST * 22, **options)

    def clean(self, value: Any) -> Any:
        """The actions, each once. Raises ValidationError, which names the reference that is wrong."""
        typed = [each.strip() for each in super().clean(value).split(",") if each.strip()]
        if len(typed) > MOST:
            raise forms.ValidationError(f"Name {MOST} actions at most")
        return list(dict.fromkeys(self._action(each) for each in typed))

    def _action(self, typed: str) -> Action:
        found = Action.objects.to_name(typed, self.person)
        if found is None:
            raise forms.ValidationError(f"There is no action {typed} that you may open")
        if found == self.but:
            raise forms.ValidationError(f"{found.reference} does not take its own place")
        if found.status == Status.WITHDRAWN:
            raise forms.ValidationError(f"{found.reference} is withdrawn itself")
        return found
