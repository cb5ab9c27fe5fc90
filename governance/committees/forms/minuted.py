"""Recording figures of a paper as minutes have them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from assets.forms.held import HeldForm
from governance.committees.models import Meeting, MinutedFigure, Paper
from governance.core.dates import today
from governance.core.forms import Explanation, Form
from governance.core.forms.wording import word
from governance.core.numbers import LARGEST_NUMBER


class MinutedNumberForm(HeldForm):
    """Put a number right that was not recorded as the minutes have it; the history keeps what was."""

    class Meta:
        model = MinutedFigure
        fields = ("value",)
        error_messages: ClassVar[dict[str, Any]] = {
            "value": {"required": "Enter the number as the minutes have it"}
        }


class MinutedForm(Form):
    """Which minutes, and the number that they give for each figure; empty where they give none."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="In the minutes of",
        help_text="Meetings that took place, of the body of this paper and of those it went on to",
        empty_label="Choose a meeting",
        error_messages={"required": "Select the meeting whose minutes these are"},
    )
    minute_reference = forms.CharField(label="Reference in the minutes", max_length=50, required=False)
    words = Explanation(label="The minutes, word for word", required=False)

    def __init__(self, data: QueryDict | None, *, paper: Paper) -> None:
        super().__init__(data)
        self.paper = paper
        chosen = self.fields["meeting"]
        assert isinstance(chosen, forms.ModelChoiceField)
        bodies = [paper.meeting.body_id, *paper.followed_by.values_list("meeting__body", flat=True)]
        met = Meeting.objects.filter(body__in=bodies, state__in=Meeting.TOOK_PLACE, held_on__lte=today())
        chosen.queryset = met.filter(held_on__gte=paper.meeting.held_on).named().order_by("held_on")
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
