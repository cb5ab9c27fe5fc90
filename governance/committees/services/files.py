"""The files of an issued paper: asked for, and asked for again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from governance.committees.models import Edition, Paper, Rendering
from governance.committees.tasks import hint

Format = Rendering.Format
# How each is called behind body, day and title, as a clerk uploads them to Modern.gov.
ENDINGS = {
    Format.PDF: ".pdf",
    Format.HTML: ".html",
    Format.DOCX: ".docx",
    Format.XLSX: "-tables.xlsx",
    Format.CSV: "-tables-csv.zip",
    Format.BUNDLE: "-bundle.zip",
}
PART_2 = (Format.PDF, Format.HTML, Format.DOCX)


def ask_for_files(paper: Paper, edition: Edition | None = None) -> int:
    """Ask for every file of the paper, or of an edition, that it has not been asked for. Returns how many."""
    have = set(paper.renderings.of_edition(edition).values_list("format", flat=True))
    wanted = [
        Rendering(paper=paper, edition=edition, format=kind, filename=file_name(paper, kind, edition))
        for kind in formats_of(edition)
        if kind not in have
    ]
    for rendering in Rendering.objects.bulk_create(wanted):
        ask_for(rendering)
    return len(wanted)


def formats_of(edition: Edition | None) -> Iterable[str]:
    """The formats that there are: Part 2 is read, and has no annex of tables and no archive."""
    return PART_2 if edition and edition.kind == Edition.Kind.PART_2 else ENDINGS


def ask_again(paper: Paper) -> int:
    """Queue every file that could not be made. Returns how many."""
    queued = [rendering for rendering in paper.renderings.without_file().failed() if rendering.try_again()]
    for rendering in queued:
        ask_for(rendering)
    return len(queued)


def ask_for(rendering: Rendering) -> None:
    """Wake a worker once the row is there for it to see. A message lost is sent again by the sweeper."""
    transaction.on_commit(lambda: hint(rendering.pk), robust=True)  # robust wants a function with a name


def file_name(paper: Paper, kind: str = Format.PDF, edition: Edition | None = None) -> str:
    """How a file is called when it is saved: body, date of the meeting, title, and what it is."""
    words = slugify(f"{paper.meeting.body_then} {paper.meeting.held_on} {paper.title}")
    return f"{words[:120].rstrip('-')}{_part(edition)}{ENDINGS[Format(kind)]}"


def _part(edition: Edition | None) -> str:
    if edition is None:
        return ""
    if edition.kind == Edition.Kind.PART_2:
        return "-part-2-not-for-publication"
    return f"-public-version-{edition.number + 1}"
