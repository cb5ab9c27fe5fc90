"""What was promised of a plan: in which words, where, by when, and whether it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.urls import reverse

from actions.models.mistaken import STANDING, Mistakable, gives_a_reason
from actions.models.plan import ActionPlan
from governance.core.dates import long_date
from governance.history.models import Documented, DocumentedVersionQuerySet, History, Recorded

if TYPE_CHECKING:
    from typing import Any, Self

    from governance.figures.moment import Moment


class AssuranceQuerySet(models.QuerySet["Assurance"]):
    """Assurances, by the day on which they were given."""

    def standing(self) -> Self:
        """Those that were not entered in error."""
        return self.filter(STANDING)


class Assurance(Mistakable, Documented, Recorded):
    """That all actions of a plan will be completed by a day, in the words in which it was given.

    Whether it was kept is never typed: it is what the plan's progress says of that day.
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="assurances")
    text = models.TextField("assurance in its own words")
    given_on = models.DateField("given on")
    given_where = models.CharField("where it was given", max_length=300)
    due_on = models.DateField("all done by")

    objects = AssuranceQuerySet.as_manager()
    history = History(historical_queryset=DocumentedVersionQuerySet)

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            *Documented.Meta.constraints,
            models.CheckConstraint(name="assurance_has_words", condition=~Q(text="")),
            models.CheckConstraint(name="assurance_says_where", condition=~Q(given_where="")),
            gives_a_reason("assurance_in_error_gives_a_reason"),
            models.UniqueConstraint(
                "plan",
                "given_on",
                "due_on",
                MD5("text"),
                name="assurance_is_recorded_once",
                condition=STANDING,
            ),
            models.CheckConstraint(name="assurance_looks_ahead", condition=Q(due_on__gte=F("given_on"))),
        ]

    @classmethod
    def given_by(cls, moment: Moment, plan: ActionPlan) -> Any:
        """Those of a plan given by the day, as they were known at the moment, the earliest first; also those
        entered in error."""
        known: Any = cls.objects if moment.knows_all else cls.history.known(moment.known_before)
        return known.filter(plan=plan, given_on__lte=moment.as_at).order_by("given_on", "id")

    def __str__(self) -> str:
        return f"Assurance of {long_date(self.given_on)}"

    @property
    def reference(self) -> str:
        """What it is called on pages."""
        return str(self)

    def get_absolute_url(self) -> str:
        """The page on which it is told."""
        return reverse("actions:order", args=[self.plan.code])
