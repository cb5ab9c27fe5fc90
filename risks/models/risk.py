"""The Information Risk Register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assets.models import READERS, UNIT_READERS, Asset
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post
from governance.people.registers.versions import HeldVersionQuerySet

if TYPE_CHECKING:
    from governance.figures.moment import Moment
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


class RiskVersionQuerySet(HeldVersionQuerySet):
    """Versions of risks."""

    def at(self, moment: Moment) -> Self:
        """As for every register, with the `asset_reference` of the asset at risk."""
        found: Self = super().at(moment).annotate(asset_reference=F("asset__reference"))
        return found

    def on_the_register(self) -> Self:
        """Those that had not been withdrawn."""
        return self.exclude(state="withdrawn")


class Risk(Recorded):
    """Something that may happen to information: its cause, the event, and what would follow."""

    class State(models.TextChoices):
        """Whether it counts. One that should never have come in is withdrawn, never deleted."""

        OPEN = "open", "Open"
        WITHDRAWN = "withdrawn", "Withdrawn"

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    cause = models.TextField(blank=True, default="")
    event = models.TextField(blank=True, default="")
    consequence = models.TextField(blank=True, default="")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="risks")
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="risks")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, blank=True, related_name="risks")

    objects = RiskQuerySet.as_manager()
    history = History(historical_queryset=RiskVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="risk_reference_is_like_ir_0042", condition=Q(reference__regex=r"^IR-\d{4,}$")
            ),
            models.CheckConstraint(name="risk_state_is_known", condition=Q(state__in=["open", "withdrawn"])),
            models.CheckConstraint(name="risk_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The risk's page."""
        return reverse("risks:risk", args=[self.reference])
