"""Drawing a sample for an auditor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from actions.models.samples import Asked, Given
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, Form
from governance.figures.figure import get_figure

MOST = 500
LARGEST = 2**63 - 1
WANTED = {"seed_given_by": "Enter who gave the seed", "seed_because": "Enter why the seed was given"}
NO_SEED = "Enter the seed that was given, or leave out who gave it and why"


class SampleForm(Form):
    """Of what, as at which day, how many; and the seed, where somebody else has drawn that. `lacking` says
    why something is not offered."""

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

    seed_given_by = forms.CharField(
        label="Who gave the seed",
        required=False,
        max_length=200,
        help_text="Where a seed is entered: the auditor, or the post. No names of persons",
    )
    seed_because = Explanation(label="Why it was given", required=False, help_text="Kept with the sample")
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, offered: Sequence[str], lacking: str = "") -> None:
        super().__init__(data)
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, get_figure(key).title) for key in offered]
        if lacking:
            field.help_text = field.error_messages["invalid_choice"] = lacking
        self.fields["as_at"].initial = today()
        self.fields["once"].initial = uuid4

    def clean_as_at(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["as_at"]
        if day > today():
            raise forms.ValidationError("The day must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        """A seed is given by somebody, for a reason; who and why belong to a seed."""
        said = super().clean() or {}
        has_seed = said.get("seed") is not None
        if "seed" in self.errors:
            return said
        for name, wanted in WANTED.items():
            if name not in self.errors and has_seed != bool(said.get(name)):
                self.add_error(name if has_seed else "seed", wanted if has_seed else NO_SEED)
                if not has_seed:
                    break
        return said

    def asked(self) -> Asked:
        """Of what, as at when, how many."""
        said = self.cleaned_data
        return Asked(said["figure"], said["as_at"], said["size"])

    def given(self) -> Given | None:
        """The seed that somebody gave, if one did."""
        said = self.cleaned_data
        if said["seed"] is None:
            return None
        return Given(said["seed"], said["seed_given_by"], said["seed_because"])
