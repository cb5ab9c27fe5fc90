"""What agreements choose from, and the periods by which they are reckoned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assets.models.lists import ListEntry
from governance.history.models import History, Recorded


class TransferMethod(ListEntry):
    """How information travels to a partner."""

    history = History()


class SharingPeriods(Recorded):
    """How long before its review an agreement warns, and how long after it lapses. One row, kept by officers.

    As shipped three months and three months, as the Essex framework has it (domain.md 8.1).
    """

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    warn_months = models.PositiveSmallIntegerField("warn so many months before the review", default=3)
    lapse_months = models.PositiveSmallIntegerField("lapse so many months after the review", default=3)

    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(name="sharing_periods_is_one_row", condition=Q(is_the_one=True)),
            models.CheckConstraint(
                name="sharing_periods_are_at_most_five_years",
                condition=Q(warn_months__lte=60, lapse_months__lte=60),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warn_months} months before, {self.lapse_months} months after"
