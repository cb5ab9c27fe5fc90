"""The package that a workbook is: looked over before anything in it is read.

What the list of contents says of sizes may be a lie, so each part is also unpacked only as far as allowed.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from governance.exchange.reading.limits import (
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_PARTS,
    RATIO_COUNTS_FROM,
    FileRefusedError,
)

Start = Callable[[str, dict[str, str]], None]
Ended = Callable[[str], None]
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)
DAMAGED = "The workbook is damaged and cannot be opened. Open it in a spreadsheet and save it anew"


class Package:
    """The parts of a workbook by name."""

    def __init__(self, data: bytes) -> None:
        """Raises FileRefusedError."""
        try:
            self.zip = ZipFile(BytesIO(data))
        except BROKEN:
            raise FileRefusedError(DAMAGED) from None
        self.parts = {part.filename: part for part in self.zip.infolist()}
        self.left = LARGEST_UNPACKED
        look_over(list(self.zip.infolist()), len(data))

    def has(self, name: str) -> bool:
        """Is there such a part?"""
        return name in self.parts

    def read(self, name: str) -> bytes:
        """A part, unpacked. Raises FileRefusedError."""
        if name not in self.parts:
            raise FileRefusedError(f"{DAMAGED}: its part “{name[:60]}” is missing")
        try:
            with self.zip.open(self.parts[name]) as part:
                data = part.read(self.left + 1)
        except BROKEN:
            raise FileRefusedError(f"{DAMAGED}: its part “{name[:60]}” cannot be unpacked") from None
        self.left -= len(data)
        if self.left < 0:
            raise too_large()
        return data


def look_over(parts: list[ZipInfo], size: int) -> None:
    """Refuse, by its list of contents alone, what is too much."""
    if len(parts) > MOST_PARTS:
        raise FileRefusedError(f"The workbook has {len(parts):,} parts. {MOST_PARTS:,} are the most")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefusedError("The workbook is protected by a password. Save it without one")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        raise too_large()
    if unpacked > RATIO_COUNTS_FROM and unpacked > LARGEST_RATIO * size:
        raise FileRefusedError(
            f"The workbook unpacks to more than {LARGEST_RATIO} times its size, which no register does"
        )


def too_large() -> FileRefusedError:
    """The refusal of what unpacks to too much."""
    return FileRefusedError(
        f"The workbook unpacks to more than {LARGEST_UNPACKED // MEGABYTE} MB. Split it, or save it as CSV"
    )


def parse(data: bytes, where: str, start: Start, end: Ended | None = None, text: Ended | None = None) -> None:
    """Go through a part of XML: nothing outside it is ever fetched, and it may declare no entities.

    Raises FileRefusedError for what is no XML; whatever the handlers raise ends it.
    """
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True
    parser.buffer_size = 65_536

    def refuse(*declared: object) -> None:
        raise FileRefusedError(
            f"The part “{where}” of the workbook declares a document type, which none needs"
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, UnicodeError, ValueError) as wrong:
        if isinstance(wrong, FileRefusedError):
            raise
        line = getattr(wrong, "lineno", 0)
        at = f", line {line}" if line else ""
        raise FileRefusedError(f"{DAMAGED}: its part “{where}” is broken{at}") from None
