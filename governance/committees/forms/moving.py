"""A meeting moved to another day, as far as what hangs on its day allows."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from assets.forms.held import HeldForm
from governance.committees.forms.meetings import DECIDED
from governance.committees.models import Meeting, ResolutionDate
from governance.committees.permissions import KEEPING
from governance.core.dates import long_date, today
from governance.core.forms import Explanation


class MoveForm(HeldForm):
    """Move a meeting to another day. What is printed in issued papers stays as it was printed."""

    permission = KEEPING
    why_past = Explanation(
        label="Why it is moved into the past", required=False, help_text="Only for a day that is past"
    )

    class Meta:
        model = Meeting
        fields = ("held_on",)
        labels: ClassVar[dict[str, str]] = {"held_on": "New date"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.held_on < today():
            del self.fields["why_past"]  # it was held, or not: the day is put right

    def clean(self) -> dict[str, Any]:
        """What was to come and is past by this says why, in its history too."""
        cleaned = super().clean()
        day, why = cleaned.get("held_on"), cleaned.get("why_past")
        if "why_past" in self.fields and day and day < today():
            if not why and "why_past" not in self.errors:
                self.add_error("why_past", f"{long_date(day)} is past. Say why the meeting is moved there")
            cleaned["change_reason"] = f"{cleaned.get('change_reason', '')} {why or ''}".strip()
        return cleaned

    def clean_held_on(self) -> Any:
        """A day on which the body does not meet yet, not before what has been issued for the meeting."""
        day = self.cleaned_data["held_on"]
        if (
            Meeting.objects.filter(body=self.instance.body_id, held_on=day)
            .exclude(pk=self.instance.pk)
            .exists()
        ):
            raise forms.ValidationError(f"The body meets on {long_date(day)} already. Choose another day")
        if day > today() and self.instance.state in (Meeting.State.HELD, Meeting.State.INQUORATE):
            became = self.instance.get_state_display().lower()
            raise forms.ValidationError(f"The meeting was {became}, so enter a day that has come")
        self.check_notice(day)
        self.check_decided(day)
        self.check_issued(day)
        self.check_agreed(day)
        return day

    def check_notice(self, day: date) -> None:
        """Notice was given before it."""
        given = self.instance.notice_given_on
        if given and day <= given:
            raise forms.ValidationError(f"Notice of it was given on {long_date(given)}: choose a later day")

    def check_decided(self, day: date) -> None:
        """What it resolved, it resolved on a day that has come, and before that was called in."""
        if day > today() and self.instance.has_decided:
            raise forms.ValidationError(f"{DECIDED}, so enter a day that has come")
        called_in = self.instance.resolutions.called_in().order_by("called_in_on").first()
        if called_in and day > called_in.called_in_on:
            was = long_date(called_in.called_in_on)
            raise forms.ValidationError(f"A decision of it was called in on {was}: choose that day or before")

    def check_agreed(self, day: date) -> None:
        """Due dates that it agreed were agreed on its day."""
        agreed = ResolutionDate.objects.filter(resolution__meeting=self.instance.pk)
        standing = agreed.filter(revision__void=False, revision__corrected_by=None)
        if first := standing.exclude(revision__effective_on=day).select_related("revision").first():
            was = long_date(first.revision.effective_on)
            raise forms.ValidationError(
                f"A due date of an action is recorded as agreed at this meeting on {was}. Take the "
                "resolution off that date first"
            )

    def check_issued(self, day: date) -> None:
        """No paper has figures as at a day after its meeting, nor is it published after that."""
        issued = self.instance.papers.issued()
        if (first := issued.order_by("-as_at").first()) and day < first.as_at:
            raise forms.ValidationError(
                f"“{first}” is issued for it with figures as at {long_date(first.as_at)}: "
                "choose that day or a later one"
            )
        # What took the place of a withdrawn paper may have come out after the meeting.
        on_time = issued.exclude(follows__meeting=self.instance, follows__takedown__isnull=False)
        if first := on_time.filter(published_on__gt=day).order_by("-published_on").first():
            raise forms.ValidationError(
                f"“{first}” is issued for it and published on {long_date(first.published_on)}: "
                "choose that day or a later one"
            )
