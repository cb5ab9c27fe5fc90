"""The Information Asset Register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post, Role
from governance.people.registers.versions import HeldVersionQuerySet

if TYPE_CHECKING:
    from governance.people.models import User

# Who reads the whole register (design 2.5); others see what their post owns or their unit holds.
READERS = (
    Role.IG_OFFICER,
    Role.RECORDS_MANAGER,
    Role.SIRO,
    Role.DPO,
    Role.CALDICOTT_GUARDIAN,
    Role.IMSG_MEMBER,
    Role.INTERNAL_AUDITOR,
    Role.COMMITTEE_OFFICER,
    Role.AUTHOR,
)
UNIT_READERS = (Role.IAO, Role.IAA, Role.SERVICE_MANAGER)


class AssetQuerySet(models.QuerySet["Asset"]):
    """Assets, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """What this person may open."""
        if person.holds(*READERS):
            return self.all()
        return self.filter(Q(owner__in=person.posts()) | Q(unit__in=person.units(*READERS, *UNIT_READERS)))

    def for_register(self) -> Self:
        """Everything a row of the register shows, in one query."""
        return self.select_related("owner", "unit").order_by("reference")


class Asset(Recorded):
    """A body of information managed as one unit (The National Archives, fact sheet of February 2017)."""

    class Form(models.TextChoices):
        """In what form the information is kept."""

        PAPER = "paper", "Paper"
        ELECTRONIC = "electronic", "Electronic documents"
        DATA = "data", "Data"
        MIXED = "mixed", "Mixed"

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True, default="")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="assets", verbose_name="owner")
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="assets", verbose_name="unit")
    form = models.CharField(max_length=10, choices=Form)
    contains_personal_data = models.BooleanField("contains personal data")

    objects = AssetQuerySet.as_manager()
    history = History(historical_queryset=HeldVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="asset_reference_is_like_ia_0042", condition=Q(reference__regex=r"^IA-\d{4,}$")
            ),
            models.CheckConstraint(name="asset_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="asset_form_is_known", condition=Q(form__in=["paper", "electronic", "data", "mixed"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The asset's page."""
        return reverse("assets:asset", args=[self.reference])
