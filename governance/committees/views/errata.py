"""An erratum to an issued paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assets.views.held import form_page
from governance.committees.forms.errata import ErratumForm
from governance.committees.services.errata import begin_erratum
from governance.committees.views.found import paper_or_404, way_to_paper
from governance.core.access import get_and_post, posted, reader, require
from governance.core.steps import taken


@get_and_post
def new_erratum(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an erratum: what the paper said, and what it should say."""
    found = paper_or_404(request, pk)
    require(request, "committees.correct_paper", found)
    form = ErratumForm(posted(request))
    if form.is_valid() and (
        made := taken(form, lambda: begin_erratum(found, by=reader(request), **form.cleaned_data))
    ):
        messages.success(request, "The erratum is begun. It is cleared and issued as any paper is")
        return redirect(made)
    way = way_to_paper(found)
    return form_page(request, form, heading="Correct an issued paper", way=way, caption=found.title)
