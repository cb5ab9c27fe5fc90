"""The package that a workbook is: looked over before anything in it is read.

What the list of contents says of sizes may be a lie, so each part is also unpacked only as far as allowed.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from governance.core.packed import (
    BROKEN,
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_PARTS,
    Excess,
    excess_of,
)
from governance.exchange.reading.limits import FileRefusedError

FAILED = re.compile(rb"(<(?:\w+:)?c\s(?:[^<>]*\s)?)t=[\"']e[\"']")
TAB, BREAK = re.compile(rb"<text:tab\b[^<>]*/>"), re.compile(rb"<text:line-break\b[^<>]*/>")
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
        self.sizes: dict[str, int] = {}  # of what has been unpacked, so far as is known
        look_over(list(self.zip.infolist()), len(data))

    def has(self, name: str) -> bool:
        """Is there such a part?"""
        return name in self.parts

    def read(self, name: str) -> bytes:
        """A part, unpacked. Raises FileRefusedError."""
        if name not in self.parts:
            raise FileRefusedError(f"{DAMAGED}: its part “{name[:60]}” is missing")
        left = LARGEST_UNPACKED - sum(size for other, size in self.sizes.items() if other != name)
        try:
            with self.zip.open(self.parts[name]) as part:
                data = part.read(left + 1)
        except BROKEN:
            raise FileRefusedError(f"{DAMAGED}: its part “{name[:60]}” cannot be unpacked") from None
        self.sizes[name] = len(data)
        if len(data) > left:
            raise too_large()
        return data

    def repacked(self) -> bytes:
        """The same with nothing in it but the parts of XML, unpacked. Raises FileRefusedError.

        Whoever reads it next sees what was measured here, whatever the list of contents said.
        """
        file = BytesIO()
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name in self.parts:
                if name == "mimetype" or name.endswith((".xml", ".rels")):
                    archive.writestr(ZipInfo(name), mended(name, self.read(name)))
        return file.getvalue()


def mended(name: str, data: bytes) -> bytes:
    """A part, with what python-calamine would leave out in silence as a text. Raises FileRefusedError.

    Formulas that failed (#REF!) would be blank cells, and tabs and line ends in a text of ODS nothing.
    """
    if b"<!DOCTYPE" in data:
        raise FileRefusedError(
            f"The part “{name[:60]}” of the workbook declares a document type, which none needs"
        )
    if name.startswith("xl/worksheets/"):
        return FAILED.sub(rb'\1t="str"', data)
    if name == "content.xml":
        return BREAK.sub(b"\n", TAB.sub(b"\t", data))
    return data


def look_over(parts: list[ZipInfo], size: int) -> None:
    """Refuse, by its list of contents alone, what is too much. Raises FileRefusedError."""
    found = excess_of(parts, size)
    if found == Excess.PARTS:
        raise FileRefusedError(f"The workbook has {len(parts):,} parts. {MOST_PARTS:,} are the most")
    if found == Excess.LOCKED:
        raise FileRefusedError("The workbook is protected by a password. Save it without one")
    if found == Excess.UNPACKED:
        raise too_large()
    if found == Excess.RATIO:
        raise FileRefusedError(
            f"The workbook unpacks to more than {LARGEST_RATIO} times its size, which no register does"
        )


def too_large() -> FileRefusedError:
    """The refusal of what unpacks to too much."""
    return FileRefusedError(
        f"The workbook unpacks to more than {LARGEST_UNPACKED // MEGABYTE} MB. Split it, or save it as CSV"
    )
