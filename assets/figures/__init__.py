"""The figures of the asset register, a module for each part of it."""

from assets.figures import (
    assurance,
    attestation,
    coverage,
    disposal,
    dpia,
    duplicates,
    openness,
    processing,
    retention,
    sharing,
)
from assets.figures.counted import counts, counts_of, grouped, kept, tallies
from assets.figures.quality import open_issues
from assets.figures.register import VERSIONS, ownerless, total, with_personal_data

__all__ = [
    "VERSIONS",
    "assurance",
    "attestation",
    "counts",
    "counts_of",
    "coverage",
    "disposal",
    "dpia",
    "duplicates",
    "grouped",
    "kept",
    "open_issues",
    "openness",
    "ownerless",
    "processing",
    "retention",
    "sharing",
    "tallies",
    "total",
    "with_personal_data",
]
