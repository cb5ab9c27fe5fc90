"""The figures of the asset register, a module for each part of it."""

from assets.figures import (
    attestation,
    coverage,
    duplicates,
)
from assets.figures.quality import open_issues
from assets.figures.register import VERSIONS, counts, ownerless, tallies, total, with_personal_data

__all__ = [
    "VERSIONS",
    "attestation",
    "counts",
    "coverage",
    "duplicates",
    "open_issues",
    "ownerless",
    "tallies",
    "total",
    "with_personal_data",
]
