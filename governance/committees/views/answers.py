"""What a draft says to the requests that its body still waits for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assets.views.held import form_page
from governance.committees import services
from governance.committees.forms.answers import PaperRequestsForm
from governance.committees.views.found import paper_to_write, way_to_paper
from governance.core.access import get_and_post, posted


@get_and_post
def paper_requests(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which requests the draft answers, and why what was due before is late."""
    found = paper_to_write(request, pk)
    form = PaperRequestsForm(posted(request), paper=found)
    if form.is_valid():
        services.answer(found, *form.facts())
        messages.success(request, "It is recorded what the paper says to the requests")
        return redirect(found)
    way = way_to_paper(found)
    return form_page(request, form, heading="Requests that the body waits for", way=way, caption=found.title)
