"""Meetings: entered, changed, moved, and whether they were held."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from assets.forms.held import HeldForm
from assets.models.periods import EARLIEST, LATEST
from governance.committees.forms.once import EnteredOnceForm
from governance.committees.models import Meeting
from governance.committees.permissions import KEEPING
from governance.core.dates import long_date, today
from governance.core.forms import DateField, Explanation
from governance.history.trail import because

HOUR = "Such as 14:00"
OF_THE_EXECUTIVE = ("notice_given_on", "decisions_published_on")
DECIDED = "It is recorded what the meeting resolved or asked for"
ONCE_A_DAY = "This meeting is there already"
STATE_SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "meeting_not_held_says_why": (
        ("reason",),
        "Say why it was cancelled or inquorate. Leave it empty where the meeting is planned or was held",
    )
}


class MeetingForm(EnteredOnceForm):
    """A new meeting of a body. One in the past is history brought in, and says why."""

    ONCE = ("held_on", ONCE_A_DAY)

    why_past = Explanation(
        label="Why a meeting in the past is entered", required=False, help_text="Only for a day that is past"
    )

    class Meta:
        model = Meeting
        fields = ["body", "held_on", "starts_at", "place", "title"]
        help_texts: ClassVar[dict[str, str]] = {"starts_at": HOUR}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.fields["held_on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = EARLIEST, LATEST

    def clean(self) -> dict[str, Any]:
        """A body meets once a day; what is brought in says why."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        if chosen.get("body") and chosen.get("held_on"):
            known = Meeting.objects.filter(body=chosen["body"], held_on=chosen["held_on"])
            if known.exists():
                self.add_error(*self.ONCE)
        day = chosen.get("held_on")
        if day and day < today() and not chosen.get("why_past"):
            self.add_error("why_past", f"{long_date(day)} is past. Say why the meeting is entered now")
        return chosen

    def entered(self) -> bool:
        """Save it, with the reason in its history."""
        with because(self.cleaned_data.get("why_past") or "Meeting entered"):
            return super().entered()

    def _post_clean(self) -> None:
        """The one rule of the database that a person can break is said above, in plain words."""
        self._validate_unique = False
        forms.models.construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


class MeetingChangeForm(HeldForm):
    """Change when in the day and where, and say when notice was given and decisions were published."""

    permission = KEEPING
    SENTENCES: ClassVar[dict[str, Any]] = {
        "notice_is_given_before_the_meeting": (("notice_given_on",), "Notice is given before the meeting")
    }

    class Meta:
        model = Meeting
        fields = ("title", "starts_at", "place", *OF_THE_EXECUTIVE)
        help_texts: ClassVar[dict[str, str]] = {
            "starts_at": HOUR,
            "notice_given_on": "For key decisions. Leave empty until it is given",
            "decisions_published_on": "The days of call-in are counted from this day",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.body.is_executive:
            for name in OF_THE_EXECUTIVE:
                del self.fields[name]

    def clean_notice_given_on(self) -> Any:
        """A day that has come: then it was given."""
        day = self.cleaned_data["notice_given_on"]
        if day and day > today():
            raise forms.ValidationError(
                f"{long_date(day)} is still to come. Enter the day once notice is given"
            )
        return day

    def clean_decisions_published_on(self) -> Any:
        """Not before the meeting that takes them."""
        day = self.cleaned_data["decisions_published_on"]
        if day and day < self.instance.held_on:
            raise forms.ValidationError("Decisions are published on or after the day of the meeting")
        return day


class StateForm(HeldForm):
    """Say that a meeting was held, or why it was not."""

    permission = KEEPING
    SENTENCES: ClassVar[dict[str, Any]] = STATE_SENTENCES
    reason = Explanation(
        label="Why it was not held", required=False, help_text="For a meeting cancelled or inquorate"
    )

    class Meta:
        model = Meeting
        fields = ("state", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["change_reason"]

    def clean_state(self) -> str:
        """What has not come was not held yet."""
        state: str = self.cleaned_data["state"]
        if state in (Meeting.State.HELD, Meeting.State.INQUORATE) and self.instance.held_on > today():
            raise forms.ValidationError(f"The meeting of {long_date(self.instance.held_on)} is still to come")
        if state not in Meeting.TOOK_PLACE and self.instance.has_decided:
            raise forms.ValidationError(f"{DECIDED}, so it was neither cancelled nor inquorate")
        return state

    def clean(self) -> dict[str, Any]:
        """The reason stands in the history too."""
        cleaned = super().clean()
        cleaned["change_reason"] = cleaned.get("reason") or "What became of the meeting is said"
        return cleaned
