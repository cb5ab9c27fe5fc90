"""What of the risks waits for a decision: escalated, to be accepted, not on the register, not reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from governance.figures.figure import Figure
from governance.figures.tiles import Tile
from risks.figures import acceptance, escalation, promotion
from risks.figures.asked import Asked

# In the order in which they are shown; the first heading is that of what the SIRO is asked.
GROUPS: tuple[tuple[str, tuple[Figure[Any], ...]], ...] = (
    (
        "Escalated",
        (escalation.escalated, escalation.escalated_appetite, escalation.escalated_overdue),
    ),
    ("Acceptances due", (acceptance.asked, acceptance.due, acceptance.expired, acceptance.suspended)),
    ("Promotions missing", (promotion.missing, promotion.dpias, escalation.below_register)),
)
DECISIONS = tuple(figure for _, figures in GROUPS for figure in figures)


class Waiting(NamedTuple):
    """What waits of one kind: its numbers, and in words why there is none of what no rules ask for."""

    heading: str
    tiles: list[Tile]
    unasked: list[str]


def waiting(heading: str, counted: Sequence[Tile], figures: Sequence[Figure[Any]], rules: Asked) -> Waiting:
    """The tiles of one kind, without those of which a nought would say that all is well."""
    pairs = list(zip(counted, figures, strict=True))
    tiles = [tile for tile, figure in pairs if figure.key not in rules.not_asked]
    unasked = [f"{figure.title}: {why}" for figure in figures if (why := rules.why_not(figure.key))]
    return Waiting(heading, tiles, unasked)
