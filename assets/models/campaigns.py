"""Asking every service once: who has returned, and who was chased."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from assets.models.asset import READERS, UNIT_READERS
from governance.core.dates import today
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post

if TYPE_CHECKING:
    from governance.people.models import User


class Campaign(Recorded):
    """A round in which services are asked to confirm what they hold, between two days."""

    title = models.CharField(max_length=200)
    words = models.TextField("what services are told", blank=True, default="")
    from_on = models.DateField("asked from")
    until_on = models.DateField("to be returned by")

    history = History()

    class Meta:
        ordering = ["-from_on", "title"]
        constraints = [
            models.CheckConstraint(name="campaign_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="campaign_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Is its last day past? Its result is then what it was on that day."""
        return self.until_on < today()

    def get_absolute_url(self) -> str:
        """The page of its progress."""
        return reverse("assets:campaign", args=[self.pk])


class CampaignServiceQuerySet(models.QuerySet["CampaignService"]):
    """Services that were asked."""

    def visible_to(self, person: User) -> Self:
        """All for readers of the register, else those of the person's units."""
        if person.holds(*READERS):
            return self.all()
        return self.filter(unit__in=person.units(*READERS, *UNIT_READERS))

    def asked_between(self, from_on: date, until_on: date) -> Self:
        """Those that a campaign asks on one of these days, by name."""
        under_way = self.filter(campaign__from_on__lte=until_on, campaign__until_on__gte=from_on)
        return under_way.select_related("unit", "campaign").order_by("unit__name")


class CampaignService(Recorded):
    """A service that a campaign asks. Its manager may say that it holds nothing (a nil return)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="services")
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="campaigns")
    nil_on = models.DateField("said to hold nothing on", null=True, blank=True)
    nil_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)

    objects = CampaignServiceQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["unit__name"]
        constraints = [
            models.UniqueConstraint(name="campaign_asks_a_service_once", fields=["campaign", "unit"]),
            models.CheckConstraint(
                name="nil_return_names_its_post",
                condition=Q(nil_on=None, nil_post=None) | Q(nil_on__isnull=False, nil_post__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.campaign}"


class Chase(models.Model):
    """A service was reminded. The next digest mail of its owners and managers says so."""

    append_only: ClassVar[bool] = True

    service = models.ForeignKey(CampaignService, models.PROTECT, related_name="chases")
    chased_at = models.DateTimeField(db_default=Now(), editable=False)
    chased_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    chased_as = models.CharField(max_length=200)

    class Meta:
        ordering = ["-chased_at"]
        constraints = [models.CheckConstraint(name="chase_names_the_post", condition=~Q(chased_as=""))]

    def __str__(self) -> str:
        return f"{self.service} chased by {self.chased_as}"
