"""Moving the due date of an action, and taking back that it was moved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.forms.dates import ReviseForm, TakeBackForm
from actions.models import Action, DateRevision
from actions.services.dates import Agreed, revise, take_back
from actions.views.concern import way_to
from actions.views.plans import action_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import long_date
from governance.core.steps import taken


def to_move(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may move its due date."""
    found = action_or_404(request, reference)
    require(request, "actions.revise_date", found)
    return found


def said(action: Action, row: DateRevision) -> str:
    """What became of the date, in words."""
    if action.due_on == row.due_on:
        return f"{action.reference} is now {row}"
    stands = long_date(action.due_on) if action.due_on else "without a date"
    return f"Recorded. {action.reference} stays due {stands}, which was agreed later"


@get_and_post
def revise_date(request: HttpRequest, reference: str) -> HttpResponse:
    """Give an action another due date, with the reason and who agreed."""
    found = to_move(request, reference)
    form = ReviseForm(posted(request), action=found, person=reader(request))
    if form.is_valid():
        typed, by = form.cleaned_data, reader(request)
        agreed = Agreed(typed["effective_on"], typed["agreed_by"], typed["agreed_in"], typed["minute"])
        told = {"reason": typed["reason"], "seen": typed["seen"], "fits": form.fits}
        if row := taken(form, lambda: revise(found, typed["due_on"], agreed, by=by, **told)):
            messages.success(request, said(found, row))
            return redirect(found)
        form.look_again()
    return form_page(request, form, heading="Move the due date", way=way_to(found), caption=reference)


@get_and_post
def take_back_date(request: HttpRequest, reference: str, revision: int) -> HttpResponse:
    """Say that a date was never moved so; what was recorded stays to be read."""
    found = to_move(request, reference)
    wrong = get_object_or_404(found.date_revisions.all(), pk=revision)
    form = TakeBackForm(posted(request))
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], reader(request)
        if taken(form, lambda: take_back(wrong, reason=reason, by=by)):
            messages.success(request, f"{reference}: the date is taken back")
            return redirect(found)
    heading = f"Take back: {wrong}"
    return form_page(request, form, heading=heading, way=way_to(found), caption=reference)
