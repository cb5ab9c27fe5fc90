"""The proper officer lets a paper be issued although something is missing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.committees import services
from governance.committees.forms.overriding import OverrideForm
from governance.committees.services import stops
from governance.committees.views.found import paper_or_404
from governance.committees.waited import without_reason
from governance.core.access import get_and_post, posted, reader, require
from governance.core.steps import done


@get_and_post
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Override one thing that stands against issuing a paper, for a reason that the paper prints."""
    found = paper_or_404(request, pk, locked=request.method == "POST")
    require(request, "committees.override_stop", found)
    standing = stops.standing_stops(found)
    form = OverrideForm(posted(request), offered=[(each.name, each.words) for each in standing])
    if form.is_valid() and done(form, lambda: stops.override(found, by=reader(request), **form.cleaned_data)):
        messages.success(request, "Overridden. The paper prints the reason")
        return redirect(found)
    owed = without_reason(found)
    why_not = "" if owed or standing else services.why_not(found)
    page = {"form": form, "paper": found, "stops": standing, "owed": owed, "why_not": why_not}
    return render(request, "committees/override.html", page)
