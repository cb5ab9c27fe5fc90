"""What a processing activity has several of: assets, conditions, transfers, controllers it works for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from assets.models.asset import Asset
from assets.models.lawful import Safeguard, ScheduleCondition
from assets.models.processing import ProcessingActivity
from governance.core.dates import end_of_day
from governance.history.models import History, Recorded, VersionQuerySet

if TYPE_CHECKING:
    from governance.figures.moment import Moment


def instant_of(moment: Moment) -> datetime:
    """Where a register with its one clock is read: the earlier of the moment's two."""
    return min(end_of_day(moment.as_at), moment.known_before)


class RowVersionQuerySet(VersionQuerySet):
    """Rows of activities, as they stood."""

    def at(self, moment: Moment) -> Self:
        """The rows at a moment."""
        return self.before(instant_of(moment))


class ActivityAsset(Recorded):
    """An asset that an activity works with."""

    activity = models.ForeignKey(ProcessingActivity, models.PROTECT, related_name="asset_links")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="activity_links")

    history = History(historical_queryset=RowVersionQuerySet)

    class Meta:
        ordering = ["activity", "asset__reference"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "asset"], name="activity_names_an_asset_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity.reference} works with {self.asset}"


class ActivityCondition(Recorded):
    """A condition of Schedule 1 that an activity meets."""

    activity = models.ForeignKey(ProcessingActivity, models.PROTECT, related_name="condition_links")
    condition = models.ForeignKey(ScheduleCondition, models.PROTECT, related_name="activity_links")

    history = History(historical_queryset=RowVersionQuerySet)

    class Meta:
        ordering = ["activity", "condition__position"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "condition"], name="activity_names_a_condition_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity.reference} meets {self.condition}"


class ControllerServed(Recorded):
    """A controller for whom the council processes, and what it does for it (Article 30(2))."""

    activity = models.ForeignKey(ProcessingActivity, models.PROTECT, related_name="controllers")
    name = models.CharField(max_length=200)
    contact = models.CharField(
        max_length=300, help_text="a post, a shared mailbox or a telephone number, never a person's name"
    )
    representative = models.CharField(max_length=300, blank=True, default="")
    dpo_contact = models.CharField(
        "its data protection officer",
        max_length=300,
        blank=True,
        default="",
        help_text="how to reach the post",
    )
    categories = models.TextField("categories of processing", help_text="what is done for this controller")

    history = History(historical_queryset=RowVersionQuerySet)

    class Meta:
        ordering = ["activity", "name"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "name"], name="activity_names_a_controller_once"),
            models.CheckConstraint(
                name="controller_served_is_named_and_reached",
                condition=~Q(name="") & ~Q(contact="") & ~Q(categories=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Transfer(Recorded):
    """Personal data that an activity sends to a country outside the United Kingdom."""

    activity = models.ForeignKey(ProcessingActivity, models.PROTECT, related_name="transfers")
    country = models.CharField(max_length=100, help_text="or an international organisation")
    recipient = models.CharField("who receives it there", max_length=300, blank=True, default="")
    safeguard = models.ForeignKey(
        Safeguard, models.PROTECT, related_name="transfers", null=True, blank=True, verbose_name="safeguard"
    )
    assessment = models.CharField(
        "transfer risk assessment",
        max_length=500,
        blank=True,
        default="",
        help_text="where it can be read, or what it found",
    )
    assessed_on = models.DateField("assessed on", null=True, blank=True)

    history = History(historical_queryset=RowVersionQuerySet)

    class Meta:
        ordering = ["activity", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "country", "recipient"], name="activity_names_a_transfer_once"
            ),
            models.CheckConstraint(name="transfer_names_its_country", condition=~Q(country="")),
            models.CheckConstraint(
                name="transfer_assessed_on_a_day_has_an_assessment",
                condition=Q(assessed_on=None) | ~Q(assessment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.recipient}" if self.recipient else self.country
