"""Requests recorded, put right, put off, ended and opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from assets.views.held import change_section, form_page
from governance.committees import services
from governance.committees.forms.requests import (
    ChangeRequestForm,
    EndForm,
    ReopenForm,
    RequestForm,
    RescheduleForm,
)
from governance.committees.models import Request
from governance.committees.views.keeping import meeting_or_404
from governance.committees.views.requests import request_or_404
from governance.committees.views.resolutions import KEEPING_REQUESTS, resolution_to_keep, way_to_resolved
from governance.core.access import get_and_post, posted, require
from governance.core.components import Link
from governance.core.steps import done, taken


@get_and_post
def new_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a resolution asks for."""
    found = resolution_to_keep(request, pk)
    return _asked(
        request, RequestForm(posted(request), meeting=found.meeting, resolution=found), found.reference
    )


@get_and_post
def members_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what members asked for at a meeting, without a resolution."""
    meeting = meeting_or_404(request, pk, KEEPING_REQUESTS)
    return _asked(request, RequestForm(posted(request), meeting=meeting), str(meeting))


def _asked(request: HttpRequest, form: RequestForm, caption: str) -> HttpResponse:
    if form.is_valid() and (made := taken(form, lambda: services.request(form.meeting, **form.facts()))):
        messages.success(request, "The request is recorded")
        return redirect(made)
    heading = "Record a request" if form.resolution else "Record what members asked for"
    return form_page(request, form, heading=heading, way=way_to_resolved(form.meeting), caption=caption)


@get_and_post
def edit_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was recorded of a request, or of which matter it is."""
    found = request_to_keep(request, pk)
    heading = "Put a request right"
    return change_section(request, found, ChangeRequestForm, heading=heading, way=way_to_request(found))


@get_and_post
def reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a request was put off: to when, by whom and why."""
    found = request_to_keep(request, pk)
    form = RescheduleForm(posted(request), held=found)
    if form.is_valid() and (due := taken(form, lambda: services.reschedule(found, **form.facts()))):
        messages.success(request, f"The request is now due {due.in_words}")
        return redirect(found)
    return _form(request, form, found, heading="Put the request off")


@get_and_post
def end_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a request lapsed or was carried into another."""
    found = request_to_keep(request, pk)
    form = EndForm(posted(request), held=found)
    if form.is_valid() and done(form, lambda: services.end(found, **form.cleaned_data)):
        messages.success(request, "It is recorded how the request ended")
        return redirect(found)
    return _form(request, form, found, heading="Say how the request ended")


@get_and_post
def reopen_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a request did not end after all."""
    found = request_to_keep(request, pk)
    form = ReopenForm(posted(request))
    if form.is_valid() and done(form, lambda: services.reopen(found, reason=form.cleaned_data["reason"])):
        messages.success(request, "The request is open again")
        return redirect(found)
    return _form(request, form, found, heading="Open the request again")


def request_to_keep(request: HttpRequest, pk: int) -> Request:
    """A request that the person may see, and say more of."""
    found = request_or_404(request, pk)
    require(request, KEEPING_REQUESTS)
    return found


def way_to_request(found: Request) -> list[Link]:
    """The way from home to a request."""
    return [Link("Requests", reverse("committees:requests")), Link(str(found), found.get_absolute_url())]


def _form(request: HttpRequest, form: Any, found: Request, *, heading: str) -> HttpResponse:
    return form_page(request, form, heading=heading, way=way_to_request(found), caption=found.matter.title)
