"""A draft: begun, its front sheet and sections written, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from governance.committees.forms import NewPaperForm, PaperForm, SectionForm
from governance.committees.inserted.offered import offered
from governance.committees.models import PaperSection
from governance.committees.services.clearance import delete_draft
from governance.committees.services.removing import remove_section
from governance.committees.views.found import paper_to_write, part_or_404
from governance.committees.views.removing import asked_to_remove, removed
from governance.core.access import get_and_post, reader, require
from governance.core.forms import render_form
from governance.core.steps import StepError
from governance.people.registers.drafts import Drafting


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
    found = paper_to_write(request, pk)
    form = PaperForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, "The front sheet is changed")
        return redirect(found)
    return render_form(request, "committees/edit_paper.html", {"form": form, "paper": found})


@get_and_post
def edit_section(request: HttpRequest, pk: int, section: int | None = None) -> HttpResponse:
    """Write a section of a draft; without `section`, a new one. The button “Remove” takes it out."""
    found = paper_to_write(request, pk)
    written = get_object_or_404(found.sections, pk=section) if section else PaperSection(paper=found)
    part_or_404(request, found, exempt=hasattr(written, "exemption"))
    drafting = Drafting(
        request, about=f"{found.title}: {written}" if section else f"{found.title}: new section"
    )
    if drafting.answer:
        return drafting.answer
    if section and asked_to_remove(request):
        return _remove_section(request, written)
    form = SectionForm(drafting.posted, instance=written, paper=found, draft=drafting.kept)
    if form.is_valid():
        messages.success(request, f"Section saved: {form.save()}")
        drafting.finish()
        return redirect(found)
    page = {"form": form, "paper": found, "section": section, "drafting": drafting, "offered": offered(found)}
    return render_form(request, "committees/edit_section.html", page)


@get_and_post
def delete_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft, after asking. The trail keeps what it said."""
    found = paper_to_write(request, pk)
    if found.exemptions.exists():
        require(request, "committees.view_part_2", found)
    if request.method == "POST":
        try:
            delete_draft(found)
        except StepError as refused:
            messages.error(request, str(refused))
            return redirect(found)
        messages.success(request, f"Draft deleted: {found}")
        return redirect("committees:papers")
    written = [section for section in found.sections.all() if section.text.strip()]
    return render(request, "committees/delete_paper.html", {"paper": found, "written": written})


def _remove_section(request: HttpRequest, written: PaperSection) -> HttpResponse:
    paper, form = written.paper, SectionForm(instance=written, paper=written.paper)
    return removed(
        request,
        lambda seen: remove_section(written, seen, by=reader(request)),
        said=f"Section removed: {written}",
        to=paper,
        template="committees/edit_section.html",
        page={"form": form, "paper": paper, "section": written.pk, "offered": offered(paper)},
    )
