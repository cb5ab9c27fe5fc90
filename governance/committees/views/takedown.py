"""An issued paper withdrawn by the proper officer, and the tombstone that stands in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assets.views.held import form_page
from governance.committees import services
from governance.committees.corrected import errata_of
from governance.committees.forms.lifting import TakedownForm
from governance.committees.models import Paper, Takedown
from governance.committees.replaced import begun_for
from governance.committees.views.found import paper_or_404
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import StepError


@get_and_post
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a paper, or say more of one that is withdrawn: what replaces it."""
    found = paper_or_404(request, pk, locked=request.method == "POST", withdrawn=True)
    require(request, "committees.take_down", found)
    kept = Takedown.objects.filter(paper=found).first() or Takedown(paper=found)
    form = TakedownForm(posted(request), instance=kept)
    if form.is_valid():
        services.take_down(form.save(commit=False), by=reader(request))
        messages.success(request, f"Withdrawn: {found}"[:300])
        return redirect(found)
    way = [Link(found.title, found.get_absolute_url())]
    return form_page(
        request,
        form,
        heading="Withdraw the paper",
        way=way,
        template="committees/exempt/take_down.html",
        caption=found.title,
        errata=[each for each in errata_of(found, reader(request)) if not each.is_draft],
    )


@require_POST
def replace_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the paper that replaces a withdrawn one; a second click leads to the same draft."""
    found = paper_or_404(request, pk, locked=True, withdrawn=True)
    require(request, "committees.replace_paper", found)
    try:
        draft = services.begin_replacement(found, by=reader(request))
    except StepError as refused:
        messages.error(request, str(refused)[:300])
        return redirect(found)
    messages.success(
        request, "The draft is begun, with all that the withdrawn paper has. Change what was wrong"
    )
    return redirect(draft)


def or_tombstone(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For what is read of a paper: where that was withdrawn, its tombstone, to whoever might read it."""

    @wraps(view)
    def either(request: HttpRequest, pk: int, *args: Any, **options: Any) -> HttpResponseBase:
        try:
            return view(request, pk, *args, **options)
        except Http404:
            found = paper_or_404(request, pk, withdrawn=True)
            if not found.is_withdrawn or not request.user.has_perm("committees.view_paper", found):
                raise
            return gone(request, found.takedown)

    return either


def gone(request: HttpRequest, tombstone: Takedown) -> HttpResponse:
    """410: that the paper was withdrawn, by whose authority and why, and what replaces it."""
    begun = begun_for(tombstone.paper, Paper.objects.visible_to(reader(request)))
    page = {"paper": tombstone.paper, "tombstone": tombstone, "begun": begun}
    return render(request, "committees/exempt/tombstone.html", page, status=HTTPStatus.GONE)
