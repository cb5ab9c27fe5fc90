"""Figures as minutes have them: what a meeting wrote down of a paper, beside what the paper said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.committees.models.ledger import PublishedFigure
from governance.committees.models.meeting import Meeting
from governance.committees.models.paper import Paper
from governance.committees.models.readers import reads_issued
from governance.core.dates import long_date
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.people.models import User


class MinuteQuerySet(models.QuerySet["Minute"]):
    """Passages of minutes, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for those who read what is issued."""
        return self.all() if reads_issued(person) else self.none()

    def for_page(self) -> Self:
        """With their figures and what the paper said, in four queries, the earliest meeting first."""
        return self.select_related("meeting__body", "paper__meeting__body").prefetch_related(
            models.Prefetch(
                "figures", MinutedFigure.objects.select_related("figure").order_by("figure__position")
            )
        )


class Minute(Recorded):
    """A passage of the minutes of a meeting that gives figures of an issued paper."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="minuted", verbose_name="in the minutes of"
    )
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="minuted")
    minute_reference = models.CharField("reference in the minutes", max_length=50, blank=True, default="")
    words = models.TextField("the minutes, word for word", blank=True, default="")

    objects = MinuteQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["meeting__held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="minute_of_a_paper_is_recorded_once", fields=["meeting", "paper", "minute_reference"]
            )
        ]

    def __str__(self) -> str:
        number = f" (minute {self.minute_reference})" if self.minute_reference else ""
        return f"Minutes of {long_date(self.meeting.held_on)}{number}"


class MinutedFigure(Recorded):
    """A number in a passage of the minutes, and the published figure that it stands for.

    The figure is one of the passage's own paper (sql/requests.sql).
    """

    minute = models.ForeignKey(Minute, models.PROTECT, related_name="figures")
    figure = models.ForeignKey(PublishedFigure, models.PROTECT, related_name="minuted")
    value = models.PositiveIntegerField("as minuted")

    history = History()

    class Meta:
        ordering = ["minute", "figure__position"]
        constraints = [
            models.UniqueConstraint(name="figure_is_minuted_once", fields=["minute", "figure"]),
            models.CheckConstraint(name="minuted_figure_is_a_count", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.figure.title}: minuted as {self.value}"

    @property
    def reference(self) -> str:
        """What it is called on pages."""
        return f"{self.figure.title}, as minuted"

    def get_absolute_url(self) -> str:
        """The page of what was minuted of the paper."""
        return reverse("committees:minuted", args=[self.minute.paper_id])

    @property
    def differs(self) -> bool:
        """Is it another number than the paper's?"""
        return self.value != self.figure.value
