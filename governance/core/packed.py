"""Packages (workbooks, documents, archives): too much in them, told by their list of contents alone.

The list may lie, so whoever unpacks a part also measures what comes out.
"""

from __future__ import annotations

import zlib
from enum import StrEnum
from zipfile import BadZipFile, ZipInfo

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
LARGEST_RATIO = 100  # unpacked to packed
RATIO_COUNTS_FROM = MEGABYTE  # below that nothing is at stake, and an empty sheet packs well
MOST_PARTS = 1_000

# What reading a damaged package, or one that was made to harm, may raise.
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Excess(StrEnum):
    """What is too much in a package."""

    PARTS = "parts"
    LOCKED = "locked"
    UNPACKED = "unpacked"
    RATIO = "ratio"


def excess_of(parts: list[ZipInfo], size: int) -> Excess | None:
    """What is too much in a package of so many bytes; None where it may be read."""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        return Excess.PARTS
    if any(part.flag_bits & 1 for part in parts):
        return Excess.LOCKED
    if unpacked > LARGEST_UNPACKED:
        return Excess.UNPACKED
    if unpacked > RATIO_COUNTS_FROM and unpacked > LARGEST_RATIO * size:
        return Excess.RATIO
    return None
