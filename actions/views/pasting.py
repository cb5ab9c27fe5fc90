"""Entering several recommendations of an audit at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from actions.forms.pasting import SeveralForm
from actions.models import RecommendationPriority
from actions.representations.audits import priority_words
from actions.views.audits import audit_to_keep, way_to
from assets.views.held import HOME
from governance.core.access import get_and_post, posted


@get_and_post
def several(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the rows of a table say; once they were shown, enter them."""
    found = audit_to_keep(request, code)
    form = SeveralForm(posted(request), audit=found)
    if form.is_valid():
        if form.was_checked and form.saved():
            messages.success(request, f"{len(form.read)} recommendations entered")
            return redirect(found)
        if not form.errors:
            form.data = request.POST.copy()
            form.data["checked"] = form.digest
    page = {
        "form": form,
        "audit": found,
        "way": [HOME, *way_to(found)],
        "read": [] if form.errors else form.read,
        "priorities": priority_words(RecommendationPriority.objects.all()),
    }
    return render(request, "actions/audits/several.html", page)
