"""Everything of a paper in one archive, with a manifest of the SHA-256 of each file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from governance.committees.listed import files_in
from governance.committees.outputs.annex import EPOCH
from governance.committees.representations import stored

if TYPE_CHECKING:
    from governance.committees.models import Edition, Issue, Paper

MANIFEST, IN_WORDS = "manifest.json", "manifest.txt"
LONGEST_NAME = 120


def render(paper: Paper, edition: Edition | None = None) -> bytes:
    """The archive: the files that are made, those that came with the paper, its content, the manifest."""
    issue = stored(paper, edition)
    told: list[dict[str, Any]] = []
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in _files(paper, edition, issue.content):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), file, zipfile.ZIP_DEFLATED)
            told.append({"name": name, "size": len(file), "sha256": sha256(file).hexdigest()})
        manifest = _manifest(issue, told)
        for name, file in ((MANIFEST, _as_json(manifest)), (IN_WORDS, _in_words(manifest))):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), file, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _files(paper: Paper, edition: Edition | None, content: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Each file with its name, one at a time: together they may be large."""
    for made in paper.renderings.of_edition(edition).ready().order_by("pk"):
        yield made.filename, bytes(made.file or b"")
    for title, kind, key in files_in(content):
        found = kind._default_manager.filter(pk=key).values_list("file", flat=True).get()
        yield f"{slugify(title)[:LONGEST_NAME]}.pdf", bytes(found or b"")
    as_stored = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    yield "content.json", as_stored.encode()


def _manifest(issue: Issue | Edition, files: list[dict[str, Any]]) -> dict[str, Any]:
    told = issue.content
    return {
        "council": told["council"],
        "body": told["meeting"]["body"],
        "meeting": told["dates"]["meeting"],
        "title": told["title"],
        "figures_as_at": told["dates"]["frozen"],
        "figures_known_on": told["dates"]["known"],
        "publication_status": told["publication_status"],
        "content_sha256": issue.content_sha256,
        "files": files,
    }


def _as_json(manifest: dict[str, Any]) -> bytes:
    return json.dumps(manifest, indent=2, ensure_ascii=False).encode()


def _in_words(manifest: dict[str, Any]) -> bytes:
    """The manifest to be read, and checked with `sha256sum --check`: other lines begin with #."""
    lines = [
        f"# {manifest['council']}: {manifest['title']}",
        f"# {manifest['body']}, {manifest['meeting']}. {manifest['publication_status']} report.",
        f"# Figures as at {manifest['figures_as_at']}, as known on {manifest['figures_known_on']}.",
        "# The SHA-256 of each file:",
        *(f"{file['sha256']}  {file['name']}" for file in manifest["files"]),
    ]
    return ("\n".join(lines) + "\n").encode()
