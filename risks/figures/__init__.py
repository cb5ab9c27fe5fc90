"""The figures of this room: a module for each part."""

from risks.figures import acceptance, colour, escalation, incident, promotion, register, scores
from risks.figures.register import counts, counts_of, grouped, ownerless, total
from risks.figures.scores import tallies

__all__ = [
    "acceptance",
    "colour",
    "counts",
    "counts_of",
    "escalation",
    "grouped",
    "incident",
    "ownerless",
    "promotion",
    "register",
    "scores",
    "tallies",
    "total",
]
