"""What comes with a paper: recommendations, appendices of its own, background papers."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assets.views.held import form_page
from governance.committees.forms.attached import AppendixForm, BackgroundForm, RecommendationForm
from governance.committees.models import Appendix, Lists, Paper, Recommendation
from governance.committees.models.attached import LARGE, NOT_READ, Attached
from governance.committees.services import attached as services
from governance.committees.services.removing import remove_recommendation
from governance.committees.views.found import paper_or_404, paper_to_write, part_or_404, way_to_paper
from governance.committees.views.removing import asked_to_remove, removed
from governance.committees.views.takedown import or_tombstone
from governance.core.access import get_and_post, posted, require
from governance.core.components import Link
from governance.core.downloads import saved_file
from governance.core.forms import render_form
from governance.core.steps import taken


@require_safe
@or_tombstone
def attached(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that comes with a draft, with the ways to add to it."""
    found = paper_to_write(request, pk)
    reads_all = request.user.has_perm("committees.view_part_2", found)
    closed = set() if reads_all else {each for each in Lists.values if _is_withheld(found, each)}
    asked = found.recommendations.all()
    background = found.background_papers.defer(*LARGE).annotate(not_read=NOT_READ)
    page = {
        "paper": found,
        "closed": closed,
        "recommendations": [] if Lists.RECOMMENDATIONS in closed else asked.select_related("body"),
        "uploaded": _uploaded(request, found),
        "background": [] if Lists.BACKGROUND in closed else background.select_related("paper__meeting"),
    }
    return render(request, "committees/attached/all.html", page)


@get_and_post
def edit_recommendation(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Write a recommendation; without `number`, a new one. The button “Remove” takes it out."""
    found = paper_to_write(request, pk)
    if number:
        part_or_404(request, found, exempt=_is_withheld(found, Lists.RECOMMENDATIONS))
    kept = get_object_or_404(found.recommendations, pk=number) if number else Recommendation(paper=found)
    template, page = "committees/attached/recommendation.html", {"paper": found, "number": number}
    if number and asked_to_remove(request):
        return removed(
            request,
            lambda seen: remove_recommendation(kept, seen),
            said="The recommendation is removed",
            to=reverse("committees:attached", args=[pk]),
            template=template,
            page=page | {"form": RecommendationForm(instance=kept, paper=found)},
        )
    form = RecommendationForm(posted(request), instance=kept, paper=found)
    if form.is_valid():
        form.save()
        messages.success(request, "The recommendation is saved")
        return redirect("committees:attached", pk)
    return render_form(request, template, page | {"form": form})


@get_and_post
def add_appendix(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a PDF behind the appendices that the paper makes itself."""
    found = _paper_to_add_to(request, pk)
    form = AppendixForm(request)
    if form.is_valid() and (made := taken(form, lambda: services.add_appendix(found, **form.cleaned_data))):
        messages.success(request, f"Appendix added: {made}")
        return redirect("committees:attached", pk)
    return form_page(
        request, form, heading="Add an appendix", way=_way(found), caption=found.title, with_files=True
    )


@get_and_post
def add_background(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a document that the report rests on, so that it can be inspected."""
    found = _paper_to_add_to(request, pk)
    form = BackgroundForm(request)
    if form.is_valid() and (made := taken(form, lambda: services.add_background(found, **form.cleaned_data))):
        messages.success(request, f"Background paper added: {made}")
        return redirect("committees:attached", pk)
    return form_page(
        request, form, heading="Add a background paper", way=_way(found), caption=found.title, with_files=True
    )


@require_POST
def remove_appendix(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take an appendix off a draft."""
    found = paper_to_write(request, pk)
    return _removed(request, get_object_or_404(_uploaded(request, found), pk=number))


@require_POST
def remove_background(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a background paper off a draft."""
    found = paper_to_write(request, pk)
    part_or_404(request, found, exempt=_is_withheld(found, Lists.BACKGROUND))
    return _removed(request, get_object_or_404(found.background_papers, pk=number))


@require_safe
@or_tombstone
def appendix_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The file of an appendix, for whoever reads the paper."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    appendix = get_object_or_404(found.uploaded, pk=number)
    kept = found.exemptions.filter(appendix=appendix, lifted_in=None)
    part_or_404(request, found, exempt=kept.exists())
    return file_of(request, appendix)


@require_safe
@or_tombstone
def background_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The copy of a background paper, for whoever reads the paper."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    part_or_404(request, found, exempt=_is_withheld(found, Lists.BACKGROUND))
    return file_of(request, get_object_or_404(found.background_papers.exclude(file=None), pk=number))


def _paper_to_add_to(request: HttpRequest, pk: int) -> Paper:
    """A paper the person may write. Its row is locked when the file has been read, which may take a while."""
    found = paper_or_404(request, pk)
    require(request, "committees.edit_paper", found)
    return found


def _is_withheld(paper: Paper, lists: str) -> bool:
    """Is what the paper lists of that kind not for publication: is every section that lists it withheld?"""
    listed = paper.sections.filter(lists=lists)
    public = listed.filter(Q(exemption=None) | Q(exemption__lifted_in__isnull=False))
    return listed.exists() and not public.exists()


def _uploaded(request: HttpRequest, paper: Paper) -> QuerySet[Appendix]:
    """The appendices added, without those that are not for publication where the person may not read them."""
    added = paper.uploaded.defer(*LARGE).annotate(not_read=NOT_READ).select_related("exemption")
    return added if request.user.has_perm("committees.view_part_2", paper) else added.filter(exemption=None)


def _way(paper: Paper) -> list[Link]:
    """The way from home to what comes with the paper."""
    return [*way_to_paper(paper), Link("What comes with it", reverse("committees:attached", args=[paper.pk]))]


def _removed(request: HttpRequest, kept: Attached) -> HttpResponse:
    kind = "Appendix" if isinstance(kept, Appendix) else "Background paper"
    paper = kept.paper  # type: ignore[attr-defined]
    kept.delete()
    messages.success(request, f"{kind} removed: {kept}")
    return redirect("committees:attached", paper.pk)


def file_of(request: HttpRequest, kept: Attached) -> HttpResponseBase:
    """To be saved under its name, never shown by the browser."""
    return saved_file(request, bytes(kept.file or b""), kept.file_name, "application/pdf")
