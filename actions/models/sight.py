"""What an action is for: its workstream, and the principles it puts into practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from actions.models.action import Action
from actions.models.strategy import Principle, Workstream
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from collections.abc import Collection


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


def placed(action: Action) -> tuple[int | None, frozenset[int]]:
    """The keys of the workstream and of the principles of an action, as they stand."""
    workstream = ActionWorkstream.objects.filter(action=action).values_list("workstream", flat=True).first()
    principles = ActionPrinciple.objects.filter(action=action).values_list("principle", flat=True)
    return workstream, frozenset(principles)


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
