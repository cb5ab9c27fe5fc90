"""What Northmere has entered on the pages since its files were brought in: a module for each part.

Each `enter(by)` does it as that person would, through the same forms and services as the pages.
"""

from __future__ import annotations

from typing import Protocol

from governance.demo.seeds import (
    approving,
    asked,
    assets,
    assurances,
    attestation,
    audits,
    clearing,
    colours,
    corrected,
    dating,
    drafted,
    evidence,
    follow_up,
    forms_of_reports,
    going_on,
    incidents,
    maturity,
    minuted,
    more_time,
    packs,
    processing,
    publishing,
    retention,
    risks,
    sampled,
    scores,
    sharing,
    sittings,
    strategies,
    told,
    treating,
)
from governance.people.models import User


class Seed(Protocol):
    """A part of what was entered."""

    def enter(self, by: User) -> None:
        """Enter it, as this person."""


# In the order in which they build on each other: the assets first.
SEEDS: tuple[Seed, ...] = (
    forms_of_reports, assets, retention, processing, attestation, sharing, publishing, risks, scores, told,
    going_on, incidents, audits, follow_up, sampled, colours, treating, strategies, assurances,
    dating, more_time, maturity, evidence, packs, approving, drafted, sittings, asked,
    minuted, clearing, corrected,
)  # fmt: skip


def enter_all(by: User) -> None:
    """Everything, part by part."""
    for seed in SEEDS:
        seed.enter(by)
