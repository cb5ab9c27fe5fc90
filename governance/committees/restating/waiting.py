"""Figures that count what waits on others: they move where what is needed was recorded otherwise."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from actions.models import Dependency

if TYPE_CHECKING:
    from actions.models import Action
    from governance.committees.models import PublishedFigure

WAITING = frozenset(("actions.waiting_for_actions", "actions.blocked", "actions.for_decision"))


def needs_of(subjects: Collection[int]) -> list[Dependency]:
    """On which actions these wait or waited, as it is recorded now."""
    if not subjects:
        return []
    needs = Dependency.objects.filter(action__in=subjects, needs_action__isnull=False)
    return list(needs.select_related("needs_action__plan"))


def counts_waiting(figure: PublishedFigure) -> bool:
    """Does the figure count its records by what others have done?"""
    return figure.key in WAITING


def needed_by(subject: int, figure: PublishedFigure, needs: list[Dependency]) -> list[Action]:
    """Of these needs, the actions on which that one waits on the day of a figure that counts waiting."""
    found: list[Any] = [
        each.needs_action
        for each in needs
        if each.action_id == subject
        and each.from_on <= figure.as_at
        and (each.until_on is None or figure.as_at <= each.until_on)
    ]
    return found if counts_waiting(figure) else []
