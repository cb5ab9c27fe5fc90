"""What is decided, told, noted and linked of an incident."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from assets.forms.held import RowForm
from assets.views.held import form_page, take_off
from governance.core.access import get_and_post, posted, reader, require
from governance.core.steps import taken
from risks.forms.incident_deciding import DecideForm
from risks.forms.incident_seen import carry_again, carrying
from risks.forms.incident_steps import (
    ConcernedAssetForm,
    ConcernedRiskForm,
    MoveForm,
    NeedToKnowForm,
    NoteForm,
    NoticeForm,
)
from risks.models import Incident
from risks.services import incident as services
from risks.services.incident_seen import MovedOnError, seen_of
from risks.views.incident import incident_or_404, way_to

# What can be linked: the form, the rows of the incident, what a row names, the heading, and who may.
LINKS: dict[str, tuple[type[RowForm], str, str, str, str]] = {
    "assets": (ConcernedAssetForm, "asset_links", "asset", "Add an asset", "risks.change_incident"),
    "risks": (ConcernedRiskForm, "risk_links", "risk", "Add a risk", "risks.change_incident"),
    "posts": (NeedToKnowForm, "post_links", "post", "Name a post that needs to know", "risks.name_posts"),
}


@get_and_post
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it up, close it, open it again, or withdraw what was an error."""
    found = _for(request, reference, "risks.move_incident")
    form = carrying(seen_of(found), MoveForm(posted(request), incident=found))
    if form.is_valid() and _taken(form, partial(services.move, found), found, request):
        messages.success(request, f"{reference} is now {found.get_state_display().lower()}")
        return redirect(found)
    return _page(request, form, found, "Take it a step further")


@get_and_post
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide whether somebody is told, with reasons."""
    found = _for(request, reference, "risks.decide_incident")
    form = carrying(seen_of(found), DecideForm(posted(request), incident=found))
    step, said = partial(services.decide, found), ("recipient", "tells", "reason", "seen")
    if form.is_valid() and _taken(form, step, found, request, only=said):
        messages.success(request, f"The decision on {reference} is recorded")
        return redirect(found)
    return _page(request, form, found, "Decide who is told")


@get_and_post
def notice(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """Record whom the council told, and what was written to and fro; or put such an entry right."""
    found = _for(request, reference, "risks.record_notice")
    known = found.incidentnotices.standing_now()
    corrects: Any = get_object_or_404(known, pk=number) if number else None
    form = carrying(seen_of(found), NoticeForm(posted(request), incident=found, corrects=corrects))
    step = partial(services.record_notice, form.instance)
    if form.is_valid() and _taken(form, step, found, request, only=["seen"]):
        messages.success(request, f"Recorded with {reference}")
        return redirect(found)
    heading = "Put this entry right" if corrects else "Record a notification or a letter"
    return _page(request, form, found, heading)


@get_and_post
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Add what became known; of the data protection officer it is advice."""
    found = _for(request, reference, "risks.note_incident")
    form = carrying(seen_of(found), NoteForm(posted(request)))
    if form.is_valid() and _taken(form, partial(services.note, found), found, request):
        messages.success(request, f"Noted with {reference}")
        return redirect(found)
    return _page(request, form, found, "Add a note")


@get_and_post
def link(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Say which asset or risk it concerns, or which post needs to know."""
    form_class, _, name, heading, permission = _kind(kind)
    found = _for(request, reference, permission)
    form: Any = form_class(posted(request), incident=found, person=reader(request))
    if form.is_valid() and form.saved(f"Named in {reference}"):
        messages.success(request, f"{getattr(form.instance, name)} is named in {reference}")
        return redirect(found)
    return _page(request, form, found, heading)


@get_and_post
def unlink(request: HttpRequest, reference: str, kind: str, number: int) -> HttpResponse:
    """Take an asset, a risk or a post off, after asking."""
    _, rows, name, _, permission = _kind(kind)
    found = _for(request, reference, permission)
    row: Model = get_object_or_404(getattr(found, rows).with_others_of(reader(request)), pk=number)
    return take_off(request, found, row, thing=getattr(row, name), way=way_to(found))


def _kind(kind: str) -> tuple[type[RowForm], str, str, str, str]:
    if kind not in LINKS:
        raise Http404
    return LINKS[kind]


def _taken(
    form: Any, step: Callable[..., object], found: Incident, request: HttpRequest, only: Iterable[str] = ()
) -> object:
    """What the step brings of what was typed (or `only` of some of it); None where the form now says why not.

    Of somebody who was faster the form says what they recorded, and what is saved next comes after it.
    """
    said = {name: form.cleaned_data[name] for name in only or form.cleaned_data}

    def after_others() -> object:
        try:
            return step(**said, by=reader(request))
        except MovedOnError:
            carry_again(form, seen_of(found))
            raise

    return taken(form, after_others)


def _for(request: HttpRequest, reference: str, permission: str) -> Incident:
    """The incident, if the person may take that step with it."""
    found = incident_or_404(request, reference)
    require(request, permission, found)
    return found


def _page(request: HttpRequest, form: Any, found: Incident, heading: str) -> HttpResponse:
    return form_page(request, form, heading=heading, way=way_to(found), caption=str(found))
