"""Which files are taken as evidence, and whether one is what its name says, whatever a browser says."""

from __future__ import annotations

import re
from collections.abc import Callable

from actions.services import officefiles, pdffiles
from actions.services.officefiles import DOCUMENT, WORKBOOK
from actions.services.pictures import is_jpg, is_png
from governance.core.packed import LARGEST_FILE, MEGABYTE
from governance.core.steps import StepError

TAKEN = "PDF, DOCX, XLSX, CSV, PNG or JPG"
TOO_LARGE = f"The file must be {LARGEST_FILE // MEGABYTE} MB or smaller. Make it smaller, or add a link to it"
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")
DAMAGED = "what is in it is no whole file of that kind"


class FileKindError(StepError):
    """A file that is not taken; the text says why, as a sentence for a page."""

    field = "file"


def _is_csv(data: bytes) -> bool:
    """Plain text with neither control characters nor the beginning of a page or a script."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    begins = text.lstrip()[:20].lower()
    return not NO_TEXT.search(text) and not begins.startswith(("<", "%pdf", "%!", "#!", "{\\rtf"))


def _unless(is_one: Callable[[bytes], bool]) -> Callable[[bytes], str]:
    return lambda data: "" if is_one(data) else DAMAGED


# By the ending of a name: the media type it is served with, and what says what is wrong with it.
KINDS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "pdf": ("application/pdf", pdffiles.wrong_with),
    "docx": (DOCUMENT, officefiles.wrong_with(DOCUMENT)),
    "xlsx": (WORKBOOK, officefiles.wrong_with(WORKBOOK)),
    "csv": ("text/csv", _unless(_is_csv)),
    "png": ("image/png", _unless(is_png)),
    "jpg": ("image/jpeg", _unless(is_jpg)),
    "jpeg": ("image/jpeg", _unless(is_jpg)),
}


def media_type_of(name: str, data: bytes) -> str:
    """The media type that the file is served with. Raises FileKindError for one of another kind, an empty
    one, one that is too large, and one that is not what its name says or that runs something."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        raise FileKindError(f"“{name}” cannot be kept. Choose a file of the kind {TAKEN}")
    if not data:
        raise FileKindError(f"“{name}” is empty. Choose a file with something in it")
    if len(data) > LARGEST_FILE:
        raise FileKindError(TOO_LARGE)
    media_type, wrong_with = KINDS[ending]
    if wrong := wrong_with(data):
        raise FileKindError(f"“{name}” is not taken as {ending.upper()}: {wrong}")
    return media_type


def name_to_keep(said: str, longest: int) -> str:
    """The name of a file without its folders and without signs that do not print, at most so long."""
    last = re.split(r"[/\\]", said)[-1]
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split())
    stem, point, ending = name.rpartition(".")
    room = longest - len(point + ending)
    return f"{stem[:room]}{point}{ending}" if room > 0 else name[:longest]
