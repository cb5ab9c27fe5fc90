"""The bodies that papers go to, and their meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from governance.core.dates import long_date
from governance.history.models import History, Recorded


class Body(Recorded):
    """A committee, the cabinet, or a cabinet member who decides alone."""

    class Kind(models.TextChoices):
        """What sort of body it is: the law on notice and publication differs between them."""

        COMMITTEE = "committee", "Committee"
        CABINET = "cabinet", "Cabinet"
        CABINET_MEMBER = "cabinet_member", "Cabinet member"
        COUNCIL = "council", "Full council"
        OTHER = "other", "Other"

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.COMMITTEE)

    history = History()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(name="body_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="body_kind_is_known",
                condition=Q(kind__in=["committee", "cabinet", "cabinet_member", "council", "other"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(Recorded):
    """One sitting of a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    held_on = models.DateField("date")
    place = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")

    history = History()

    class Meta:
        ordering = ["-held_on", "body"]
        constraints = [models.UniqueConstraint(name="body_meets_once_a_day", fields=["body", "held_on"])]

    def __str__(self) -> str:
        return f"{self.body}, {long_date(self.held_on)}"
