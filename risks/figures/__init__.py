"""The figures of this room: a module for each part."""

from risks.figures import register
from risks.figures.register import counts, ownerless, tallies, total

__all__ = ["counts", "ownerless", "register", "tallies", "total"]
