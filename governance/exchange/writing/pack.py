"""An evidence pack as one ZIP: the table twice, the documents, an index, and the SHA-256 of each file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from actions.models import DocumentVersion
from actions.services.evidence import LostFileError, content_of
from governance.exchange.writing import commas, workbook
from governance.exchange.writing.packed import Archive
from governance.exchange.writing.table import Table

if TYPE_CHECKING:
    from actions.representations.packs import Content, Held

MEDIA_TYPE = "application/zip"
UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)
LONGEST = 60  # characters of a file's own name; folders on a colleague's disk are long already


def write(content: Content, page: dict[str, Any], about: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """The archive in pieces; at most one document is in memory at a time. `page` is what the index says."""
    archive = Archive()
    for writer in (commas.WRITER, workbook.WRITER):
        batches = [list(zip(*content.rows, strict=True))] if content.rows else []
        table = Table(content.headings, batches, about)
        yield from archive.add(f"table.{writer.ending}", writer.write(table))
    documents = []
    versions = DocumentVersion.objects.for_page().in_bulk([each.version for each in content.documents])
    for each in content.documents:
        version = versions[each.version]
        name, why_not = name_of(each.action, version), ""
        if version.kept_as and not hasattr(version, "takedown"):
            try:
                yield from archive.add(name, [content_of(version)])
            except LostFileError as lost:
                why_not = str(lost)
        documents.append(Handed(each, version, name if name in archive.digests else "", why_not))
    index = render_to_string("exchange/pack_index.html", {**page, "documents": documents})
    yield from archive.add("index.html", [index.encode()])
    lines = (f"{digest}  {name}\n" for name, digest in archive.digests.items())
    yield from archive.add("manifest-sha256.txt", ["".join(lines).encode()])
    yield archive.close()


@dataclass(frozen=True)
class Handed:
    """A document as the index says it, with the name of its file, if that is handed over."""

    held: Held
    version: DocumentVersion
    name: str
    why_not: str


def name_of(action: str, version: DocumentVersion) -> str:
    """Such as evidence/ICO-001-EV-0003-v2-minutes.pdf: letters, digits, points and hyphens only."""
    stem, _, ending = version.file_name.rpartition(".")
    parts = (action, version.document.reference, f"v{version.number}", _safe(stem)[:LONGEST].strip("-."))
    return f"evidence/{_safe('-'.join(part for part in parts if part))}.{_safe(ending)}"


def _safe(words: str) -> str:
    return UNSAFE.sub("-", words).strip("-.")
