"""Drawing a sample for an auditor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from governance.core.dates import today
from governance.core.forms import DateField, Form
from governance.figures.figure import get_figure

MOST = 500
LARGEST = 2**63 - 1


class SampleForm(Form):
    """Of what, as at which day, how many; and the seed, where somebody else has drawn that."""

    figure = forms.ChoiceField(label="Of what", widget=forms.RadioSelect)
    as_at = DateField(label="As at")
    size = forms.IntegerField(label="How many", min_value=1, max_value=MOST)
    seed = forms.IntegerField(
        label="Seed",
        required=False,
        min_value=0,
        max_value=LARGEST,
        help_text="Leave empty to have one drawn, or enter the one that the auditor gives you",
    )

    def __init__(self, data: QueryDict | None, *, offered: tuple[str, ...]) -> None:
        super().__init__(data)
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, get_figure(key).title) for key in offered]
        self.fields["as_at"].initial = today()

    def clean_as_at(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["as_at"]
        if day > today():
            raise forms.ValidationError("The day must be today or in the past")
        return day
