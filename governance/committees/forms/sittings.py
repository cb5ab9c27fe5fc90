"""What a meeting leaves behind: who came, and what members asked."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from assets.forms.held import HeldForm, RowForm
from governance.committees.models import Attendance, Meeting, MembersQuestion
from governance.committees.permissions import KEEPING
from governance.core.dates import long_date, today
from governance.core.forms import Explanation, Form

ATTENDANCE: dict[str, tuple[tuple[str, ...], str]] = {
    "attendance_is_of_a_post_or_a_portfolio": (
        ("portfolio", "post"),
        "Choose a post or enter a portfolio: one of the two",
    ),
    "attendance_is_said_once": (("post",), "They are on the list of this meeting already"),
}
QUESTION: dict[str, tuple[tuple[str, ...], str]] = {
    "answer_has_its_day": (("answered_on",), "Enter the answer and the day on which it was given, or neither")
}


class AttendanceForm(RowForm):
    """Add somebody who is expected, or was invited."""

    taken = ATTENDANCE["attendance_is_said_once"][1]
    SENTENCES: ClassVar[dict[str, Any]] = ATTENDANCE

    class Meta:
        model = Attendance
        fields = ("post", "portfolio", "is_invited", "came")
        help_texts: ClassVar[dict[str, str]] = {
            "portfolio": "Where there is no post: such as “Cabinet Member for Policy and Leadership”",
        }

    def clean_came(self) -> str:
        """Of a meeting to come nobody knows who came."""
        return came_by_now(self.instance.meeting, self.cleaned_data["came"])


class CameForm(HeldForm):
    """Say whether somebody came."""

    permission = KEEPING

    class Meta:
        model = Attendance
        fields = ("came",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["change_reason"]

    def clean_came(self) -> str:
        """Of a meeting to come nobody knows who came."""
        return came_by_now(self.instance.meeting, self.cleaned_data["came"])

    def clean(self) -> dict[str, Any]:
        """Who came is entered as it was, and needs no further reason."""
        return super().clean() | {"change_reason": "Attendance entered"}


class RollForm(Form):
    """Say of everybody on the roll at once whether they came. `seen` is the digest of what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: QueryDict | None, *, meeting: Meeting, seen: str) -> None:
        super().__init__(data, initial={"seen": seen})
        self.meeting = meeting
        self.places = {f"came_{name_of(each)}": each for each in meeting.roll()}
        for name, each in self.places.items():
            label = f"{each}, invited" if each.is_invited else str(each)
            self.fields[name] = forms.ChoiceField(
                label=label, choices=Attendance.Came.choices, initial=each.came
            )

    def clean(self) -> dict[str, Any]:
        """Of a meeting to come nobody knows who came."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.places:
            try:
                came_by_now(self.meeting, chosen.get(name, ""))
            except forms.ValidationError as to_come:
                self.add_error(name, to_come)
        return chosen

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        chosen = self.cleaned_data
        return {
            "came": {each.place: chosen[name] for name, each in self.places.items()},
            "seen": chosen["seen"],
        }


def name_of(one: Attendance) -> str:
    """What stands for one of a roll in the names of fields: the same whoever else is on it."""
    return sha256(one.place.encode()).hexdigest()[:16]


def came_by_now(meeting: Meeting, came: str) -> str:
    """The same. Raises ValidationError for who came to a meeting that is still to come."""
    if came in (Attendance.Came.ATTENDED, Attendance.Came.ABSENT) and meeting.held_on > today():
        raise forms.ValidationError(f"The meeting of {long_date(meeting.held_on)} is still to come")
    return came


class QuestionForm(RowForm):
    """A question of a member, with the answer where it was given at once."""

    SENTENCES: ClassVar[dict[str, Any]] = QUESTION
    question = Explanation()
    answer = Explanation(required=False)

    class Meta:
        model = MembersQuestion
        fields = ("asked_by", "question", "answer", "answered_on")
        help_texts: ClassVar[dict[str, str]] = {
            "asked_by": "A seat or group, such as “a member of the committee”"
        }


class AnswerForm(HeldForm):
    """Answer a question, or put it right."""

    permission = KEEPING
    SENTENCES: ClassVar[dict[str, Any]] = QUESTION
    question = Explanation()
    answer = Explanation(required=False)

    class Meta:
        model = MembersQuestion
        fields = ("asked_by", "question", "answer", "answered_on")
