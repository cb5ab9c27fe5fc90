"""Recording an assurance that was given, and putting it right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from actions.models import ActionPlan, Assurance
from assets.forms.held import HeldForm, RowForm
from governance.core.dates import today
from governance.core.forms import DateField

FIELDS = ("text", "given_where", "given_on", "due_on")
LABELS = {
    "text": "The assurance, in the words in which it was given",
    "given_where": "Where was it given?",
    "given_on": "When was it given?",
    "due_on": "By when was all to be done?",
}
HELP = {
    "given_where": "Such as the committee, the paper and its paragraph",
    "due_on": "The last day on which it would still be kept. For example, for “before the visit in March”, "
    "28 2 2017",
}
AHEAD = "The day by which all is done must not be before the day on which that was said"
TWICE = "This assurance is recorded already"
SAID: dict[str, tuple[tuple[str, ...], str]] = {
    "assurance_looks_ahead": (("due_on",), AHEAD),
    "assurance_is_recorded_once": (("text",), TWICE),
}


class _Given:
    """What both forms check."""

    cleaned_data: dict[str, Any]

    def clean_given_on(self) -> Any:
        """A day that is not to come."""
        if (day := self.cleaned_data["given_on"]) and day > today():
            raise forms.ValidationError("The day on which it was given must not be in the future")
        return day


class NewAssuranceForm(_Given, RowForm):
    """Record an assurance."""

    SENTENCES = SAID
    taken = TWICE

    class Meta:
        model = Assurance
        fields = FIELDS
        labels = LABELS
        help_texts = HELP
        field_classes = {"given_on": DateField, "due_on": DateField}

    def __init__(self, data: QueryDict | None, *, plan: ActionPlan) -> None:
        super().__init__(data, instance=Assurance(plan=plan))


class AssuranceForm(_Given, HeldForm):
    """Put an assurance right, with the reason."""

    permission = "actions.keep_assurances"
    SENTENCES = SAID

    class Meta:
        model = Assurance
        fields = FIELDS
        labels = LABELS
        help_texts = HELP
        field_classes = {"given_on": DateField, "due_on": DateField}
