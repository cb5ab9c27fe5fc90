"""What takes the place of an action that is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from actions.models.action import Action
from actions.models.progress import ProgressUpdate, Status
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Moment
    from governance.people.models import User


class ActionReplacement(Recorded):
    """An action that takes the place of one withdrawn, in whole or with others."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="replacement_links")
    replacement = models.ForeignKey(Action, models.PROTECT, related_name="replaces_links")

    history = History()

    class Meta:
        ordering = ["action", "replacement"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "replacement"], name="action_is_replaced_once_by_another"
            ),
            models.CheckConstraint(
                name="action_is_not_replaced_by_itself", condition=~Q(action=F("replacement"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.replacement.reference} in place of {self.action.reference}"


def in_its_place(need: Any, person: User, on: date) -> list[Action]:
    """What takes the place of a needed action that was withdrawn, is still to be done, and is not waited on
    already, as far as the person may open it."""
    from actions.models.dependency import Dependency

    if need.needs_action is None or need.needs_action.status != Status.WITHDRAWN:
        return []
    known = Dependency.objects.in_force(on).filter(action=need.action_id).exclude(needs_action=None)
    found = Action.objects.standing().visible_to(person).filter(replaces_links__action=need.needs_action_id)
    still = found.exclude(status__in=Status.closed()).exclude(pk=need.action_id)
    return list(still.exclude(pk__in=known.values("needs_action")).order_by("reference"))


def replacing(action: Action, links: Any, person: User, moment: Moment) -> list[Any]:
    """Of these links (their versions at a moment) the ones at either end of an action, each with whether the
    person may open its two ends: `opens_action`, `opens_replacement`; and `is_withdrawn`, whether what is
    replaced was withdrawn at the moment. One query."""
    withdrawn = ProgressUpdate.objects.standing(moment).filter(status=Status.WITHDRAWN)
    opened = Action.objects.visible_to(person)
    around = links.filter(Q(action_id=action.pk) | Q(replacement_id=action.pk)).annotate(
        opens_action=Exists(opened.filter(pk=OuterRef("action_id"))),
        opens_replacement=Exists(opened.filter(pk=OuterRef("replacement_id"))),
        is_withdrawn=Exists(withdrawn.filter(action=OuterRef("action_id"))),
    )
    ends = around.select_related("action", "replacement")
    return list(ends.order_by("action__reference", "replacement__reference"))
