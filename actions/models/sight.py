"""What an action is for: its workstream, the principles it puts into practice, and its milestone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import models

from actions.models.action import Action
from actions.models.strategy import Principle, Workstream
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from collections.abc import Collection

    from actions.models.milestone import Milestone


class ActionWorkstream(Recorded):
    """The one workstream that an action belongs to."""

    action = models.OneToOneField(Action, models.PROTECT, related_name="workstream_link")
    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="action_links")

    history = History()

    class Meta:
        ordering = ["action"]

    def __str__(self) -> str:
        return f"{self.action} in {self.workstream}"


class ActionPrinciple(Recorded):
    """A principle that an action puts into practice."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="principle_links")
    principle = models.ForeignKey(Principle, models.PROTECT, related_name="action_links")

    history = History()

    class Meta:
        ordering = ["action", "principle"]
        constraints = [
            models.UniqueConstraint(fields=["action", "principle"], name="action_has_a_principle_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} under {self.principle}"


class Placed(NamedTuple):
    """The keys of what an action is for."""

    workstream: int | None
    principles: frozenset[int]
    milestone: int | None


def placed(action: Action) -> Placed:
    """The workstream, the principles and the milestone of an action, as they stand."""
    workstream = ActionWorkstream.objects.filter(action=action).values_list("workstream", flat=True).first()
    principles = ActionPrinciple.objects.filter(action=action).values_list("principle", flat=True)
    milestone = Action.objects.values_list("milestone", flat=True).get(pk=action.pk)
    return Placed(workstream, frozenset(principles), milestone)


def lead_to(action: Action, milestone: Milestone | None) -> None:
    """Let an action serve this milestone of its plan, or none."""
    if action.milestone_id != (milestone.pk if milestone else None):
        action.milestone = milestone
        action.save(update_fields=["milestone"])


def place(action: Action, workstream: Workstream | None, principles: Collection[Principle]) -> None:
    """Put an action into a workstream, or none, and under these principles alone. In a transaction."""
    links = ActionWorkstream.objects.filter(action=action)
    if workstream is None:
        links.delete()
    elif not links.exclude(workstream=workstream).update(workstream=workstream):
        ActionWorkstream.objects.get_or_create(action=action, defaults={"workstream": workstream})
    ActionPrinciple.objects.filter(action=action).exclude(principle__in=principles).delete()
    for each in principles:
        ActionPrinciple.objects.get_or_create(action=action, principle=each)
