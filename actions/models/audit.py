"""Where recommendations come from: audits and maturity assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Lower
from django.urls import reverse

from actions.models.audit_lists import AuditKind
from assets.models import READERS
from governance.history.models import History, Recorded, VersionQuerySet
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from actions.models.follow_up import FollowUp
    from governance.figures.moment import Moment
    from governance.people.models import User

# Between the code of an audit, which has none, and the auditor's reference, in one address.
POINT = "."


class AuditQuerySet(models.QuerySet["Audit"]):
    """Audits, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for readers of the registers; others those that a plan they may open answers."""
        if person.holds(*READERS):
            return self.all()
        from actions.models.plan import ActionPlan

        return self.filter(pk__in=ActionPlan.objects.visible_to(person).values("audit"))


class Audit(Recorded):
    """One audit or assessment of the council by somebody else; the opinion is the auditor's own words."""

    code = models.SlugField(unique=True)
    kind = models.ForeignKey(AuditKind, models.PROTECT, null=True, blank=True, related_name="audits")
    auditor = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    audited_from = models.DateField(null=True, blank=True)
    audited_to = models.DateField(null=True, blank=True)
    reported_on = models.DateField("date of the report", null=True, blank=True)
    opinion = models.CharField("overall opinion", max_length=100, blank=True, default="")
    opinion_note = models.TextField("the council's note on it", blank=True, default="")
    scope = models.TextField(blank=True, default="")

    objects = AuditQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["audited_from", "code"]
        constraints = [
            models.CheckConstraint(
                name="audit_ends_after_it_begins",
                condition=Q(audited_to=None) | Q(audited_to__gte=F("audited_from")),
            ),
            models.CheckConstraint(
                name="audit_has_an_auditor_and_a_title", condition=~Q(auditor="") & ~Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the audit."""
        return reverse("actions:audit", args=[self.code])


class ScopeArea(Recorded):
    """A part of what the audit looked at, with the auditor's opinion of it as given."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="scope_areas")
    code = models.SlugField()
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    opinion = models.CharField("opinion of this area", max_length=100, blank=True, default="")

    history = History()

    class Meta:
        ordering = ["audit", "position"]
        constraints = [
            models.UniqueConstraint(name="scope_area_code_once_in_audit", fields=["audit", "code"])
        ]

    def __str__(self) -> str:
        return self.title


class RecommendationVersions(VersionQuerySet):
    """Versions of recommendations."""

    def handled(self) -> Self:
        """With `handle`: what stands for one in an address, such as ico-2015.A01."""
        return self.annotate(handle=Concat("audit__code", Value(POINT), "reference"))

    def handed_over(self, moment: Moment) -> Self:
        """What packs as at a day hold: each as it stood then or, if entered later, as it was first entered;
        with `answer`, the council's answer, where that was given by then."""
        instant = instant_of(moment)
        stood = Q(history_date__lt=instant, history_until__gte=instant) & ~Q(history_type="-")
        known = self.before(moment.known_before).values("id")
        entered_later = Q(history_type="+", history_date__gte=instant, id__in=known)
        given = Case(When(responded_on__gt=moment.as_at, then=Value("")), default=F("response"))
        return self.handled().filter(stood | entered_later).annotate(answer=given)


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Recommendations, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of the audits that this person may open."""
        return self.filter(audit__in=Audit.objects.visible_to(person))

    def called(self, handle: str) -> Self:
        """The one that an address names: code of the audit, a point, the auditor's reference."""
        code, _, reference = handle.partition(POINT)
        return self.filter(audit__code=code, reference=reference)

    def unrated(self, follow_up: FollowUp) -> Self:
        """Those that no rating of this follow-up is about, in the order of the areas."""
        rated = follow_up.ratings.standing().values("recommendation")
        return self.exclude(pk__in=rated).order_by("scope_area__position", "reference")

    def for_list(self) -> Self:
        """Everything a row of the audit's page shows, in one query."""
        return self.select_related("scope_area", "audit").order_by("scope_area__position", "reference")


class Recommendation(Recorded):
    """What the auditor asks for, in the auditor's words unless marked illustrative; and what is answered."""

    class Response(models.TextChoices):
        """What the council answers, in the words of the regulator's own form (domain.md 4.3)."""

        ACCEPTED = "accepted", "Accepted"
        PARTIALLY = "partially", "Partially accepted"
        REJECTED = "rejected", "Rejected"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="recommendations")
    scope_area = models.ForeignKey(
        ScopeArea, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    reference = models.CharField(max_length=20)
    text = models.TextField()
    paragraph = models.CharField("paragraph or page of the report", max_length=60, blank=True, default="")
    priority = models.CharField(max_length=40, blank=True, default="")
    illustrative = models.BooleanField("not the auditor's own words", default=False)
    response = models.CharField(
        "the council's answer", max_length=9, choices=Response, blank=True, default=""
    )
    response_reason = models.TextField("why it is answered so", blank=True, default="")
    responded_on = models.DateField("answered on", null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()
    history: Any = History(historical_queryset=RecommendationVersions)

    class Meta:
        ordering = ["audit", "reference"]
        constraints = [
            models.UniqueConstraint(
                name="recommendation_reference_once_in_audit", fields=["audit", "reference"]
            ),
            models.UniqueConstraint(
                "audit", Lower("reference"), name="recommendation_reference_once_in_whatever_letters"
            ),
            models.CheckConstraint(
                name="recommendation_reference_fits_an_address",
                condition=~Q(reference="") & ~Q(reference__contains="/"),
            ),
            models.CheckConstraint(
                name="recommendation_response_is_known",
                condition=Q(response__in=["", "accepted", "partially", "rejected"]),
            ),
            models.CheckConstraint(
                name="recommendation_is_not_rejected_without_reason",
                condition=~Q(response="rejected") | ~Q(response_reason=""),
            ),
            models.CheckConstraint(
                name="recommendation_answered_on_a_day_is_answered",
                condition=Q(responded_on=None) | ~Q(response=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}"

    @property
    def handle(self) -> str:
        """What stands for it in an address."""
        return f"{self.audit.code}{POINT}{self.reference}"

    def get_absolute_url(self) -> str:
        """The page of the recommendation."""
        return reverse("actions:recommendation", args=[self.handle])
