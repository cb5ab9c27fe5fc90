"""What an auditor who followed up found of each recommendation, beside what the council claimed then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat

from actions.models.audit import POINT, Audit, Recommendation
from actions.models.audit_lists import RecommendationRating
from actions.models.claims import Claim
from actions.models.follow_up import FollowUp
from governance.core.steps import StepError
from governance.history.models import History, Recorded, VersionQuerySet
from governance.history.trail import because

if TYPE_CHECKING:
    from actions.models.action import Action
    from governance.people.models import User


def differing(claimed: str, *, is_complete: bool) -> str:
    """How what was claimed and what was found differ, in words; "" where both say whether it is complete."""
    if claimed == Claim.COMPLETE and not is_complete:
        return "Claimed complete, found otherwise"
    if claimed != Claim.COMPLETE and is_complete:
        return "Found complete, though not claimed"
    return ""


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

    def of_action(self, action: Action) -> Self:
        """Those of the recommendations that an action answers, as it is recorded now."""
        further = action.recommendation_links.values("recommendation")
        return self.filter(Q(recommendation=action.recommendation_id) | Q(recommendation__in=further))

    def last_found(self, person: User) -> Self:
        """The one of the last follow-up for each recommendation, of audits that this person may open, with
        all that a page says of it, in one query."""
        seen = self.filter(void=False, follow_up__audit__in=Audit.objects.visible_to(person))
        told = seen.select_related("found", "follow_up__audit", "recommendation__audit")
        return told.order_by("recommendation_id", "-follow_up__number").distinct("recommendation_id")


class FollowUpRatingQuerySet(models.QuerySet["FollowUpRating"]):
    """Ratings, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of the audits that this person may open."""
        return self.filter(follow_up__in=FollowUp.objects.visible_to(person))

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(void=False)

    def taken_back(self) -> Self:
        """Those that were, with what a page says of them, in one query."""
        return self.filter(void=True).select_related("recommendation__audit", "found").order_by("pk")


class FollowUpRating(Recorded):
    """What the auditor found of one recommendation; beside it what the council claimed, kept as it was.

    One that was entered wrongly, or beside a wrong claim, is taken back with the reason, and stays to be
    read; another may then be entered.
    """

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="ratings")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="ratings")
    found = models.ForeignKey(
        RecommendationRating, models.PROTECT, related_name="ratings", verbose_name="the auditor's rating"
    )
    words = models.TextField("what the auditor says of it", blank=True, default="")
    claimed = models.CharField("the council's claim", max_length=17, choices=Claim, editable=False)
    claimed_on = models.DateField("claimed on", editable=False)
    void = models.BooleanField("taken back", default=False, editable=False)
    void_reason = models.TextField("why it was taken back", blank=True, default="", editable=False)

    objects = FollowUpRatingQuerySet.as_manager()
    history: Any = History(historical_queryset=RatingVersions)

    class Meta:
        ordering = ["follow_up", "recommendation"]
        constraints = [
            models.UniqueConstraint(
                name="recommendation_is_rated_once_in_a_follow_up",
                fields=["follow_up", "recommendation"],
                condition=Q(void=False),
            ),
            models.CheckConstraint(
                name="rating_taken_back_gives_a_reason",
                condition=Q(void=False, void_reason="") | Q(void=True) & ~Q(void_reason=""),
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
        return differing(self.claimed, is_complete=self.found.is_complete)

    # Changes

    @transaction.atomic
    def take_back(self, reason: str) -> None:
        """Say that this was never found so; figures leave it out from then on.

        Raises StepError where somebody else took it back before.
        """
        FollowUp.objects.select_for_update().get(pk=self.follow_up_id)
        with because(reason):
            taken = FollowUpRating.objects.standing().filter(pk=self.pk).update(void=True, void_reason=reason)
        if not taken:
            raise StepError("This rating was taken back already")
