"""Auditors who come back: when they were to, and when they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from actions.models.audit import POINT, Audit
from actions.models.audit_lists import FollowUpKind
from actions.models.claims import Claim, claims
from actions.models.mistaken import STANDING, Mistakable, gives_a_reason
from governance.core.dates import long_date
from governance.figures.models import TwoClockQuerySet, TwoClockRow
from governance.figures.moment import Moment
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from actions.models.audit import Recommendation
    from actions.models.audit_lists import RecommendationRating
    from actions.models.ratings import FollowUpRating
    from governance.people.models import User


class OtherDayError(ValueError):
    """Somebody else changed the day of the plan since it was read."""


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Follow-ups, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of the audits that this person may open."""
        return self.filter(audit__in=Audit.objects.visible_to(person))

    def standing(self) -> Self:
        """Those that were not entered in error."""
        return self.filter(STANDING)

    def for_list(self) -> Self:
        """What the page of an audit says of them, in two queries: `planned` has the latest range first."""
        ranges = Prefetch("ranges", PlannedRange.objects.for_page(), to_attr="planned")
        return self.select_related("kind", "audit").prefetch_related(ranges)


class FollowUp(Mistakable, Recorded):
    """One return of the auditor. The opinion is the auditor's own, and never worked out."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField(editable=False)
    kind = models.ForeignKey(FollowUpKind, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    plan_as_at = models.DateField("the plan given to the auditor is as at", null=True, blank=True)
    held_from = models.DateField("first day of the follow-up", null=True, blank=True)
    held_to = models.DateField("last day of the follow-up", null=True, blank=True)
    reported_on = models.DateField("date of the report", null=True, blank=True)
    document = models.CharField("in which document", max_length=300, blank=True, default="")
    opinion = models.CharField("overall opinion", max_length=100, blank=True, default="")
    illustrative = models.BooleanField("not the auditor's own words", default=False)

    objects = FollowUpQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["audit", "number"]
        constraints = [
            models.UniqueConstraint(name="follow_up_number_once_in_audit", fields=["audit", "number"]),
            gives_a_reason("follow_up_in_error_gives_a_reason"),
            models.CheckConstraint(name="follow_up_is_counted_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="follow_up_ends_after_it_begins",
                condition=Q(held_to=None) | Q(held_from__isnull=False, held_to__gte=F("held_from")),
            ),
            models.CheckConstraint(
                name="follow_up_reports_after_it_began",
                condition=Q(reported_on=None) | Q(held_from=None) | Q(reported_on__gte=F("held_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"Follow-up {self.number}"

    @property
    def reference(self) -> str:
        """What it is called within its audit."""
        return str(self)

    @property
    def handle(self) -> str:
        """What figures call it by: code of the audit, a point, its number."""
        return f"{self.audit.code}{POINT}{self.number}"

    def get_absolute_url(self) -> str:
        """The page on which both views stand side by side."""
        return reverse("actions:follow_up", args=[self.audit.code, self.number])

    # Changes

    @transaction.atomic
    def rate(self, found: Mapping[int, RecommendationRating]) -> None:
        """Keep what the auditor found of recommendations, by key, each beside the council's claim of it.

        Raises ValueError where no day of the plan is recorded, OtherDayError where it is not the day that was
        read any more, and IntegrityError where one is rated already.
        """
        standing = FollowUp.objects.select_for_update().get(pk=self.pk)
        if standing.mistaken_at:
            raise OtherDayError(f"{self} was entered in error")
        if standing.plan_as_at != self.plan_as_at:
            raise OtherDayError(f"The plan of {self} is as at another day than was read")
        day, claimed = self.plan_as_at, self.claims()
        if day is None or claimed is None:
            raise ValueError("A claim needs the day of the plan that the auditor was given")
        self.ratings.bulk_create(
            self.ratings.model(
                follow_up=self,
                recommendation_id=recommendation,
                found=rating,
                claimed=claimed.get(recommendation, Claim.NONE),
                claimed_on=day,
            )
            for recommendation, rating in found.items()
        )

    # Queries

    def rated(self, among: Iterable[Recommendation]) -> dict[int, FollowUpRating]:
        """What was found of some recommendations, by their keys."""
        asked = self.ratings.standing().filter(recommendation__in=[each.pk for each in among])
        found = asked.select_related("found")
        return {each.recommendation_id: each for each in found}

    def claims(self) -> dict[int, Claim] | None:
        """What the council claimed on the day of its plan, as known on that day; None where none is said."""
        day = self.plan_as_at
        return claims(self.audit, Moment.of(day, day)) if day else None


class PlannedRangeQuerySet(TwoClockQuerySet["PlannedRange"]):
    """Ranges in which a follow-up was planned."""

    def for_page(self) -> Self:
        """The latest first."""
        return self.filter(void=False, corrected_by=None).order_by("-effective_on", "-place")


class PlannedRange(TwoClockRow):
    """When a follow-up was to be, as it was said on a day. What was said before stays."""

    subject = "follow_up_id"

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="ranges")
    from_on = models.DateField("from")
    to_on = models.DateField("to")
    words = models.CharField("in the words in which it was said", max_length=200, blank=True, default="")
    reason = models.TextField("why it was moved", blank=True, default="")
    # What the form that was sent carried: sent twice, it is kept once.
    entry = models.UUIDField(null=True, unique=True, editable=False)
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    objects = PlannedRangeQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        ordering = ["-effective_on", "-place"]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(
                name="planned_range_ends_after_it_begins", condition=Q(to_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{long_date(self.from_on)} to {long_date(self.to_on)}"
