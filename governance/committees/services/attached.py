"""What comes with a paper: appendices and background papers kept as copies, looked through first."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Max

from actions.services import pdffiles
from actions.services.filekinds import TOO_LARGE, FileKindError, name_to_keep
from actions.services.scanning import scan
from governance.committees.models import Appendix, BackgroundPaper, Paper
from governance.committees.withheld.filewords import words_in
from governance.core.packed import LARGEST_FILE
from governance.core.steps import StepError

MOST = 30  # of each kind in a paper
LONGEST_NAME = 120


def add_appendix(paper: Paper, *, title: str, file: UploadedFile[Any]) -> Appendix:
    """A PDF behind the appendices that the paper makes itself. Raises FileKindError and StepError."""
    kept = looked_through(file, "An appendix")
    with transaction.atomic():
        place = _next(paper, Appendix)
        return Appendix.objects.create(paper=paper, title=title, position=place, **kept)


def add_background(paper: Paper, *, title: str, file: UploadedFile[Any] | None, link: str) -> BackgroundPaper:
    """A document that the report rests on: a copy, or its address. Raises FileKindError and StepError."""
    kept = looked_through(file, "A background paper") if file else {"link": link}
    with transaction.atomic():
        place = _next(paper, BackgroundPaper)
        return BackgroundPaper.objects.create(paper=paper, title=title, position=place, **kept)


def looked_through(file: UploadedFile[Any], what: str) -> dict[str, Any]:
    """The facts of a PDF that may be kept, with its bytes and the words in them. Raises FileKindError."""
    if (file.size or 0) > LARGEST_FILE:
        raise FileKindError(TOO_LARGE)
    name, data = name_to_keep(file.name or "", LONGEST_NAME), file.read()
    if not name.lower().endswith(".pdf"):
        raise FileKindError(f"“{name}” is not a PDF. {what} is kept as a PDF: save it as one, and add that")
    if wrong := pdffiles.wrong_with(data):
        raise FileKindError(f"“{name}” is not taken as a PDF: {wrong}")
    scan(name, data)
    read = words_in(data)
    return {
        "file": data,
        "file_name": name,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "words": read.words,
        "unread": read.unread,
    }


def _next(paper: Paper, kind: type[Appendix] | type[BackgroundPaper]) -> int:
    """The place behind the last. Raises StepError where the paper was issued, or has too many."""
    held = Paper.objects.locked().get(pk=paper.pk)
    if not held.is_draft:
        raise StepError("This paper has been issued already. It never changes")
    there = kind._default_manager.filter(paper=held).aggregate(count=Count("pk"), last=Max("position"))
    if there["count"] >= MOST:
        raise StepError(f"A paper has at most {MOST} of these")
    return int(there["last"] or 0) + 1
