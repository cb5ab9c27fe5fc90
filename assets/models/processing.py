"""The record of processing activities (ROPA): UK GDPR Article 30, DPA 2018 section 61."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from assets.models.article_30 import NEEDED
from assets.models.asset import READERS, UNIT_READERS, Asset
from assets.models.lawful import InterestCondition, LawfulBasis, SpecialCondition
from assets.models.lists import Function
from assets.models.retention import RetentionRule
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post
from governance.people.registers.versions import HeldVersionQuerySet

if TYPE_CHECKING:
    from governance.people.models import User


class ActivityQuerySet(models.QuerySet["ProcessingActivity"]):
    """Processing activities, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """What this person may open: as with assets, all for readers, else what is their own."""
        if person.holds(*READERS):
            return self.all()
        return self.filter(Q(owner__in=person.posts()) | Q(unit__in=person.units(*READERS, *UNIT_READERS)))

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))

    def using_asset(self, asset: Asset) -> Self:
        """Those that are not over and process what the asset holds, by reference."""
        return self.filter(asset_links__asset=asset).exclude(state="ended").order_by("reference")


class ProcessingActivity(Recorded):
    """One thing that is done with personal data, as controller or for one (domain.md 2.1)."""

    changed_by_steps: ClassVar[tuple[str, ...]] = ("ended_on",)

    class Capacity(models.TextChoices):
        """In which of the law's two capacities the council acts."""

        CONTROLLER = "controller", "Controller"
        PROCESSOR = "processor", "Processor for others"

    class State(models.TextChoices):
        """Where the entry is in its life. A live one is complete: the database keeps its own facts, and
        what its rows say is kept by the services and by what brings files in.
        """

        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        ENDED = "ended", "Ended"

    # Identity
    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    ended_on = models.DateField("ended on", null=True, blank=True)
    capacity = models.CharField(
        "the council acts as", max_length=10, choices=Capacity, default=Capacity.CONTROLLER
    )
    function = models.ForeignKey(
        Function, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name="function"
    )
    owner = models.ForeignKey(Post, models.PROTECT, related_name="activities", verbose_name="owner")
    unit = models.ForeignKey(
        OrganisationalUnit, models.PROTECT, related_name="activities", verbose_name="unit"
    )
    joint_controllers = models.TextField("joint controllers", blank=True, default="")
    representative = models.CharField(max_length=300, blank=True, default="")
    dpo_contact = models.CharField("data protection officer", max_length=300, blank=True, default="")
    next_review_on = models.DateField("next review", null=True, blank=True)
    # Purposes and data
    purposes = models.TextField(blank=True, default="")
    data_subjects = models.TextField("categories of individuals", blank=True, default="")
    data_categories = models.TextField("categories of personal data", blank=True, default="")
    source = models.TextField("where the data come from", blank=True, default="")
    recipients = models.TextField("categories of recipients", blank=True, default="")
    processors = models.TextField("processors and their contracts", blank=True, default="")
    special_category = models.BooleanField("special category data", default=False)
    criminal_offence = models.BooleanField("criminal offence data", default=False)
    # Lawfulness
    law_enforcement = models.BooleanField("for law enforcement (DPA 2018, Part 3)", default=False)
    basis = models.ForeignKey(
        LawfulBasis,
        models.PROTECT,
        to_field="code",
        related_name="activities",
        null=True,
        blank=True,
        verbose_name="lawful basis",
    )
    legal_power = models.TextField("law or power it rests on", blank=True, default="")
    interest_condition = models.ForeignKey(
        InterestCondition,
        models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name="recognised legitimate interest",
    )
    interest_assessment = models.CharField(
        "legitimate interests assessment", max_length=500, blank=True, default=""
    )
    interest_reason = models.TextField("why there is no assessment", blank=True, default="")
    special_condition = models.ForeignKey(
        SpecialCondition,
        models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name="Article 9 condition",
    )
    policy_document = models.CharField("appropriate policy document", max_length=500, blank=True, default="")
    follows_policy = models.BooleanField("kept and erased in line with that document", null=True, blank=True)
    follows_policy_reason = models.TextField("why it is not", blank=True, default="")
    # Individuals
    privacy_notice = models.CharField("privacy notice", max_length=500, blank=True, default="")
    consent_record = models.CharField("record of consent", max_length=500, blank=True, default="")
    automated_decisions = models.BooleanField("automated decisions", null=True, blank=True)
    automated_logic = models.TextField("what is decided, and how", blank=True, default="")
    # Protection
    retention_rule = models.ForeignKey(
        RetentionRule,
        models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name="retention rule",
    )
    retention_words = models.TextField("how long it is kept, in words", blank=True, default="")
    security = models.TextField("security measures", blank=True, default="")
    transfers_abroad = models.BooleanField("sent outside the United Kingdom", null=True, blank=True)

    objects = ActivityQuerySet.as_manager()
    history = History(historical_queryset=HeldVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        verbose_name_plural = "processing activities"
        constraints = [
            models.CheckConstraint(
                name="activity_reference_is_like_pa_0001", condition=Q(reference__regex=r"^PA-\d{4,}$")
            ),
            models.CheckConstraint(name="activity_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="activity_capacity_is_known", condition=Q(capacity__in=["controller", "processor"])
            ),
            models.CheckConstraint(
                name="activity_state_is_known", condition=Q(state__in=["draft", "live", "ended"])
            ),
            models.CheckConstraint(
                name="activity_ended_says_when",
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="activity_of_a_processor_has_no_basis_of_its_own",
                condition=Q(capacity="controller")
                | Q(basis=None, interest_condition=None, special_condition=None),
            ),
            models.CheckConstraint(
                name="activity_recognised_interest_has_that_basis",
                condition=Q(interest_condition=None) | Q(basis=LawfulBasis.RECOGNISED),
            ),
            models.CheckConstraint(
                name="activity_article_9_is_for_special_category_data",
                condition=Q(special_condition=None) | Q(special_category=True),
            ),
            models.CheckConstraint(
                name="activity_departing_from_its_policy_says_why",
                condition=~Q(follows_policy=False) | ~Q(follows_policy_reason=""),
            ),
            *(
                models.CheckConstraint(
                    name=f"activity_live_says_{name}", condition=~Q(state="live") | unless | says
                )
                for name, unless, says in NEEDED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The activity's page."""
        return reverse("assets:activity", args=[self.reference])
