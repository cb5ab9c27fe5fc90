"""Who may do what with plans and actions, a module for each part of it."""

from actions.permissions import (
    assurances,
    audits,
    completions,
    dates,
    evidence,
    extensions,
    files,
    maturity,
    overlap,
    packs,
    plans,
    progress,
    replacement,
    samples,
    sight,
    standing,
    views,
)
from actions.permissions.plans import KEEPERS

__all__ = [
    "KEEPERS",
    "assurances",
    "audits",
    "completions",
    "dates",
    "evidence",
    "extensions",
    "files",
    "maturity",
    "overlap",
    "packs",
    "plans",
    "progress",
    "replacement",
    "samples",
    "sight",
    "standing",
    "views",
]
