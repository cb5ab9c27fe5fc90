"""Meetings, papers, their figures and their files."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from governance.committees import opened, services, verdicts
from governance.committees.form import LIST_OF_APPENDICES
from governance.committees.forms import BodyForm, MeetingForm, NewPaperForm, PaperForm, SectionForm
from governance.committees.kinds import kind_of
from governance.committees.models import Issue, Meeting, Paper, PaperSection, PublishedFigure, Rendering
from governance.committees.representations import NotAsIssuedError, drafted, printed
from governance.core.access import get_and_post, reader, require
from governance.core.filtering import paginate
from governance.core.forms import render_form

LONGEST_KEY = 19  # digits of the largest key that the database takes


def _paper_or_404(request: HttpRequest, pk: int, *, locked: bool = False) -> Paper:
    visible = Paper.objects.visible_to(reader(request)).select_related("meeting__body")
    return get_object_or_404(visible.locked() if locked else visible, pk=pk)


def _paper_to_write(request: HttpRequest, pk: int) -> Paper:
    """A paper the person may write; where something is posted its row is locked before all else."""
    found = _paper_or_404(request, pk, locked=request.method == "POST")
    require(request, "committees.edit_paper", found)
    return found


def _rendering(paper: Paper) -> Rendering | None:
    return paper.renderings.checked().first()


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every meeting, the latest first, with those of its papers that the person may open."""
    require(request, "committees.list_papers")
    visible = Prefetch("papers", Paper.objects.visible_to(reader(request)).for_list())
    meetings = Meeting.objects.select_related("body").prefetch_related(visible)
    return render(request, "committees/papers.html", {"page": paginate(request, meetings)})


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper: as issued, or a draft with the figures it would have now."""
    found = _paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if found.is_draft:
        page = drafted(services.preview(found), found)
        return render(request, "committees/draft.html", page | {"written": found.sections.all()})
    if found.origin == Paper.Origin.BEFORE:
        page = {"paper": found, "rendering": _rendering(found), "figures": found.figures.all()}
        return render(request, "committees/past_paper.html", page)
    try:
        page = printed(found, absolute=False) | {"rendering": _rendering(found)}
    except NotAsIssuedError:
        return _not_as_issued(request, found)
    return render(request, "committees/paper.html", page)


def _not_as_issued(request: HttpRequest, found: Paper) -> HttpResponse:
    page = {"paper": found, "issue": getattr(found, "issue", None), "rendering": _rendering(found)}
    return render(request, "committees/not_as_issued.html", page, status=HTTPStatus.CONFLICT)


@require_safe
def paper_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the file is, for the page that waits for it; without htmx, the page itself."""
    found = _paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if not request.headers.get("HX-Request"):
        return redirect(found)
    return render(request, "committees/state.html", {"paper": found, "rendering": _rendering(found)})


@require_POST
def render_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a file again that could not be made."""
    found = _paper_or_404(request, pk)
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
    found = _paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    rendering = get_object_or_404(found.renderings, state=Rendering.State.DONE)
    issue = Issue.objects.filter(paper=found).first()
    if not rendering.is_as_made or (issue and not issue.is_as_issued()):
        return _not_as_issued(request, found)
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


@require_safe
def published_figure(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A figure of an issued paper: the rows it was made of, and whether they would be the same today."""
    found = _paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    figures = PublishedFigure.objects.select_related("earlier__paper__meeting")
    figure = get_object_or_404(figures, paper=found, position=position)
    listed = paginate(request, opened.entries_open_to(figure, reader(request)))
    closed = figure.value - listed.paginator.count if figure.has_entries else 0
    unknown = figure.entries.difference(opened.known_entries(figure)).count() if closed else 0
    page = {
        "paper": found,
        "figure": figure,
        "plans": opened.plans_of(figure),
        "page": listed,
        "rows": opened.rows(figure, list(listed.object_list)) if listed.paginator.count else [],
        "is_scored": kind_of(figure).is_scored,
        "hidden": closed - unknown,
        "unknown": unknown,
        "as_published": verdicts.as_published(figure, reader(request)),
        "as_known_now": verdicts.as_known_now(figure, reader(request)),
    }
    return render(request, "committees/published_figure.html", page)


# Writing


@get_and_post
def new_body(request: HttpRequest) -> HttpResponse:
    """Enter a body, so that meetings of it can be entered."""
    require(request, "committees.edit_paper")
    form = BodyForm(request.POST or None)
    if form.is_valid() and form.entered():
        messages.success(request, f"Body entered: {form.instance}")
        return redirect("committees:new_meeting")
    return render(request, "committees/new_body.html", {"form": form})


@get_and_post
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Enter a meeting, so that papers can be made for it."""
    require(request, "committees.edit_paper")
    form = MeetingForm(request.POST or None)
    if form.is_valid() and form.entered():
        messages.success(request, f"Meeting entered: {form.instance}")
        return redirect(f"{reverse('committees:new_paper')}?meeting={form.instance.pk}")
    return render(request, "committees/new_meeting.html", {"form": form})


@get_and_post
def new_paper(request: HttpRequest) -> HttpResponse:
    """Begin a paper: the front sheet; the headings of the council's form come with it.

    `?meeting=` chooses the meeting beforehand.
    """
    require(request, "committees.edit_paper")
    form = NewPaperForm(request.POST or None, initial={"meeting": request.GET.get("meeting")})
    if form.is_valid():
        made = form.save_by(reader(request))
        messages.success(request, "The draft is begun")
        return redirect(made)
    return render(request, "committees/new_paper.html", {"form": form})


@get_and_post
def edit_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the front sheet of a draft."""
    found = _paper_to_write(request, pk)
    form = PaperForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, "The front sheet is changed")
        return redirect(found)
    return render_form(request, "committees/edit_paper.html", {"form": form, "paper": found})


@get_and_post
def edit_section(request: HttpRequest, pk: int, section: int | None = None) -> HttpResponse:
    """Write a section of a draft; without `section`, a new one. The button “Remove” takes it out."""
    found = _paper_to_write(request, pk)
    written = get_object_or_404(found.sections, pk=section) if section else PaperSection(paper=found)
    if request.method == "POST" and "remove" in request.POST and section:
        return _remove_section(request, written)
    form = SectionForm(request.POST or None, instance=written, paper=found)
    if form.is_valid():
        messages.success(request, f"Section saved: {form.save()}")
        return redirect(found)
    return render_form(
        request, "committees/edit_section.html", {"form": form, "paper": found, "section": section}
    )


@get_and_post
def delete_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft, after asking. The trail keeps what it said."""
    found = _paper_to_write(request, pk)
    if request.method == "POST":
        found.delete()
        messages.success(request, f"Draft deleted: {found}")
        return redirect("committees:papers")
    written = [section for section in found.sections.all() if section.text.strip()]
    return render(request, "committees/delete_paper.html", {"paper": found, "written": written})


def _remove_section(request: HttpRequest, written: PaperSection) -> HttpResponse:
    """Take a section out, unless somebody else has changed its words since it was opened: then show those."""
    seen = request.POST.get("seen_version", "")
    if written.changed_since(int(seen) if seen.isdecimal() and len(seen) < LONGEST_KEY else None):
        messages.error(request, "Somebody else changed this section after you opened it. Read it again first")
        form = SectionForm(instance=written, paper=written.paper)
        page = {"form": form, "paper": written.paper, "section": written.pk}
        return render(request, "committees/edit_section.html", page, status=HTTPStatus.CONFLICT)
    written.delete()
    messages.success(request, f"Section removed: {written}")
    return redirect(written.paper)


@get_and_post
def issue_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Check what will be printed, then issue: from then on nothing of the paper changes.

    Whoever comes too late, with a second click on the button, is led to the paper.
    """
    found = _paper_or_404(request, pk, locked=request.method == "POST")
    if not found.is_draft:
        if issued := Issue.objects.select_related("issued_by").filter(paper=found).first():
            messages.info(request, f"This paper was issued {issued.told}. It never changes")
        return redirect(found)
    require(request, "committees.issue_paper", found)
    if request.method == "POST":
        try:
            services.issue(found, by=reader(request))
        except (services.IssueRefusedError, services.RegisterBusyError) as refused:
            messages.error(request, str(refused))
            return redirect("committees:issue_paper", pk=pk)
        messages.success(request, "The paper is issued. Its file is being made")
        return redirect(found)
    page = drafted(services.preview(found), found)
    written = found.sections.exclude(heading=LIST_OF_APPENDICES)  # that list makes itself
    empty = [section for section in written if not section.text.strip()]
    page |= {"empty_sections": empty, "why_not": services.why_not(found)}
    return render(request, "committees/issue_paper.html", page)
