"""Documents and workbooks: packages whose list of parts, and what leads from part to part, is read as XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from governance.core.packed import BROKEN, excess_of

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENT, WORKBOOK = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"
TYPES = "[Content_Types].xml"
# What a part may be. Whatever else a program writes into a document is refused, above all what runs.
HARMLESS = re.compile(
    r"application/vnd\.openxmlformats-(officedocument|package)\..+|application/vnd\.ms-[a-z0-9.\-]+\+xml"
    r"|image/[a-z0-9.+\-]+|(application|text)/xml|application/inkml\+xml|application/x-font[a-z\-]+"
)
RUNS = re.compile(r"macro|vba|activex|oleobject|webextension|/control$|attachedtoolbars", re.IGNORECASE)
DAMAGED = "what is in it is no whole file of that kind, or is protected by a password"
TOO_MUCH = "it unpacks to too much"
MACROS = "it has macros, controls or other things that run"
HOLDS = "it holds other files, which nobody sees before they open it"
FETCHES = "it fetches something from elsewhere as it is opened: break its links, or keep it as a PDF"

Attributes = Mapping[str, str]


class OfficeError(Exception):
    """Why a package is not taken, as the second half of a sentence."""


def wrong_with(kind: str) -> Callable[[bytes], str]:
    """Says what is wrong with a file that should be a whole DOCUMENT or WORKBOOK; nothing where it is one."""

    def check(data: bytes) -> str:
        try:
            _look_over(data, kind)
        except OfficeError as wrong:
            return str(wrong)
        except (*BROKEN, expat.ExpatError):
            return DAMAGED
        return ""

    return check


def _look_over(data: bytes, kind: str) -> None:
    """The package, and the workbooks behind charts within it. Raises OfficeError."""
    with ZipFile(BytesIO(data)) as packed:
        parts = _parts(packed, data)
        within = [packed.read(part) for part in parts if _is_package(packed, part)]
        _check_parts(packed, kind)
    for inner in within:
        with ZipFile(BytesIO(inner)) as package:
            parts += package.infolist()
            if excess_of(parts, len(data)):  # all of them together unpack to no more than one file may
                raise OfficeError(TOO_MUCH)
            _parts(package, inner)
            _check_parts(package, WORKBOOK)
            if any(_is_package(package, part) for part in package.infolist()):
                raise OfficeError(HOLDS)


def _parts(packed: ZipFile, data: bytes) -> list[ZipInfo]:
    """The parts of a package that may be read, each name once in whatever letters."""
    parts = packed.infolist()
    if excess_of(parts, len(data)):
        raise OfficeError(TOO_MUCH)
    names = {part.filename.lower() for part in parts if _is_plain(part)}
    if not data.startswith(b"PK\x03\x04") or len(names) < len(parts) or packed.testzip():
        raise OfficeError(DAMAGED)
    return parts


def _is_plain(part: ZipInfo) -> bool:
    """Has it a name that every reader takes for the same?"""
    return part.filename == part.orig_filename and not re.search(r"\\|^/|(^|/)\.\.?(/|$)", part.filename)


def _is_package(packed: ZipFile, part: ZipInfo) -> bool:
    return packed.open(part).read(4) == b"PK\x03\x04"


def _check_parts(packed: ZipFile, kind: str) -> None:
    """Each part is of a kind that does nothing by itself, exactly one is the main one, and nothing leads to
    what runs or lies elsewhere."""
    by_ending, by_name = _types(packed)
    names = [part.filename for part in packed.infolist() if not part.is_dir() and part.filename != TYPES]
    for said in {*by_ending.values(), *by_name.values()}:
        if RUNS.search(said):
            raise OfficeError(MACROS)
    for name in names:
        said = by_name.get(f"/{name}".lower(), by_ending.get(name.rpartition(".")[2].lower(), ""))
        _check_part(packed, name, said)
    main = [name for name, said in by_name.items() if said == f"{kind}.main+xml"]
    if len(main) != 1 or main[0] not in {f"/{name}".lower() for name in names}:
        raise OfficeError(DAMAGED)


def _check_part(packed: ZipFile, name: str, said: str) -> None:
    if RUNS.search(name):
        raise OfficeError(MACROS)
    is_workbook = said == WORKBOOK
    holds = "embeddings/" in name.lower() or packed.open(name).read(4) == b"PK\x03\x04"
    if not HARMLESS.fullmatch(said) or (holds and not is_workbook):
        raise OfficeError(HOLDS)
    if name.lower().endswith(".rels"):
        for _, link in _elements(packed.read(name), "Relationship"):
            _check_link(link)


def _check_link(link: Attributes) -> None:
    role = link.get("Type", "")
    if RUNS.search(role):
        raise OfficeError(MACROS)
    if link.get("TargetMode", "").lower() == "external" and not role.endswith("/hyperlink"):
        raise OfficeError(FETCHES)


def _types(packed: ZipFile) -> tuple[dict[str, str], dict[str, str]]:
    """What the list of parts says they are: by the ending of a name, and by the name; in small letters."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for element, said in _elements(packed.read(TYPES), "Default", "Override"):
        key = said.get("Extension" if element == "Default" else "PartName", "").lower()
        kind = said.get("ContentType", "").partition(";")[0].strip().lower()
        if found[element == "Override"].setdefault(key, kind) != kind:
            raise OfficeError(DAMAGED)
    return found


def _elements(data: bytes, *wanted: str) -> Iterator[tuple[str, Attributes]]:
    """Elements of those names with their attributes as any reader of XML has them. Raises OfficeError for a
    document type, since with one a text can mean anything."""
    found: list[tuple[str, Attributes]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local in wanted:
            found.append((local, attributes))

    def refuse(*said: object) -> None:
        raise OfficeError(DAMAGED)

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, refuse
    parser.ParseFile(BytesIO(data))
    return iter(found)
