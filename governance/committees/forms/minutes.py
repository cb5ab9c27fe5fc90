"""The minutes of a meeting: writing them, and saying at which later meeting they were confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Max
from django.http import QueryDict

from assets.forms.held import RowForm
from governance.committees.models import Meeting, Minutes
from governance.core.dates import long_date, today
from governance.core.forms import Explanation, Form

LONGEST_MINUTES = 200_000  # characters


class MinutesForm(RowForm):
    """The minutes of a meeting, or a corrected version of them with what is put right."""

    taken = "Somebody else entered minutes of this meeting meanwhile. Read them before you enter yours"
    text = Explanation(label="Minutes", rows=20, max_length=LONGEST_MINUTES)
    correction = Explanation(label="What is put right, and why")

    class Meta:
        model = Minutes
        fields = ("text", "correction")

    def __init__(self, data: QueryDict | None, *, meeting: Meeting) -> None:
        last: int = meeting.minutes.aggregate(last=Max("number"))["last"] or 0
        super().__init__(data, instance=Minutes(meeting=meeting, number=last + 1))
        if not last:
            del self.fields["correction"]
        elif before := meeting.minutes.filter(number=last).first():
            self.fields["text"].initial = before.text

    def clean(self) -> dict[str, Any]:
        """A meeting to come has none."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.meeting.held_on > today():
            self.add_error(
                None, f"The meeting of {long_date(self.instance.meeting.held_on)} is still to come"
            )
        return cleaned


class ConfirmForm(Form):
    """Say at which later meeting of the body the minutes were confirmed."""

    confirmed_at = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Confirmed at the meeting of",
        empty_label="Choose a meeting",
        error_messages={"required": "Select the meeting at which they were confirmed"},
    )

    def __init__(self, data: QueryDict | None, *, minutes: Minutes) -> None:
        super().__init__(data)
        self.minutes = minutes
        later = minutes.meeting.body.meetings.filter(
            held_on__gt=minutes.meeting.held_on, held_on__lte=today(), state=Meeting.State.HELD
        )
        choice = self.fields["confirmed_at"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = later.named()
        choice.help_text = "Later meetings of the body that were held are offered"
        self.has_meetings = later.exists()

    @transaction.atomic
    def saved(self) -> bool:
        """Write it, unless it was confirmed or corrected meanwhile; the form then says so."""
        standing = Minutes.objects.select_for_update().get(pk=self.minutes.pk)
        if standing.confirmed_at_id:
            self.add_error(None, "These minutes are confirmed already")
        elif standing.meeting.minutes.filter(number__gt=standing.number).exists():
            self.add_error(None, "There is a corrected version: confirm that one")
        else:
            standing.confirm(self.cleaned_data["confirmed_at"])
        return not self.errors
