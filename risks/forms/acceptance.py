"""Asking for a risk to be accepted, answering, taking an acceptance back."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from governance.core.forms import DateField, Explanation, Form
from risks.models import Acceptance


class AskForm(Form):
    """Why the council should bear the risk as it is."""

    reason = Explanation(
        label="Why should it be accepted?",
        help_text="What it would take to bring it down, why that is not done now, and until when you ask",
    )


class AnswerForm(Form):
    """Accepted until a day, or refused; `seen` is what the page showed."""

    answer = forms.ChoiceField(
        label="What do you answer?",
        choices=[
            (Acceptance.Answer.ACCEPTED, "Accept it, until a day"),
            (Acceptance.Answer.REFUSED, "Refuse: it has to be brought down"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you accept the risk or refuse"},
    )
    until = DateField(
        label="Until which day is it accepted?",
        subject="the day until which it is accepted",
        required=False,
        help_text="If you accept it: a year from today at most. After that day the risk waits for you again",
    )
    conditions = Explanation(
        label="Conditions",
        required=False,
        help_text="What has to be done or reported meanwhile, or what you want to see before you are "
        "asked again",
    )
    reason = Explanation(label="Why?", help_text="This is kept with the answer and cannot be changed")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, seen: str, may_accept: bool) -> None:
        super().__init__(data, initial={"seen": seen})
        if not may_accept:
            field = self.fields["answer"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(Acceptance.Answer.REFUSED, "Refuse: it has to be brought down")]
            field.help_text = (
                "It is your own risk, or you raised, scored or asked: somebody else may accept it"
            )

    def show_again(self, seen: str) -> None:
        """What was typed, over what stands now."""
        self.data = {**dict(self.data.items()), "seen": seen}


class EndForm(Form):
    """Why the council bears it no more."""

    reason = Explanation(label="Why is it taken back?")
