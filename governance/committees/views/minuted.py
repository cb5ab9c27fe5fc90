"""What minutes say of a paper's figures: read beside the paper's own, and recorded."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.views.held import form_page
from governance.committees.forms.minuted import MinutedForm
from governance.committees.minuted import told_of
from governance.committees.models import Minute, Paper
from governance.committees.services import minuting
from governance.committees.views.found import paper_or_404
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import taken


@require_safe
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
    way = [
        Link(found.title, found.get_absolute_url()),
        Link("As minuted", reverse("committees:minuted", args=[pk])),
    ]
    return form_page(request, form, heading="Record figures as minuted", way=way, caption=found.title)


def _issued(request: HttpRequest, pk: int) -> Paper:
    """A paper that has left the house, as far as the person may see it."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if found.is_draft:
        raise Http404
    return found
