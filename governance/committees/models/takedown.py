"""An issued paper that was withdrawn: a tombstone stands at its address, and what it said is not served."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from governance.committees.models.paper import WITHDRAWN, Paper
from governance.core.dates import LONDON
from governance.history.models import History, Recorded


class Takedown(Recorded):
    """By whose authority and why a paper, or only its public page, is no longer served.

    What was issued stays as it was sealed, so that verification tells a withdrawal from tampering.
    """

    class Reach(models.TextChoices):
        """What is withdrawn."""

        PUBLIC = "public", "The public page and its files alone"
        PAPER = WITHDRAWN, "The paper with all its files"

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="takedown")
    reach = models.CharField("what is withdrawn", max_length=6, choices=Reach, default=Reach.PAPER)
    authority = models.CharField("by whose authority", max_length=200)
    reason = models.TextField("why")
    replaced_by = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="the paper that replaces it",
    )
    taken_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", editable=False)
    taken_as = models.CharField(max_length=200, blank=True, default="", editable=False)
    taken_at = models.DateTimeField(db_default=Now(), editable=False)

    history = History()

    class Meta:
        ordering = ["-taken_at"]
        constraints = [
            models.CheckConstraint(
                name="takedown_has_authority_and_reason", condition=~Q(authority="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="takedown_reach_is_known", condition=Q(reach__in=["public", "paper"])
            ),
            models.CheckConstraint(name="paper_is_replaced_by_another", condition=~Q(replaced_by=F("paper"))),
        ]

    @property
    def is_of_the_paper(self) -> bool:
        """Is the paper itself withdrawn, and not its public page alone?"""
        return self.reach == self.Reach.PAPER

    @property
    def taken_on(self) -> date:
        """The day on which it was withdrawn, in London."""
        day: date = self.taken_at.astimezone(LONDON).date()
        return day

    def __str__(self) -> str:
        return f"{self.paper}: withdrawn"
