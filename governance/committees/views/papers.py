"""Meetings with their papers, one paper, its file."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from governance.committees import services
from governance.committees.models import Issue, Meeting, Paper, Rendering, Restatement
from governance.committees.representations import NotAsIssuedError, drafted, printed
from governance.committees.views.found import paper_or_404
from governance.core.access import reader, require
from governance.core.filtering import paginate


def rendering_of(paper: Paper) -> Rendering | None:
    """The file of a paper, with the digest that is found of it now."""
    return paper.renderings.checked().first()


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every meeting, the latest first, with those of its papers that the person may open."""
    require(request, "committees.list_papers")
    visible = Prefetch("papers", Paper.objects.visible_to(reader(request)).for_list())
    meetings = Meeting.objects.named().prefetch_related(visible)
    return render(request, "committees/papers.html", {"page": paginate(request, meetings)})


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper: as issued, or a draft with the figures it would have now."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if found.is_draft:
        page = drafted(services.preview(found), found)
        return render(request, "committees/draft.html", page | {"written": found.sections.all()})
    if found.origin == Paper.Origin.BEFORE:
        page = {"paper": found, "rendering": rendering_of(found), "figures": found.figures.all()}
        return render(request, "committees/past_paper.html", page)
    try:
        page = printed(found, absolute=False) | {"rendering": rendering_of(found)}
        page["restated"] = Restatement.objects.standing().differing().filter(figure__paper=found).count()
    except NotAsIssuedError:
        return not_as_issued(request, found)
    return render(request, "committees/paper.html", page)


def not_as_issued(request: HttpRequest, found: Paper) -> HttpResponse:
    page = {"paper": found, "issue": getattr(found, "issue", None), "rendering": rendering_of(found)}
    return render(request, "committees/not_as_issued.html", page, status=HTTPStatus.CONFLICT)


@require_safe
def paper_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the file is, for the page that waits for it; without htmx, the page itself."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if not request.headers.get("HX-Request"):
        return redirect(found)
    return render(request, "committees/state.html", {"paper": found, "rendering": rendering_of(found)})


@require_POST
def render_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a file again that could not be made."""
    found = paper_or_404(request, pk)
    require(request, "committees.render_paper", found)
    rendering = get_object_or_404(found.renderings.without_file())
    if rendering.try_again():
        services.ask_for(rendering)
        messages.success(request, "The file is being made again")
    return redirect(found)


@require_safe
def paper_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored file, byte for byte, to be saved; nothing is made here.

    Answers 409 and says so, if the file or the paper's content is not what it was when it was fingerprinted.
    """
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    rendering = get_object_or_404(found.renderings, state=Rendering.State.DONE)
    issue = Issue.objects.filter(paper=found).first()
    if not rendering.is_as_made or (issue and not issue.is_as_issued()):
        return not_as_issued(request, found)
    kind = "application/pdf" if rendering.format == Rendering.Format.PDF else "application/octet-stream"
    saved_as = content_disposition_header(as_attachment=True, filename=rendering.filename) or "attachment"
    return HttpResponse(
        bytes(rendering.file or b""),
        content_type=kind,
        headers={
            "Content-Disposition": saved_as,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
