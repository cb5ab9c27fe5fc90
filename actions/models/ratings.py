"""What an auditor who followed up found of each recommendation, beside what the council claimed then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

from actions.models.audit import POINT, Recommendation
from actions.models.audit_lists import RecommendationRating
from actions.models.claims import Claim
from actions.models.follow_up import FollowUp
from governance.history.models import History, Recorded, VersionQuerySet

if TYPE_CHECKING:
    from governance.people.models import User


class RatingVersions(VersionQuerySet):
    """Versions of ratings."""

    def handled(self) -> Self:
        """With `handle`, that of the recommendation, and `follow_up_handle`, as addresses have them."""
        return self.annotate(
            handle=Concat("recommendation__audit__code", Value(POINT), "recommendation__reference"),
            follow_up_handle=Concat(
                "follow_up__audit__code", Value(POINT), "follow_up__number", output_field=models.CharField()
            ),
        )


class FollowUpRatingQuerySet(models.QuerySet["FollowUpRating"]):
    """Ratings, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of the audits that this person may open."""
        return self.filter(follow_up__in=FollowUp.objects.visible_to(person))


class FollowUpRating(Recorded):
    """What the auditor found of one recommendation; beside it what the council claimed, kept as it was."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="ratings")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="ratings")
    found = models.ForeignKey(
        RecommendationRating, models.PROTECT, related_name="ratings", verbose_name="the auditor's rating"
    )
    words = models.TextField("what the auditor says of it", blank=True, default="")
    claimed = models.CharField("the council's claim", max_length=17, choices=Claim, editable=False)
    claimed_on = models.DateField("claimed on", editable=False)

    objects = FollowUpRatingQuerySet.as_manager()
    history: Any = History(historical_queryset=RatingVersions)

    class Meta:
        ordering = ["follow_up", "recommendation"]
        constraints = [
            models.UniqueConstraint(
                name="recommendation_is_rated_once_in_a_follow_up", fields=["follow_up", "recommendation"]
            ),
            models.CheckConstraint(
                name="rating_claim_is_known",
                condition=Q(
                    claimed__in=["completed", "awaiting_approval", "in_progress", "not_started", "no_action"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.reference}: {self.found}"

    @property
    def differs(self) -> str:
        """How the two sides differ, in words; "" where they agree whether it is complete."""
        if self.claimed == Claim.COMPLETE and not self.found.is_complete:
            return "Claimed complete, found otherwise"
        if self.claimed != Claim.COMPLETE and self.found.is_complete:
            return "Found complete, though not claimed"
        return ""
