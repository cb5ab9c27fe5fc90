"""What an auditor who followed up found of each recommendation, beside the claim that is kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.functional import cached_property

from actions.forms.audits import PERMISSION
from actions.models import Claim, FollowUp, FollowUpRating, RecommendationRating
from actions.models.claims import untold
from actions.models.follow_up import OtherDayError
from assets.forms.held import HeldForm
from governance.core.dates import long_date
from governance.core.forms import Explanation, Form
from governance.history.trail import because

if TYPE_CHECKING:
    from datetime import date

OTHER_DAY = "Somebody else changed the day of the plan meanwhile. Look at the claims below, and save again"
UNTOLD = (
    "What the council claimed of {} on {} cannot be told: what its actions say was entered later. Give the "
    "plan a day on which that was known, or have it brought in with its document"
)
RATED = "Somebody else rated {} meanwhile. It is left out below: check the others and save again"


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

    @property
    def offers(self) -> bool:
        """Is anything left to rate?"""
        return any(name.startswith("found_") for name in self.fields)

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
        rated = self.follow_up.ratings.standing().values_list(
            "recommendation_id", "recommendation__reference"
        )
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


class TakeRatingBackForm(Form):
    """Why a rating is taken back."""

    reason = Explanation(
        label="Why is it taken back?", help_text="Shown beside the rating, which stays to be read"
    )
