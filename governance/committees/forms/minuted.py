"""Recording figures of a paper as minutes have them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from assets.forms.held import HeldForm
from governance.committees.models import Meeting, MinutedFigure, Paper
from governance.core.forms import Explanation, Form
from governance.core.forms.wording import word
from governance.core.numbers import LARGEST_NUMBER


class MinutedNumberForm(HeldForm):
    """Put a number right that was not recorded as the minutes have it; the history keeps what was."""

    class Meta:
        model = MinutedFigure
        fields = ("value",)


class MinutedForm(Form):
    """Which minutes, and the number that they give for each figure; empty where they give none."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="In the minutes of", help_text="The meeting whose minutes these are"
    )
    minute_reference = forms.CharField(label="Reference in the minutes", max_length=50, required=False)
    words = Explanation(label="The minutes, word for word", required=False)

    def __init__(self, data: QueryDict | None, *, paper: Paper) -> None:
        super().__init__(data)
        self.paper = paper
        chosen = self.fields["meeting"]
        assert isinstance(chosen, forms.ModelChoiceField)
        meetings = Meeting.objects.filter(held_on__gte=paper.meeting.held_on).select_related("body")
        chosen.queryset = meetings.prefetch_related("body__former_names").order_by("held_on")
        self.counted = list(paper.figures.counted().filter(dimension={}).order_by("position"))
        for figure in self.counted:
            plans = ", ".join(figure.counted.plans)
            label = f"{figure.title}{f' ({plans})' if plans else ''}: the paper says {figure.value}"
            number = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_NUMBER, label=label)
            word(number, f"{figure.title} as minuted")
            self.fields[f"value_{figure.pk}"] = number

    def clean(self) -> dict[str, Any]:
        """At least one number."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.values():
            self.add_error(None, "Enter at least one number as the minutes have it")
        return cleaned

    def values(self) -> dict[int, int]:
        """The numbers typed, by the keys of their figures."""
        typed = {figure.pk: self.cleaned_data.get(f"value_{figure.pk}") for figure in self.counted}
        return {key: value for key, value in typed.items() if value is not None}
