"""The files of an issued paper: asked for, and asked for again."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from governance.committees.models import Paper, Rendering
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


def ask_for_files(paper: Paper) -> int:
    """Ask for every file that the paper has not been asked for yet. Returns how many."""
    have = set(paper.renderings.values_list("format", flat=True))
    wanted = [
        Rendering(paper=paper, format=kind, filename=file_name(paper, kind))
        for kind in ENDINGS
        if kind not in have
    ]
    for rendering in Rendering.objects.bulk_create(wanted):
        ask_for(rendering)
    return len(wanted)


def ask_again(paper: Paper) -> int:
    """Queue every file that could not be made. Returns how many."""
    queued = [rendering for rendering in paper.renderings.without_file().failed() if rendering.try_again()]
    for rendering in queued:
        ask_for(rendering)
    return len(queued)


def ask_for(rendering: Rendering) -> None:
    """Wake a worker once the row is there for it to see. A message lost is sent again by the sweeper."""
    transaction.on_commit(lambda: hint(rendering.pk), robust=True)  # robust wants a function with a name


def file_name(paper: Paper, kind: str = Format.PDF) -> str:
    """How a file is called when it is saved: body, date of the meeting, title, and what it is."""
    words = slugify(f"{paper.meeting.body_then} {paper.meeting.held_on} {paper.title}")
    return f"{words[:120].rstrip('-')}{ENDINGS[Format(kind)]}"
