"""What was promised of a plan: in which words, where, by when, and whether it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actions.models.plan import ActionPlan
from governance.core.dates import long_date
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from datetime import date
    from typing import Self


class AssuranceQuerySet(models.QuerySet["Assurance"]):
    """Assurances, by the day on which they were given."""

    def given_by(self, on: date) -> Self:
        """Those given on that day or before, the earliest first."""
        return self.filter(given_on__lte=on).order_by("given_on", "pk")


class Assurance(Recorded):
    """That all actions of a plan will be completed by a day, in the words in which it was given.

    Whether it was kept is never typed: it is what the plan's progress says of that day.
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="assurances")
    text = models.TextField("assurance in its own words")
    given_on = models.DateField("given on")
    given_where = models.CharField("where it was given", max_length=300)
    due_on = models.DateField("all done by")

    objects = AssuranceQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(name="assurance_has_words", condition=~Q(text="")),
            models.CheckConstraint(name="assurance_says_where", condition=~Q(given_where="")),
            models.CheckConstraint(name="assurance_looks_ahead", condition=Q(due_on__gte=F("given_on"))),
        ]

    def __str__(self) -> str:
        return f"Assurance of {long_date(self.given_on)}"

    @property
    def reference(self) -> str:
        """What it is called on pages."""
        return str(self)

    def get_absolute_url(self) -> str:
        """The page on which it is told."""
        return reverse("actions:order", args=[self.plan.code])
