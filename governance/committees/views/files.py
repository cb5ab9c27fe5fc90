"""The files of a paper: how far they are, asked for, and saved."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from governance.committees import services
from governance.committees.models import Edition, Issue, Paper, Rendering
from governance.committees.views.found import paper_or_404
from governance.committees.views.takedown import or_tombstone
from governance.core.access import require
from governance.core.downloads import saved_file

Format = Rendering.Format
KINDS = {
    Format.PDF: "application/pdf",
    Format.HTML: "text/html; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "application/zip",
    Format.BUNDLE: "application/zip",
    Format.ORIGINAL: "application/octet-stream",
}


@dataclass(frozen=True)
class Files:
    """The files of a paper: the one to read first, and the others."""

    main: Rendering | None
    others: list[Rendering]

    @property
    def all(self) -> list[Rendering]:
        """Every one of them."""
        return [self.main, *self.others] if self.main else self.others

    @property
    def failed(self) -> list[Rendering]:
        """Those that could not be made."""
        return [each for each in self.all if each.state == Rendering.State.FAILED]

    @property
    def busy(self) -> bool:
        """Is somebody to wait for one? An archive of everything waits in vain for what has failed."""
        waiting = [each for each in self.all if each.busy]
        return any(not self.failed or each.format != Format.BUNDLE for each in waiting)

    @property
    def missing(self) -> bool:
        """Was the paper issued before all these files were made?"""
        if self.main is None or self.main.format != Format.PDF:
            return False
        return len(self.all) < len(services.ENDINGS)


def files_of(paper: Paper, edition: Edition | None = None) -> Files:
    """The files of a paper or an edition, each with the digest that is found of it now; in one query."""
    first = (Format.PDF, Format.ORIGINAL)
    kept = sorted(
        paper.renderings.of_edition(edition).checked(),
        key=lambda each: list(Format).index(Format(each.format)),
    )
    return Files(
        next((each for each in kept if each.format in first), None),
        [each for each in kept if each.format not in first],
    )


def not_as_issued(request: HttpRequest, found: Paper) -> HttpResponse:
    """Say that the paper, or a file of it, is not what it was; it is not shown and not handed over."""
    page = {"paper": found, "issue": getattr(found, "issue", None), "files": files_of(found)}
    return render(request, "committees/not_as_issued.html", page, status=HTTPStatus.CONFLICT)


@require_safe
@or_tombstone
def paper_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the files are, for the page that waits for them; without htmx, the page itself."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if not request.headers.get("HX-Request"):
        return redirect(found)
    return render(request, "committees/state.html", {"paper": found, "files": files_of(found)})


@require_POST
def render_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the files again that could not be made, and those that were never asked for."""
    found = paper_or_404(request, pk, locked=True)
    require(request, "committees.render_paper", found)
    if found.origin == Paper.Origin.BEFORE:
        raise Http404
    if services.ask_again(found) + services.ask_for_files(found):
        messages.success(request, "The files are being made")
    return redirect(found)


@require_safe
def paper_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file to read first: the PDF, or the file that came with a paper from before the product."""
    return paper_file(request, pk, "")


@require_safe
@or_tombstone
def paper_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """A stored file, byte for byte, to be saved; nothing is made here.

    Answers 409 and says so, if the file or the paper's content is not what it was when it was fingerprinted.
    """
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    wanted = [kind] if kind else [Format.PDF, Format.ORIGINAL]
    rendering = get_object_or_404(found.renderings.of_edition(None).ready(), format__in=wanted)
    issue = Issue.objects.filter(paper=found).first()
    if not rendering.is_as_made or (issue and not issue.is_as_issued()):
        return not_as_issued(request, found)
    return saved(request, rendering)


def saved(request: HttpRequest, rendering: Rendering) -> HttpResponseBase:
    """The bytes of a file, to be saved under its name."""
    data = bytes(rendering.file or b"")
    return saved_file(request, data, rendering.filename, KINDS[Format(rendering.format)])
