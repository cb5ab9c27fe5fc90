"""What minutes say of a paper's figures: read beside the paper's own, and recorded."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.views.held import change_section, form_page
from governance.committees.forms.minuted import MinutedForm, MinutedNumberForm
from governance.committees.minuted import told_of
from governance.committees.models import Minute, MinutedFigure, Paper
from governance.committees.services import minuting
from governance.committees.views.found import paper_or_404, way_to_paper
from governance.committees.views.takedown import or_tombstone
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import taken


@require_safe
@or_tombstone
def minuted(request: HttpRequest, pk: int) -> HttpResponse:
    """Each passage with its numbers, what the paper says, and sums that are not its total."""
    found = _issued(request, pk)
    passages = Minute.objects.visible_to(reader(request)).filter(paper=found).for_page()
    page = {"paper": found, "told": told_of(found, passages)}
    return render(request, "committees/requests/minuted.html", page)


@get_and_post
def new_minuted(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the figures of a paper as minutes have them."""
    found = _issued(request, pk)
    require(request, "committees.keep_requests")
    form = MinutedForm(posted(request), paper=found)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("meeting", "minute_reference", "words")}
        if taken(form, lambda: minuting.record(found, values=form.values(), **facts)):
            messages.success(request, "Recorded as minuted")
            return redirect("committees:minuted", pk)
    heading = "Record figures as minuted"
    return form_page(request, form, heading=heading, way=_way(found), caption=found.title)


@get_and_post
def put_minuted_right(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Put a number right that was recorded otherwise than the minutes have it, with the reason."""
    paper = _issued(request, pk)
    require(request, "committees.keep_requests")
    passages = Minute.objects.visible_to(reader(request)).filter(paper=paper)
    figures = MinutedFigure.objects.filter(minute__in=passages).select_related("figure", "minute")
    found = get_object_or_404(figures, pk=number)
    heading = "Put a minuted number right"
    return change_section(request, found, MinutedNumberForm, heading=heading, way=_way(paper))


def _way(paper: Paper) -> list[Link]:
    return [*way_to_paper(paper), Link("As minuted", reverse("committees:minuted", args=[paper.pk]))]


def _issued(request: HttpRequest, pk: int) -> Paper:
    """A paper that has left the house, as far as the person may see it."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if found.is_draft:
        raise Http404
    return found
