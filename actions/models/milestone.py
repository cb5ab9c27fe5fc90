"""Milestones: what a plan is to have reached by a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from actions.models.plan import ActionPlan
from assets.models.periods import in_our_time
from governance.core.dates import today
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from datetime import date


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones of plans."""

    def for_page(self) -> Self:
        """In the order of their days."""
        return self.order_by("due_on", "pk")


class Milestone(Recorded):
    """Something that a plan is to have reached by a day, and the day on which it was."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="milestones")
    title = models.CharField("what is to be reached", max_length=200)
    due_on = models.DateField("day by which it is to be reached")
    reached_on = models.DateField("day on which it was reached", null=True, blank=True)

    objects: Any = MilestoneQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["plan", "due_on"]
        constraints = [
            models.CheckConstraint(name="milestone_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="milestone_in_our_time", condition=in_our_time("due_on") & in_our_time("reached_on")
            ),
            # In whatever letters: a reader would not tell them apart.
            models.UniqueConstraint("plan", Lower("title"), name="milestone_once_in_a_plan"),
        ]

    def __str__(self) -> str:
        return self.title

    def standing(self, on: date | None = None) -> str:
        """How it stands on a day, by the codes of governance.core.components.STANDINGS."""
        day = on or today()
        if self.reached_on and self.reached_on <= day:
            return "met" if self.reached_on <= self.due_on else "told_late"
        return "late" if self.due_on < day else "to_begin"

    @property
    def standing_word(self) -> str:
        """How it stands today, in words."""
        words = {"met": "Reached", "told_late": "Reached late", "late": "Not reached", "to_begin": "To come"}
        return words[self.standing()]
