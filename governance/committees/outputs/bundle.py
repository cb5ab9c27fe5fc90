"""Everything of a paper in one archive, with a manifest of the SHA-256 of each file."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from governance.committees.outputs.annex import EPOCH
from governance.committees.representations import stored

if TYPE_CHECKING:
    from governance.committees.models import Edition, Issue, Paper

MANIFEST, IN_WORDS = "manifest.json", "manifest.txt"


def render(paper: Paper, edition: Edition | None = None) -> bytes:
    """The archive: the files that are made, the stored content that they were made from, and the manifest."""
    issue = stored(paper, edition)
    content = json.dumps(issue.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    of_edition = paper.renderings.of_edition(edition).ready().order_by("pk")
    files = [(made.filename, bytes(made.file or b"")) for made in of_edition]
    files.append(("content.json", content))
    manifest = _manifest(issue, files)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in [*files, (MANIFEST, _as_json(manifest)), (IN_WORDS, _in_words(manifest))]:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), file, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _manifest(issue: Issue | Edition, files: list[tuple[str, bytes]]) -> dict[str, Any]:
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
        "files": [
            {"name": name, "size": len(file), "sha256": sha256(file).hexdigest()} for name, file in files
        ],
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
