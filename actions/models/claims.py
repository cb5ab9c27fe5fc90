"""What the council claims of recommendations, by the actions that answer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from actions.models.action import Action
from actions.models.answering import ActionRecommendation
from actions.models.progress import ProgressUpdate, Status

if TYPE_CHECKING:
    from actions.models.audit import Audit
    from governance.figures.moment import Moment


class Claim(models.TextChoices):
    """What the council says of a recommendation by the actions that answer it, those withdrawn left out."""

    COMPLETE = "completed", "Completed"
    AWAITING = "awaiting_approval", "Awaiting approval"
    BEGUN = "in_progress", "In progress"
    NOT_BEGUN = "not_started", "Not started"
    NONE = "no_action", "No action"

    @classmethod
    def of(cls, statuses: Iterable[str]) -> Claim:
        """Complete where every action is, awaiting where only approval is left, begun where any has been."""
        open_ones = {status for status in statuses if status != Status.WITHDRAWN}
        if not open_ones:
            return cls.NONE
        if open_ones == {Status.COMPLETED}:
            return cls.COMPLETE
        if open_ones <= {Status.COMPLETED, Status.AWAITING_APPROVAL}:
            return cls.AWAITING
        return cls.BEGUN if open_ones & set(Status.begun()) else cls.NOT_BEGUN


def claims(audit: Audit, moment: Moment) -> dict[int, Claim]:
    """What the council claimed at a moment of each recommendation that an action answers, by key.

    Which action answers which recommendation is taken as it is recorded now.
    """
    answered = [
        *Action.objects.filter(recommendation__audit=audit).values_list("recommendation_id", "pk"),
        *ActionRecommendation.objects.filter(recommendation__audit=audit).values_list(
            "recommendation_id", "action_id"
        ),
    ]
    actions = {action for _, action in answered}
    standing = ProgressUpdate.objects.standing(moment).filter(action__in=actions)
    stood = dict(standing.values_list("action_id", "status"))
    found: dict[int, list[str]] = {}
    for recommendation, action in answered:
        found.setdefault(recommendation, []).extend([stood[action]] if action in stood else [])
    return {recommendation: Claim.of(statuses) for recommendation, statuses in found.items()}
