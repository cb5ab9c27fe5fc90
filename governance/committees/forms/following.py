"""Taking a report on to another body."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from governance.committees.models import Meeting, Paper
from governance.core.dates import today
from governance.core.forms import Form


class FollowForm(Form):
    """Choose the meeting that the same report goes to next."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Meeting")

    def __init__(self, data: QueryDict | None, *, first: Paper) -> None:
        super().__init__(data)
        choice = self.fields["meeting"]
        assert isinstance(choice, forms.ModelChoiceField)
        to_come = Meeting.objects.taking_papers().filter(held_on__gte=min(today(), first.meeting.held_on))
        choice.queryset = to_come.exclude(body=first.meeting.body_id).named()
        choice.help_text = "Meetings of other bodies, from the first meeting on"
