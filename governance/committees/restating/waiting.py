"""Figures that count what waits on others: they move where what is needed was recorded otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from actions.models import Dependency
from governance.committees.causes import causes_of, why

if TYPE_CHECKING:
    from actions.models import Action
    from governance.committees.models import PublishedFigure

WAITING = frozenset(("actions.waiting_for_actions", "actions.blocked", "actions.for_decision"))


def needs_of(subjects: Collection[int]) -> dict[int, list[Dependency]]:
    """By action, on which others these wait or waited, as it is recorded now."""
    found: dict[int, list[Dependency]] = defaultdict(list)
    if subjects:
        needs = Dependency.objects.filter(action__in=subjects, needs_action__isnull=False)
        for each in needs.select_related("needs_action"):
            found[each.action_id].append(each)
    return found


def counts_waiting(figure: PublishedFigure) -> bool:
    """Does the figure count its records by what others have done?"""
    return figure.key in WAITING


def needed_by(subject: int, figure: PublishedFigure, needs: Mapping[int, list[Dependency]]) -> list[Action]:
    """Of these needs, the actions on which that one waits on the day of a figure that counts waiting."""
    if not counts_waiting(figure):
        return []
    found: list[Any] = [each.needs_action for each in needs.get(subject, ()) if each.is_in_force(figure.day)]
    return found


def behind(figure: PublishedFigure, subjects: Collection[int]) -> dict[int, tuple[int, str, str]]:
    """For each of these that waits on an action recorded otherwise since the figure was frozen: that action,
    who recorded it and when, and why."""
    needs = needs_of(subjects if counts_waiting(figure) else [])
    needed = [(subject, action) for subject in subjects for action in needed_by(subject, figure, needs)]
    facts = causes_of(figure, [], [action.pk for _, action in needed]) if needed else {}
    found: dict[int, tuple[int, str, str]] = {}
    for subject, action in needed:
        if fact := facts.get(action.pk):
            who, reason = why(fact)
            found.setdefault(subject, (action.pk, on_which(action, who), reason))
    return found


def on_which(action: Action, who: str) -> str:
    """That something waits on an action, and who recorded that."""
    return f"it waits on {action.reference}, {who}"
