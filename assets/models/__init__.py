"""The Information Asset Register: assets, and what they choose from."""

from assets.models.asset import CRITICALITY, READERS, UNIT_READERS, Asset, AssetQuerySet
from assets.models.lists import (
    Exemption,
    Function,
    ImpactLevel,
    Licence,
    ListEntry,
    ListQuerySet,
    Marking,
    OldMarking,
    VolumeBand,
)
from assets.models.places import Keeping, Location, System
from assets.models.retention import RetentionRule

__all__ = [
    "CRITICALITY",
    "READERS",
    "UNIT_READERS",
    "Asset",
    "AssetQuerySet",
    "Exemption",
    "Function",
    "ImpactLevel",
    "Keeping",
    "Licence",
    "ListEntry",
    "ListQuerySet",
    "Location",
    "Marking",
    "OldMarking",
    "RetentionRule",
    "System",
    "VolumeBand",
]
