"""Following an audit up: when the auditor means to return, how it was done, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils.functional import cached_property

from actions.forms.audits import AS_GIVEN, PERMISSION
from actions.models import Audit, Claim, FollowUp, FollowUpRating, PlannedRange, RecommendationRating
from actions.models.claims import untold
from actions.models.follow_up import OtherDayError
from assets.forms.held import HeldForm, RowForm
from governance.core.dates import long_date, today
from governance.core.forms import Form
from governance.history.trail import because

if TYPE_CHECKING:
    from datetime import date

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
SECOND = "Somebody else entered a follow-up of this audit meanwhile. Look at it before you enter another"
STAYS = "Recommendations are rated against the plan of the day recorded before: that day stays"
OTHER_DAY = "Somebody else changed the day of the plan meanwhile. Look at the claims below, and save again"
UNTOLD = (
    "What the council claimed of {} on {} cannot be told: what its actions say was entered later. Give the "
    "plan a day on which that was known, or have it brought in with its document"
)
RATED = "Somebody else rated {} meanwhile. It is left out below: check the others and save again"


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

    def clean_plan_as_at(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["plan_as_at"]
        if day and day > today():
            raise forms.ValidationError("The day of the plan must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        """The same day as before once something is rated by it: looked at after the entry is locked."""
        cleaned = super().clean()
        rated = self.instance.ratings.values_list("claimed_on", flat=True).first()
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
        self.fields["reason"].required = bool(follow_up.pk) and follow_up.ranges.exists()
        self.fields["reason"].error_messages["required"] = "Say why it was moved"

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


class RatingsForm(Form):
    """Enter what the auditor found of recommendations that are not rated yet in this follow-up.

    Each stands with the council's claim that will be kept beside it, as at the day in the hidden field.
    """

    seen_day = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, follow_up: FollowUp) -> None:
        super().__init__(data)
        self.initial["seen_day"] = str(follow_up.plan_as_at)
        self.follow_up = follow_up
        offered = RecommendationRating.objects.offered()
        self.words = {str(each.pk): each for each in offered}
        choices = [("", "Not rated"), *((key, each.name) for key, each in self.words.items())]
        for asked in follow_up.audit.recommendations.unrated(follow_up):
            label = f"{asked.reference}: {asked.text[:100]}{'…' if len(asked.text) > 100 else ''}"
            self.fields[f"found_{asked.pk}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, help_text=self.claim_of(asked.pk)
            )

    @cached_property
    def untold(self) -> set[int]:
        """The recommendations of which nobody can tell what was claimed on the day of the plan."""
        return untold(self.follow_up.audit, self.day)

    @cached_property
    def claims(self) -> dict[int, Claim]:
        """What was claimed of the others that an action answered."""
        return self.follow_up.claims() or {}

    @property
    def day(self) -> date:
        """The day of the plan that the auditor was given. Raises ValueError where none is recorded."""
        if self.follow_up.plan_as_at is None:
            raise ValueError("Nothing is rated before the day of the plan is recorded")
        return self.follow_up.plan_as_at

    def claim_of(self, recommendation: int) -> str:
        """What will be kept as the council's claim, in words."""
        if recommendation in self.untold:
            return f"What the council claimed on {long_date(self.day)} cannot be told"
        claim = self.claims.get(recommendation, Claim.NONE)
        return f"The council claimed on {long_date(self.day)}: {claim.label.lower()}"

    def clean(self) -> dict[str, Any]:
        """What was chosen: at least one, and of a plan whose day is said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if taken := self.rated_meanwhile():
            raise forms.ValidationError(RATED.format(", ".join(taken)))
        if cleaned.pop("seen_day", "") not in ("", str(self.day)):
            self.data = {**dict(self.data.items()), "seen_day": str(self.day)}
            raise forms.ValidationError(OTHER_DAY)
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Choose what the auditor found of at least one recommendation")
        for asked in self.follow_up.audit.recommendations.filter(pk__in=self.untold):
            if cleaned.get(f"found_{asked.pk}"):
                self.add_error(f"found_{asked.pk}", UNTOLD.format(asked.reference, long_date(self.day)))
        return cleaned

    def rated_meanwhile(self) -> list[str]:
        """The references of those for which something is chosen here, and that are rated already."""
        chosen = {name for name, word in self.data.items() if name.startswith("found_") and word}
        rated = self.follow_up.ratings.values_list("recommendation_id", "recommendation__reference")
        return sorted(reference for key, reference in rated if f"found_{key}" in chosen)

    def saved(self) -> int | None:
        """How many are rated now; None where somebody else was faster with one, as the form then says."""
        chosen = {name: word for name, word in self.cleaned_data.items() if word}
        found = {int(name.removeprefix("found_")): self.words[word] for name, word in chosen.items()}
        try:
            with transaction.atomic(), because(f"Entered for {self.follow_up.handle}"):
                self.follow_up.rate(found)
        except IntegrityError:
            self.add_error(None, RATED.format("one of these"))
            return None
        except OtherDayError:
            self.add_error(None, OTHER_DAY)
            return None
        return len(found)


class RatingForm(HeldForm):
    """Put a rating right, or hold what the auditor says beside it."""

    permission = PERMISSION

    class Meta:
        model = FollowUpRating
        fields = ("found", "words")
        help_texts: ClassVar[dict[str, str]] = {"words": "Word by word as it stands in the report"}
