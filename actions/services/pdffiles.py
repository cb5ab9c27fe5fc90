"""PDFs: whole, and without what runs, starts a program or hides a file."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import is_zipfile

from governance.core.packed import LARGEST_UNPACKED

HEADER = re.compile(rb"%PDF-[12]\.\d[\s%]")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
END = rb"(?=[\s/<>\[\](){}%\x00]|$)"
ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)" + END)
LOCKED = re.compile(rb"/Encrypt" + END)
OBJECTS = re.compile(rb"/ObjStm" + END)  # packed streams that hold objects: things may hide there
STREAM = re.compile(rb"(?<!end)stream\r?\n")
FLATE = re.compile(rb"/Filter\s*(/FlateDecode|\[\s*/FlateDecode\s*\])" + END)
OTHERS = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MZ\x90\x00")
PAGE = re.compile(rb"<\s*(script|html|!doctype|svg|iframe)", re.IGNORECASE)

BROKEN = "what is in it is no whole PDF file"
PROTECTED = "it is protected by a password. Save it without one"
RUNS = (
    "it has a script, starts a program or holds other files. Print it to a PDF and add that, or add the "
    "other files by themselves"
)


def wrong_with(data: bytes) -> str:
    """What is wrong with a file that should be a PDF, as the second half of a sentence; else nothing."""
    if not HEADER.match(data) or b"%%EOF" not in data[-2048:] or b" obj" not in data:
        return BROKEN
    if is_zipfile(BytesIO(data)) or PAGE.search(data[:1024]) or any(mark in data[:1024] for mark in OTHERS):
        return BROKEN
    plain = _unescaped(data)
    if LOCKED.search(plain):
        return PROTECTED
    hidden = _hidden(data, len(OBJECTS.findall(plain)))
    if hidden is None:
        return f"{BROKEN} that can be looked through"
    return RUNS if any(ACTIVE.search(each) for each in (plain, hidden)) else ""


def _unescaped(data: bytes) -> bytes:
    """With names as a reader takes them: /J#61vaScript is /JavaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _hidden(data: bytes, expected: int) -> bytes | None:
    """The objects in packed streams, unpacked; None where one of as many as there are cannot be unpacked."""
    found, room = [], LARGEST_UNPACKED
    for stream in STREAM.finditer(data) if expected else ():
        begins = data.rfind(b"obj", 0, stream.start())
        about = _unescaped(data[begins : stream.start()])
        if not OBJECTS.search(about):
            continue
        unpacked = _unpacked(about, data[stream.end() :], room)
        if unpacked is None:
            return None
        room -= len(unpacked)
        found.append(_unescaped(unpacked))
    return b"\n".join(found) if len(found) == expected else None


def _unpacked(about: bytes, packed: bytes, room: int) -> bytes | None:
    """A stream of objects as told of in its dictionary; None for one packed as no writer of PDFs does."""
    if b"/DecodeParms" in about or not FLATE.search(about):
        return None if b"/Filter" in about or b"/DecodeParms" in about else b""  # plain: read with the rest
    try:
        unpacked = zlib.decompressobj().decompress(packed, room + 1)
    except zlib.error:
        return None
    return unpacked if len(unpacked) <= room else None
