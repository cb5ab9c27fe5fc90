"""Milestones of a plan as its page shows them: each with how many of its actions are completed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.models import Milestone, Status
from actions.representations.plan import told
from governance.core.components import Column
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

MILESTONE_COLUMNS = [
    Column("Milestone"),
    Column("Actions completed"),
    Column("By"),
    Column("Reached"),
    Column("Standing"),
]


@dataclass(frozen=True)
class Leading:
    """A milestone with the figures of the actions that lead to it."""

    milestone: Milestone
    completed: Tile
    total: Tile


def leading(
    milestones: Iterable[Milestone], counted: Iterable[Mapping[str, Any]], scope: Scope, moment: Moment
) -> Sequence[Leading]:
    """Each milestone with its figures, of the counts by facet."""
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for row in counted:
        found[row["milestone_id"]][row["status"]] += row["rows"]
    return [
        Leading(
            each,
            _figure("completed", found[each.pk][Status.COMPLETED], "completed", each, scope, moment),
            _figure("total", found[each.pk].total(), "actions", each, scope, moment),
        )
        for each in milestones
    ]


def _figure(key: str, value: int, words: str, milestone: Milestone, scope: Scope, moment: Moment) -> Tile:
    return told(key, value, words, moment, scope, milestone=milestone.title)
