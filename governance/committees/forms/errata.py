"""Correcting an issued paper."""

from __future__ import annotations

from typing import Any

from django import forms

from governance.committees.models import Meeting
from governance.core.dates import today
from governance.core.forms import Explanation, Form


class ErratumForm(Form):
    """To which meeting it goes, what was wrong, and what is right."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Meeting", help_text="Meetings to come: the same one, or the next"
    )
    said = Explanation(label="What did the report say?", help_text="Word for word, and where")
    instead = Explanation(label="What should it say?")
    because = Explanation(label="Why is it corrected?", help_text="All three are printed")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["meeting"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Meeting.objects.taking_papers().filter(held_on__gte=today()).named()
