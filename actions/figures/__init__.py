"""The figures of the room, a module for each part of it."""

from actions.figures import audits, colour, completions, dates, follow_ups, maturity, order, overlap
from actions.figures.progress import (
    ACROSS,
    BY_STATUS,
    FACETS,
    PROGRESS,
    completed,
    counts,
    counts_by_facet,
    counts_by_plan,
    overdue,
    remaining,
    standing,
    total,
    waiting_for_actions,
    waiting_for_posts,
)

__all__ = [
    "ACROSS",
    "BY_STATUS",
    "FACETS",
    "PROGRESS",
    "audits",
    "colour",
    "completed",
    "completions",
    "counts",
    "counts_by_facet",
    "counts_by_plan",
    "dates",
    "follow_ups",
    "maturity",
    "order",
    "overdue",
    "overlap",
    "remaining",
    "standing",
    "total",
    "waiting_for_actions",
    "waiting_for_posts",
]
