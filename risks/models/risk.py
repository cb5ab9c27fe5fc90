"""The Information Risk Register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assets.models import READERS, UNIT_READERS, Asset
from governance.core.dates import today
from governance.figures.moment import Moment
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post
from governance.people.registers.versions import HeldVersionQuerySet
from risks.models.escalation import with_escalation
from risks.models.levels import with_levels
from risks.models.lists import RiskCategory, RiskProximity, RiskSource
from risks.models.matrix import RegisterLevel

if TYPE_CHECKING:
    from datetime import date

    from governance.people.models import User


class RiskQuerySet(models.QuerySet["Risk"]):
    """Risks, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """What this person may open."""
        if person.holds(*READERS):
            return self.all()
        return self.filter(Q(owner__in=person.posts()) | Q(unit__in=person.units(*READERS, *UNIT_READERS)))

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))

    def for_register(self) -> Self:
        """Everything a row of the register shows, in one query."""
        return self.select_related("owner", "unit", "asset").order_by("reference")

    def with_levels(self, as_at: date | None = None, known_at: date | None = None) -> Self:
        """Each with its scores as at a day and as known on one; today if not given (levels.py)."""
        return with_levels(self, Moment.of(as_at or today(), known_at), key="pk")


class RiskVersionQuerySet(HeldVersionQuerySet):
    """Versions of risks."""

    def at(self, moment: Moment) -> Self:
        """As for every register, with the `asset_reference` of the asset at risk."""
        found: Self = super().at(moment).annotate(asset_reference=F("asset__reference"))
        return found

    def for_entry(self, moment: Moment) -> Self:
        """What the page of one risk shows: its scores too."""
        found = self.at(moment).select_related("category", "source", "proximity")
        return found.with_levels(moment).with_escalation(moment)

    def on_the_register(self) -> Self:
        """Those that were open: what is closed, merged into another or withdrawn counts no more."""
        return self.filter(state="open")

    def with_levels(self, moment: Moment) -> Self:
        """Each with its scores at a moment; see models/levels.py."""
        return with_levels(self, moment, key="id")

    def with_escalation(self, moment: Moment) -> Self:
        """Each that has its levels with why it is escalated, and since when; see models/escalation.py."""
        return with_escalation(self, moment, key="id")


class Risk(Recorded):
    """Something that may happen to information: its cause, the event, and what would follow."""

    class State(models.TextChoices):
        """Whether it counts. One that should never have come in is withdrawn, never deleted."""

        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        MERGED = "merged", "Merged into another"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Treatment(models.TextChoices):
        """The four ways to treat a risk (domain.md 3.2)."""

        UNDECIDED = "", "Not decided yet"
        TREAT = "treat", "Treat: make it less likely or less harmful"
        TOLERATE = "tolerate", "Tolerate: bear it as it is"
        TRANSFER = "transfer", "Transfer: let somebody else bear it, such as an insurer"
        TERMINATE = "terminate", "Terminate: stop doing what brings it"

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    cause = models.TextField(blank=True, default="")
    event = models.TextField(blank=True, default="")
    consequence = models.TextField(blank=True, default="")
    confidentiality = models.BooleanField("affects confidentiality", default=False)
    integrity = models.BooleanField("affects integrity", default=False)
    availability = models.BooleanField("affects availability", default=False)
    category = models.ForeignKey(RiskCategory, models.PROTECT, null=True, blank=True, related_name="risks")
    source = models.ForeignKey(RiskSource, models.PROTECT, null=True, blank=True, related_name="risks")
    proximity = models.ForeignKey(RiskProximity, models.PROTECT, null=True, blank=True, related_name="risks")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="risks")
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="risks")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, blank=True, related_name="risks")
    treatment = models.CharField(max_length=9, choices=Treatment, blank=True, default="")
    treatment_note = models.TextField("how it is treated", blank=True, default="")
    register_level = models.CharField(
        "on the register of", max_length=11, choices=RegisterLevel, default=RegisterLevel.SERVICE
    )
    corporate_reference = models.CharField(
        "reference in the corporate risk register", max_length=40, blank=True, default=""
    )

    changed_by_steps = ("merged_into",)

    objects = RiskQuerySet.as_manager()
    history = History(historical_queryset=RiskVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="risk_reference_is_like_ir_0042", condition=Q(reference__regex=r"^IR-\d{4,}$")
            ),
            models.CheckConstraint(
                name="risk_state_is_known", condition=Q(state__in=["open", "closed", "merged", "withdrawn"])
            ),
            models.CheckConstraint(
                name="risk_is_merged_into_another",
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="risk_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(name="risk_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="risk_treatment_is_known",
                condition=Q(treatment__in=["", "treat", "tolerate", "transfer", "terminate"]),
            ),
            models.CheckConstraint(
                name="risk_is_on_a_known_register", condition=Q(register_level__in=RegisterLevel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The risk's page."""
        return reverse("risks:risk", args=[self.reference])
