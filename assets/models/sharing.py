"""Sharing: protocols and agreements with partners (domain.md 8.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assets.models.asset import READERS, UNIT_READERS, Asset
from assets.models.lists import Function
from assets.models.partners import Partner
from assets.models.periods import in_our_time
from assets.models.sharing_standing import AgreementVersionQuerySet
from assets.models.sharing_terms import TransferMethod
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post

if TYPE_CHECKING:
    from governance.people.models import User


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for readers; else one's own, one's unit's, and those on assets one may open."""
        if person.holds(*READERS):
            return self.all()
        covering = Agreement.objects.filter(asset_links__asset__in=Asset.objects.visible_to(person))
        return self.filter(
            Q(owner__in=person.posts())
            | Q(unit__in=person.units(*READERS, *UNIT_READERS))
            | Q(pk__in=covering.values("pk"))
        )

    def protocols(self) -> Self:
        """Tier 1: what agreements may stand under."""
        return self.filter(tier=Agreement.Tier.PROTOCOL).exclude(state=Agreement.State.ENDED)

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))


class Agreement(Recorded):
    """A protocol (tier 1) that partners stand by, or an agreement (tier 2) on sharing for one purpose."""

    class Tier(models.IntegerChoices):
        """The two tiers of sharing."""

        PROTOCOL = 1, "Protocol (tier 1)"
        AGREEMENT = 2, "Agreement (tier 2)"

    class State(models.TextChoices):
        """What people decide; that it is due for review, or has lapsed, follows from the dates."""

        DRAFT = "draft", "Draft"
        IN_FORCE = "in_force", "In force"
        ENDED = "ended", "Ended"

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    tier = models.PositiveSmallIntegerField(choices=Tier, default=Tier.AGREEMENT)
    under = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="agreements",
        null=True,
        blank=True,
        verbose_name="under the protocol",
    )
    function = models.ForeignKey(
        Function, models.PROTECT, related_name="agreements", null=True, blank=True, verbose_name="theme"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.CharField("version of the text", max_length=20, default="1.0")
    # Ownership
    owner = models.ForeignKey(Post, models.PROTECT, related_name="agreements")
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="agreements")
    lead = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="led",
        null=True,
        blank=True,
        verbose_name="lead organisation",
        help_text="empty where the council leads",
    )
    # What is shared, and why
    purpose = models.TextField(blank=True, default="")
    arrangements = models.TextField(blank=True, default="", help_text="what is shared, when, by whom")
    lawful_basis = models.TextField(
        blank=True, default="", help_text="the law that allows it, and the conditions for special categories"
    )
    relies_on_consent = models.BooleanField("consent is relied on", default=False)
    consent_record = models.TextField("where consent is recorded", blank=True, default="")
    transfer_method = models.ForeignKey(
        TransferMethod, models.PROTECT, related_name="agreements", null=True, blank=True
    )
    security_measures = models.TextField(blank=True, default="")
    # Dates
    from_on = models.DateField("from", null=True, blank=True)
    until_on = models.DateField("until", null=True, blank=True)
    review_on = models.DateField("review due", null=True, blank=True)
    # Approval
    approving_body = models.CharField(max_length=200, blank=True, default="")
    approved_on = models.DateField(null=True, blank=True)
    legal_post = models.ForeignKey(
        Post, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="signed off for Legal by"
    )
    legal_on = models.DateField("signed off for Legal on", null=True, blank=True)
    information_post = models.ForeignKey(
        Post,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="signed off for the information team by",
    )
    information_on = models.DateField("signed off for the information team on", null=True, blank=True)
    ended_reason = models.CharField("why it ended", max_length=300, blank=True, default="")

    objects = AgreementQuerySet.as_manager()
    history = History(historical_queryset=AgreementVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="agreement_reference_is_like_sa_0001", condition=Q(reference__regex=r"^SA-\d{4,}$")
            ),
            models.CheckConstraint(name="agreement_has_a_title", condition=~Q(title="") & ~Q(version="")),
            models.CheckConstraint(name="agreement_tier_is_1_or_2", condition=Q(tier__in=[1, 2])),
            models.CheckConstraint(
                name="agreement_state_is_known", condition=Q(state__in=["draft", "in_force", "ended"])
            ),
            models.CheckConstraint(
                name="agreement_protocol_stands_under_nothing",
                condition=Q(under=None) | Q(tier=2) & ~Q(under=F("id")),
            ),
            models.CheckConstraint(
                name="agreement_in_force_says_why_from_when_and_when_reviewed",
                condition=~Q(state="in_force")
                | (~Q(purpose="") & ~Q(lawful_basis="") & Q(from_on__isnull=False, review_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="agreement_ended_says_when_and_why",
                condition=~Q(state="ended") | (~Q(ended_reason="") & Q(until_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="agreement_ends_and_is_reviewed_after_it_begins",
                condition=(Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")))
                & (Q(from_on=None) | Q(review_on=None) | Q(review_on__gte=F("from_on"))),
            ),
            models.CheckConstraint(
                name="agreement_is_reviewed_in_our_time", condition=in_our_time("review_on")
            ),
            models.CheckConstraint(
                name="agreement_on_consent_says_where_it_is_recorded",
                condition=Q(relies_on_consent=False) | ~Q(consent_record=""),
            ),
            models.CheckConstraint(
                name="agreement_approval_names_body_and_day",
                condition=Q(approving_body="", approved_on=None)
                | (~Q(approving_body="") & Q(approved_on__isnull=False)),
            ),
            *(
                models.CheckConstraint(
                    name=f"agreement_signed_off_for_{team}_by_a_post_on_a_day",
                    condition=Q(**{f"{team}_post": None, f"{team}_on": None})
                    | Q(**{f"{team}_post__isnull": False, f"{team}_on__isnull": False}),
                )
                for team in ("legal", "information")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("assets:agreement", args=[self.reference])
