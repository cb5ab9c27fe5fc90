"""Merging a risk that was entered twice into the other, and taking that back."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.core.access import get_and_post, posted, reader, require
from governance.core.forms import render_form
from governance.core.steps import taken
from risks.forms.merging import IntoForm, MergeForm
from risks.models import Risk
from risks.representations.closing import before_closing
from risks.representations.merging import side_by_side
from risks.services import merging as services
from risks.views.register import risk_or_404


@get_and_post
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Into which risk (`?into=`), both side by side, and why; or why a merged one was no duplicate."""
    found = risk_or_404(request, reference)
    require(request, "risks.merge_risk", found)
    if found.state == Risk.State.MERGED:
        return separate(request, found)
    person = reader(request)
    chosen = IntoForm(request.GET if "into" in request.GET else None, risk=found, person=person)
    if not chosen.is_valid():
        return render_form(request, "risks/merging/into.html", {"form": chosen, "risk": found})
    into: Risk = chosen.cleaned_data["into"]
    token = services.token_of(found, into)
    still = before_closing(found, person)
    form = MergeForm(posted(request), token=token, asks=bool(still))
    if form.is_valid():
        said = form.cleaned_data
        step = partial(services.merge, found, into, reason=said["reason"], by=person, seen=said["seen"])
        if (carried := taken(form, step)) is not None:
            with_it = f", with {', '.join(carried)}" if carried else ""
            messages.success(request, f"{reference} is merged into {into.reference}{with_it}")
            return redirect(into)
    form.look_again(token)
    rows = side_by_side(found, into, person)
    page = {"form": form, "risk": found, "into": into, "rows": rows, "still": still}
    return render(request, "risks/merging/merge.html", page)


def separate(request: HttpRequest, found: Risk) -> HttpResponse:
    """Say that it was no duplicate."""
    form = MergeForm(posted(request))
    if form.is_valid():
        step = partial(services.separate, found, reason=form.cleaned_data["reason"])
        if taken(form, lambda: step() or True):
            messages.success(request, f"{found.reference} is open again")
            return redirect(found)
    return render_form(request, "risks/merging/separate.html", {"form": form, "risk": found})
