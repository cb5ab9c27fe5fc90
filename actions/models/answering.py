"""Actions that answer recommendations beside the one for which each was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from actions.models.action import Action
from actions.models.audit import Recommendation
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from datetime import datetime

    from governance.people.models import User


class AnsweringQuerySet(models.QuerySet["ActionRecommendation"]):
    """Links between actions and recommendations, as a reader may see them."""

    def with_actions_of(self, person: User) -> Self:
        """Those whose action this person may open."""
        return self.filter(action__in=Action.objects.visible_to(person)).select_related("action__owner")

    def with_recommendations_of(self, person: User) -> Self:
        """Those whose recommendation this person may open."""
        seen = Recommendation.objects.visible_to(person)
        return self.filter(recommendation__in=seen).select_related("recommendation__audit")


class ActionRecommendation(Recorded):
    """A further recommendation that an action answers: one document may close several.

    The recommendation for which the action was agreed stands in the action itself.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="recommendation_links")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="action_links")
    note = models.CharField("in what way", max_length=300, blank=True, default="")

    objects: Any = AnsweringQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["recommendation", "action"]
        constraints = [
            models.UniqueConstraint(
                name="action_answers_a_recommendation_once", fields=["action", "recommendation"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} for {self.recommendation.reference}"


def answering_at(instant: datetime) -> list[tuple[Any, str]]:
    """Which action answers which recommendation at an instant: rows that name both, each with the column that
    names the action. Of actions that were entered only later, as it is recorded now."""
    there: Any = Action.history.before(instant)
    links: Any = ActionRecommendation.history.before(instant)
    later = Action.objects.exclude(Exists(there.filter(id=OuterRef("pk"))))
    more = ActionRecommendation.objects.exclude(Exists(there.filter(id=OuterRef("action"))))
    return [(there, "id"), (links, "action_id"), (later, "pk"), (more, "action_id")]
