"""A restatement in words and as data: the same for pages, papers and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from governance.committees.models import PublishedFigure

NOT_CLASSED = "not yet classed"
# How an address says so.
WITHOUT = "none"


def part_of(figure: PublishedFigure) -> str:
    """What narrows the figure to a part, in the words of its title; nothing where it is the whole."""
    return (figure.title.partition(": ")[2] or figure.title) if figure.parts else ""


def as_row(found: Any) -> dict[str, Any]:
    """A restatement `for_list`, for programs."""
    figure = found.figure
    meeting = figure.paper.meeting
    return {
        "paper": figure.paper.title,
        "body": meeting.body_then,
        "meeting": meeting.held_on.isoformat(),
        "figure": figure.title,
        "key": figure.key,
        "part": part_of(figure),
        "plans": list(figure.counted.plans),
        "as_at": figure.as_at.isoformat(),
        "was": figure.value,
        "now": found.now,
        "references": found.references,
        "known_at": found.moment.known_at.isoformat(),
        "class": found.class_kind or "",
        "reason": found.class_reason or "",
    }
