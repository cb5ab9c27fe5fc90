"""From what size on an error in a published figure is told to the body by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from governance.committees.models.body import Body
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from datetime import date

PER_CENT = 100


class MaterialityQuerySet(models.QuerySet["Materiality"]):
    """What a body asked for, by date."""

    def in_force(self, body: int, on: date) -> Materiality | None:
        """The last that had begun for a body, by its key."""
        return self.filter(body=body, starts_on__lte=on).order_by("-starts_on").first()


class Materiality(Recorded):
    """From this day on the body is told of errors of so many records, or of so many per cent of the figure.

    Either is enough. A body for which none is in force is told of every error.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="materialities")
    starts_on = models.DateField("from")
    records = models.PositiveIntegerField("number of records", null=True, blank=True)
    per_cent = models.PositiveSmallIntegerField("per cent of the figure", null=True, blank=True)

    objects = MaterialityQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["body", "-starts_on"]
        verbose_name_plural = "materialities"
        constraints = [
            models.UniqueConstraint(name="materiality_starts_once_a_day", fields=["body", "starts_on"]),
            models.CheckConstraint(
                name="materiality_says_how_much",
                condition=Q(records__gte=1) | Q(per_cent__gte=1, per_cent__lte=PER_CENT),
            ),
            models.CheckConstraint(
                name="materiality_is_of_a_whole",
                condition=(Q(records=None) | Q(records__gte=1))
                & (Q(per_cent=None) | Q(per_cent__gte=1, per_cent__lte=PER_CENT)),
            ),
        ]

    def __str__(self) -> str:
        parts = [
            f"{self.records:,} records" if self.records else "",
            f"{self.per_cent} per cent" if self.per_cent else "",
        ]
        return " or ".join(part for part in parts if part)

    def is_reached(self, moved: int, told: int) -> bool:
        """Is a difference of so many records in a figure that was told as `told` to be told of?"""
        by_number = self.records is not None and moved >= self.records
        by_share = self.per_cent is not None and moved * PER_CENT >= self.per_cent * told
        return by_number or by_share
