"""Due dates of actions that a meeting resolved: moved so, and their resolution named or taken off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.models import Action
from actions.views.concern import way_to
from actions.views.dates import said, to_move
from assets.views.held import form_page, take_off
from governance.committees.forms.dates import NamedForm, ResolvedForm
from governance.committees.models import ResolutionDate
from governance.committees.services.dates import move_as_resolved, name_resolution
from governance.core.access import get_and_post, posted, reader, require
from governance.core.steps import done, taken


@get_and_post
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Give an action another due date, as a meeting resolved."""
    found = _to_move(request, reference)
    form = ResolvedForm(posted(request), action=found, person=reader(request))
    if form.is_valid():
        typed = form.cleaned_data
        how = {"reason": typed["reason"], "seen": typed["seen"], "fits": form.fits, "by": reader(request)}
        resolved = typed["resolution"]
        if row := taken(form, lambda: move_as_resolved(found, typed["due_on"], resolved, **how)):
            messages.success(request, said(found, row))
            return redirect(found)
        form.look_again()
    heading = "Move the due date as a meeting resolved"
    return form_page(request, form, heading=heading, way=way_to(found), caption=str(found))


@get_and_post
def name(request: HttpRequest, reference: str, revision: int) -> HttpResponse:
    """Name the resolution that agreed a date, which so far is said in words alone."""
    found = _to_move(request, reference)
    said_in_words = found.date_revisions.filter(void=False, corrected_by=None).exclude(agreed_in="")
    row = get_object_or_404(said_in_words, pk=revision)
    form = NamedForm(posted(request), revision=row, person=reader(request))
    if form.is_valid() and done(form, lambda: name_resolution(row, form.cleaned_data["resolution"])):
        messages.success(request, f"{reference}, {row}: its resolution is named")
        return redirect(found)
    heading = f"Name the resolution: {row}"
    return form_page(request, form, heading=heading, way=way_to(found), caption=str(found))


@get_and_post
def unname(request: HttpRequest, reference: str, revision: int) -> HttpResponse:
    """Say that a resolution did not agree a date after all; the words stay, the history keeps the rest."""
    found = _to_move(request, reference)
    links = ResolutionDate.objects.shown_to(reader(request)).filter(revision__action=found)
    link = get_object_or_404(links.select_related("resolution__meeting__body"), revision=revision)
    return take_off(request, found, link, thing=link.resolution, way=way_to(found))


def _to_move(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may move its date and see what meetings resolve."""
    found = to_move(request, reference)
    require(request, "committees.view_requests")
    return found
