"""Which files are taken as evidence, and whether one is what its name says, whatever a browser says."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from governance.core.packed import BROKEN, LARGEST_FILE, MEGABYTE, excess_of
from governance.core.steps import StepError

OFFICE = "application/vnd.openxmlformats-officedocument."
TAKEN = "PDF, DOCX, XLSX, CSV, PNG or JPG"
TOO_LARGE = f"The file must be {LARGEST_FILE // MEGABYTE} MB or smaller. Make it smaller, or add a link to it"
MACROS = re.compile(rb"macroenabled|vbaproject|ms-office\.activex|macrosheet", re.IGNORECASE)


class FileKindError(StepError):
    """A file that is not taken; the text says why, as a sentence for a page."""

    field = "file"


def _pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:] and not is_zipfile(BytesIO(data))


def _png(data: bytes) -> bool:
    """Piece after piece as its own sums say, to the last one, and nothing behind that."""
    place, kind = 8, b""
    while data.startswith(b"\x89PNG\r\n\x1a\n") and place + 12 <= len(data) and kind != b"IEND":
        length = int.from_bytes(data[place : place + 4])
        kind, end = data[place + 4 : place + 8], place + 8 + length
        if zlib.crc32(data[place + 4 : end]).to_bytes(4) != data[end : end + 4]:
            return False
        place = end + 4
    return kind == b"IEND" and place == len(data)


def _jpg(data: bytes) -> bool:
    return (
        data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-65_536:] and not is_zipfile(BytesIO(data))
    )


def _csv(data: bytes) -> bool:
    """Plain text with neither control characters nor the beginning of a page or a script."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    begins = text.lstrip()[:20].lower()
    is_text = not any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text) and "\ufffd" not in text
    return is_text and not begins.startswith(("<", "%pdf", "%!", "#!", "{\\rtf"))


def _office(part: str, kind: str) -> Callable[[bytes], bool]:
    """A workbook or a document with that main part, whole, and without macros."""

    def check(data: bytes) -> bool:
        try:
            with ZipFile(BytesIO(data)) as packed:
                parts = packed.infolist()
                if not data.startswith(b"PK\x03\x04") or excess_of(parts, len(data)) or packed.testzip():
                    return False
                types = packed.read("[Content_Types].xml")
        except BROKEN:
            return False
        names = {each.filename for each in parts}
        has_macros = MACROS.search(types) or MACROS.search(" ".join(names).encode(errors="replace"))
        return not has_macros and part in names and f"{OFFICE}{kind}.main+xml".encode() in types

    return check


KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _pdf),
    "docx": (
        f"{OFFICE}wordprocessingml.document",
        _office("word/document.xml", "wordprocessingml.document"),
    ),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", _office("xl/workbook.xml", "spreadsheetml.sheet")),
    "csv": ("text/csv", _csv),
    "png": ("image/png", _png),
    "jpg": ("image/jpeg", _jpg),
    "jpeg": ("image/jpeg", _jpg),
}


def media_type_of(name: str, data: bytes) -> str:
    """The media type that the file is served with. Raises FileKindError for one of another kind, an empty
    one, one that is too large, and one whose content is not what its name says."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        raise FileKindError(f"“{name}” cannot be kept. Choose a file of the kind {TAKEN}")
    if not data:
        raise FileKindError(f"“{name}” is empty. Choose a file with something in it")
    if len(data) > LARGEST_FILE:
        raise FileKindError(TOO_LARGE)
    media_type, is_one = KINDS[ending]
    if not is_one(data):
        raise FileKindError(
            f"“{name}” is not what its name says: what is in it is no whole {ending.upper()} file, or it has "
            "macros or a password, or unpacks to too much. Save it again in that form"
        )
    return media_type


def name_to_keep(said: str, longest: int) -> str:
    """The name of a file without its folders and without signs that do not print, at most so long."""
    last = re.split(r"[/\\]", said)[-1]
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split())
    stem, point, ending = name.rpartition(".")
    room = longest - len(point + ending)
    return f"{stem[:room]}{point}{ending}" if room > 0 else name[:longest]
