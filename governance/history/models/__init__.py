"""Versions of register entries, and the seals over them."""

from governance.history.models.known import Documented, DocumentedVersionQuerySet
from governance.history.models.seals import Block, Era, Form, Seal
from governance.history.models.versions import (
    FOREVER,
    History,
    Recorded,
    Redaction,
    Version,
    VersionQuerySet,
    pk_of,
)

__all__ = [
    "FOREVER",
    "Block",
    "Documented",
    "DocumentedVersionQuerySet",
    "Era",
    "Form",
    "History",
    "Recorded",
    "Redaction",
    "Seal",
    "Version",
    "VersionQuerySet",
    "pk_of",
]
