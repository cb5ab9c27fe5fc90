"""Who may do what in the asset register, a module for each part of it."""

from assets.permissions import attestation, processing, quality, register, retention, sharing, views
from assets.permissions.register import KEEPERS

__all__ = [
    "KEEPERS",
    "attestation",
    "processing",
    "quality",
    "register",
    "retention",
    "sharing",
    "views",
]
