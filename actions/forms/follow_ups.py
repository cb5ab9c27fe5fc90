"""Following an audit up: when the auditor means to return, how it was done, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Max
from django.http import QueryDict

from actions.forms.audits import AS_GIVEN, PERMISSION
from actions.forms.mistaken import once
from actions.models import Audit, FollowUp, PlannedRange
from assets.forms.held import HeldForm, RowForm
from governance.core.dates import today
from governance.core.forms import Explanation

if TYPE_CHECKING:
    from governance.people.models import User

SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "follow_up_ends_after_it_begins": (
        ("held_to",),
        "Enter the first day too, and a last day that is on or after it",
    ),
    "follow_up_reports_after_it_began": (
        ("reported_on",),
        "The date of the report must be on or after the first day of the follow-up",
    ),
}
AHEAD = "Enter a day that is today or in the past: what is planned is said as a range"
HAVE_COME = {
    "plan_as_at": "The day of the plan must be today or in the past",
    **dict.fromkeys(("held_from", "held_to", "reported_on"), AHEAD),
}
SECOND = "Somebody else entered a follow-up of this audit meanwhile. Look at it before you enter another"
STAYS = "Recommendations are rated against the plan of the day recorded before: that day stays"


class FollowUpForm(HeldForm):
    """Say how the follow-up was done, and what the auditor concluded."""

    permission = PERMISSION
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    class Meta:
        model = FollowUp
        fields = (
            "kind", "plan_as_at", "held_from", "held_to",
            "reported_on", "document", "opinion", "illustrative",
        )  # fmt: skip
        help_texts: ClassVar[dict[str, str]] = {
            "plan_as_at": "What the auditor finds is compared with what the council claimed on that day",
            "document": "Such as “Follow-up data protection audit report”",
            "opinion": AS_GIVEN,
        }

    def clean(self) -> dict[str, Any]:
        """Days that have come, and the same day of the plan as before once something is rated by it: looked
        at after the entry is locked."""
        cleaned = super().clean()
        for name, sentence in HAVE_COME.items():
            if (day := cleaned.get(name)) and day > today():
                self.add_error(name, sentence)
        rated = self.instance.ratings.standing().values_list("claimed_on", flat=True).first()
        if rated and "plan_as_at" in cleaned and cleaned["plan_as_at"] != rated:
            self.add_error("plan_as_at", STAYS)
        return cleaned


class RangeForm(RowForm):
    """Say when the follow-up is to be, and of a date that moves, why."""

    taken = SECOND
    SENTENCES: ClassVar[dict[str, Any]] = {
        "planned_range_ends_after_it_begins": (
            ("to_on",),
            "The last day of the range must be on or after its first",
        ),
    }

    reason = Explanation(label="Why it was moved", required=False)
    entry = once()

    class Meta:
        model = PlannedRange
        fields = ("from_on", "to_on", "words", "effective_on", "source_document", "reason")
        labels: ClassVar[dict[str, str]] = {
            "from_on": "Planned from",
            "to_on": "Planned to",
            "effective_on": "Said on",
            "source_document": "In which document or mail",
        }
        help_texts: ClassVar[dict[str, str]] = {"words": "Such as “the end of 2016 or early 2017”"}

    def __init__(self, data: QueryDict | None, *, follow_up: FollowUp, person: User) -> None:
        planned = PlannedRange(follow_up=follow_up, recorded_by=person, recorded_as=person.post_title)
        super().__init__(data, instance=planned)
        self.fields["effective_on"].initial = today()
        self.fields["reason"].required = bool(follow_up.pk) and follow_up.ranges.for_page().exists()
        self.fields["reason"].error_messages["required"] = "Say why it was moved"

    def clean(self) -> dict[str, Any]:
        """Refuses a form that was sent before: it is entered once."""
        cleaned = super().clean() or self.cleaned_data
        self.instance.entry = cleaned.get("entry")
        before = PlannedRange.objects.filter(entry=self.instance.entry).exclude(entry=None)
        if found := before.select_related("follow_up").first():
            self.add_error(None, f"This was sent before and is entered: {found.follow_up}, {found}")
        return cleaned

    def clean_effective_on(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["effective_on"]
        if day > today():
            raise forms.ValidationError("The day on which it was said must be today or in the past")
        return day


class NewFollowUpForm(RangeForm):
    """Enter that the auditor means to return, and when."""

    def __init__(self, data: QueryDict | None, *, audit: Audit, person: User) -> None:
        super().__init__(data, follow_up=FollowUp(audit=audit), person=person)
        del self.fields["reason"]

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The follow-up under its next number, with when it is planned."""
        follow_up = self.instance.follow_up
        last: int | None = follow_up.audit.follow_ups.aggregate(last=Max("number"))["last"]
        follow_up.number = (last or 0) + 1
        follow_up.save(force_insert=True)
        self.instance.follow_up = follow_up
        return super().save(commit)
