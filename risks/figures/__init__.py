"""The figures of this room: a module for each part."""

from risks.figures import acceptance, incident, register, scores
from risks.figures.register import counts, ownerless, total
from risks.figures.scores import tallies

__all__ = ["acceptance", "counts", "incident", "ownerless", "register", "scores", "tallies", "total"]
