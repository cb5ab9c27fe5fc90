"""What an officer types of restatements: the class with its reason, and from what size on errors are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.template.defaultfilters import pluralize

from governance.committees.forms.once import EnteredOnceForm
from governance.committees.models import Classing, Materiality, Paper
from governance.core.dates import long_date, today
from governance.core.forms import Explanation, Form
from governance.core.numbers import LARGEST_NUMBER

if TYPE_CHECKING:
    from django.http import QueryDict

    from governance.committees.models import Body, Restatement

MEANINGS = {
    "error": "What was recorded was wrong",
    "late report": "It had happened by then, and was reported later",
    "reclassification": "The same facts are counted elsewhere now",
    "changed definition": "What the figure counts has been defined anew",
}


class ClassForm(Form):
    """The class, the reason, and whether others that the same facts moved get both too."""

    kind = forms.ChoiceField(
        label="What sort of restatement is it?",
        choices=[(kind.value, f"{kind.label}: {MEANINGS[kind.value].lower()}") for kind in Classing.Kind],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what sort of restatement it is"},
    )
    reason = Explanation(label="Why?", help_text="Printed in papers: say what happened, and name nobody")
    beside = forms.BooleanField(required=False, initial=True)
    seen = forms.IntegerField(widget=forms.HiddenInput, max_value=LARGEST_NUMBER)

    def __init__(self, data: QueryDict | None, *, found: Restatement, others: int) -> None:
        last = found.classings.last()
        start: dict[str, Any] = {"seen": last.number if last else 0}
        if last:
            start |= {"kind": last.kind, "reason": last.reason}
        super().__init__(data, initial=start)
        if others:
            figures = f"{others} other figure{pluralize(others)}"
            self.fields["beside"].label = f"The same for {figures} that the same corrections moved"
        else:
            del self.fields["beside"]


class MaterialityForm(EnteredOnceForm):
    """From a day on: so many records, or so many per cent."""

    ONCE = ("starts_on", "Somebody has just set something from that day on")
    anew = forms.BooleanField(
        label="This puts right what is set from that day on already",
        required=False,
        help_text="Until a paper has been issued by it",
    )

    class Meta:
        model = Materiality
        fields = ["starts_on", "records", "per_cent"]
        labels = {
            "starts_on": "From which day?",
            "records": "So many records or more",
            "per_cent": "Or so many per cent of the figure or more",
        }
        help_texts = {"records": "For example, 2", "per_cent": "For example, 5. Either is enough"}

    def __init__(self, data: QueryDict | None, *, body: Body) -> None:
        super().__init__(data, initial={"starts_on": today()})
        self.instance.body = body
        self.set_before = Materiality.objects.filter(body=body, starts_on__gte=today())
        if not self.set_before.exists():
            del self.fields["anew"]

    def clean_starts_on(self) -> date:
        """Today or later."""
        begins: date = self.cleaned_data["starts_on"]
        if begins < today():
            raise forms.ValidationError("The day must be today or later: what papers were told by stays")
        return begins

    def put_right(self, begins: date) -> None:
        """What begins that day already is put right where the officer says so and no paper went by it."""
        before = self.set_before.filter(starts_on=begins).first()
        if before is None:
            return
        told = f"From {long_date(begins)} on it is {before} already"
        issued = Paper.objects.issued().filter(meeting__body=before.body_id, as_at__gte=begins)
        if issued.exists():
            self.add_error("starts_on", f"{told}, and a paper was issued by that: choose a later day")
        elif not self.cleaned_data.get("anew"):
            self.add_error("starts_on", f"{told}. Say below that you put that right, or choose another day")
        else:
            self.instance = before

    def clean(self) -> dict[str, Any]:
        """At least one of the two, and both of a size that can be."""
        typed = super().clean() or self.cleaned_data
        for name, most in (("records", LARGEST_NUMBER), ("per_cent", 100)):
            if typed.get(name) is not None and not 1 <= typed[name] <= most:
                self.add_error(name, f"Enter a whole number from 1 to {most:,}")
        if not self.errors and not (typed.get("records") or typed.get("per_cent")):
            self.add_error("records", "Enter a number of records, or per cent of the figure")
        if begins := typed.get("starts_on"):
            self.put_right(begins)
        return typed
