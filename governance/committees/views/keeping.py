"""What the pages of bodies and meetings have in common: found, entered, changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from assets.views.held import form_page
from governance.committees.models import Body, Meeting
from governance.committees.permissions import READING
from governance.core.access import posted, reader, require
from governance.core.components import Link


def body_or_404(request: HttpRequest, code: str, rule: str = READING) -> Body:
    """The body, if the person may see it; `rule` is what the page asks, such as that they may keep it."""
    require(request, rule)
    found = Body.objects.visible_to(reader(request)).named().select_related("action_log")
    return get_object_or_404(found, code=code)


def meeting_or_404(request: HttpRequest, pk: int, rule: str = READING) -> Meeting:
    """The meeting, if the person may see it; `rule` as above."""
    require(request, rule)
    return get_object_or_404(Meeting.objects.visible_to(reader(request)).named(), pk=pk)


def way_to(thing: Body | Meeting) -> list[Link]:
    """The way to a body or a meeting."""
    name, words = ("bodies", "Bodies") if isinstance(thing, Body) else ("work_programme", "Work programme")
    return [Link(words, reverse(f"committees:{name}")), Link(str(thing), thing.get_absolute_url())]


def added(
    request: HttpRequest, form: Any, to: Body | Meeting, *, heading: str, said: str = ""
) -> HttpResponse:
    """Take a form that adds something to a body or a meeting."""
    if form.is_valid() and form.saved(f"Entered for {to}"):
        messages.success(request, said or f"Entered for {to}: {form.instance}"[:300])
        return redirect(to)
    return form_page(request, form, heading=heading, way=way_to(to), caption=str(to))


def changed(
    request: HttpRequest, form_class: Any, thing: Any, to: Body | Meeting, *, heading: str
) -> HttpResponse:
    """Take a form that changes something; 409 where somebody else was faster."""
    form = form_class(posted(request), instance=thing, person=reader(request))
    if form.is_valid() and form.written():
        unchanged = f"You changed nothing, so {thing} stands as it did"
        messages.success(request, unchanged if form.changes_nothing else f"{thing} is saved"[:300])
        return redirect(to)
    return form_page(request, form, heading=heading, way=way_to(to), caption=str(to))
