"""What the council claims of recommendations, by the actions that answer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from actions.models.action import Action
from actions.models.answering import ActionRecommendation
from actions.models.progress import ProgressUpdate, Status
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from datetime import date

    from actions.models.audit import Audit


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
    answered = _answered(audit)
    stood = _stood(answered, moment)
    found: dict[int, list[str]] = {}
    for recommendation, action in answered:
        found.setdefault(recommendation, []).extend([stood[action]] if action in stood else [])
    return {recommendation: Claim.of(statuses) for recommendation, statuses in found.items()}


def untold(audit: Audit, day: date) -> set[int]:
    """The recommendations, by key, of which nobody can tell what was claimed on a day.

    Actions answer them, and nothing of those was known by then; but what they say took effect by then and was
    entered later, or nothing at all was known then of what answers this audit. Of what only later actions
    answer, nothing was claimed, and that can be told.
    """
    answered = _answered(audit)
    known, since = _stood(answered, Moment.of(day, day)), _stood(answered, Moment.of(day))
    told = {recommendation for recommendation, action in answered if action in known}
    late = answered if not known else [pair for pair in answered if pair[1] in since]
    return {recommendation for recommendation, _ in late} - told


def _answered(audit: Audit) -> list[tuple[int, int]]:
    """Each recommendation with each action that answers it, by their keys."""
    of_one = Action.objects.filter(recommendation__audit=audit).values_list("recommendation_id", "pk")
    of_more = ActionRecommendation.objects.filter(recommendation__audit=audit)
    return [*of_one, *of_more.values_list("recommendation_id", "action_id")]


def _stood(answered: Iterable[tuple[int, int]], moment: Moment) -> dict[int, str]:
    """The status at a moment of each action that was known then, by key."""
    actions = {action for _, action in answered}
    standing = ProgressUpdate.objects.standing(moment).filter(action__in=actions)
    return dict(standing.values_list("action_id", "status"))
