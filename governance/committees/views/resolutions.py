"""What a meeting resolved: read, recorded, put right, and the actions that came of it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.models import Action
from assets.views.held import change_section, form_page, take_off
from governance.committees import services
from governance.committees.forms.resolutions import (
    CallInForm,
    LinkedActionsForm,
    ResolutionForm,
    resolution_rows,
)
from governance.committees.models import Meeting, Paper, Request, Resolution, ResolutionDate
from governance.committees.views.keeping import meeting_or_404, way_to
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import StepError

READING_REQUESTS, KEEPING_REQUESTS = "committees.view_requests", "committees.keep_requests"


def way_to_resolved(meeting: Meeting) -> list[Link]:
    """The way from home to what a meeting resolved."""
    resolved = reverse("committees:resolutions", args=[meeting.pk])
    return [*way_to(meeting), Link("What it resolved", resolved)]


@require_safe
def resolutions(request: HttpRequest, pk: int) -> HttpResponse:
    """What a meeting resolved and what it asked for, with what came of each."""
    meeting, person = meeting_or_404(request, pk, READING_REQUESTS), reader(request)
    found = Resolution.objects.visible_to(person).filter(meeting=meeting).for_page()
    asked = Request.objects.visible_to(person).filter(meeting=meeting).select_related("meeting", "matter")
    papers = Paper.objects.visible_to(person).filter(meeting=meeting)
    page = {
        "meeting": meeting,
        "resolutions": found.prefetch_related(
            "action_links__action",
            "date_links__revision__action",
            "date_links__revision__corrected_by",
            "requests__matter",
            "requests__meeting",
        ),
        "openable": set(Action.objects.visible_to(person).filter(_came_of(meeting))),
        "asked_by_members": asked.filter(resolution=None),
        "papers": papers.select_related("takedown").order_by("title"),
    }
    return render(request, "committees/requests/resolutions.html", page)


def _came_of(meeting: Meeting) -> Q:
    """Actions that came of what the meeting resolved, or whose date it agreed."""
    dated = ResolutionDate.objects.filter(resolution__meeting=meeting).values("revision__action")
    return Q(resolution_links__resolution__meeting=meeting) | Q(pk__in=dated)


@get_and_post
def new_resolutions(request: HttpRequest, pk: int) -> HttpResponse:
    """Record several resolutions of a meeting at once."""
    meeting = meeting_or_404(request, pk, KEEPING_REQUESTS)
    rows = resolution_rows(posted(request), meeting)
    refused = ""
    if rows.is_bound and rows.is_valid():
        try:
            made = services.resolve(meeting, rows.filled())
        except StepError as wrong:
            refused = str(wrong)
        else:
            messages.success(request, "Resolutions recorded")
            return redirect(made[0])
    page = {"formset": rows, "meeting": meeting, "refused": refused, "way": way_to_resolved(meeting)}
    return render(request, "committees/requests/new_resolutions.html", page)


@get_and_post
def edit_resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a resolution right, with the reason; the history shows what it said."""
    found = resolution_to_keep(request, pk)
    return change_section(
        request, found, ResolutionForm, heading="Put a resolution right", way=way_to_resolved(found.meeting)
    )


@get_and_post
def call_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a decision of the executive was called in, and how that ended."""
    found = resolution_to_keep(request, pk)
    return change_section(
        request, found, CallInForm, heading="Say what became of a call-in", way=way_to_resolved(found.meeting)
    )


@get_and_post
def link_actions(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the actions that came of a resolution."""
    found = resolution_to_keep(request, pk)
    form = LinkedActionsForm(posted(request), resolution=found, person=reader(request))
    if form.is_valid():
        named = ", ".join(each.reference for each in form.save())
        messages.success(request, f"Recorded as having come of it: {named}")
        return redirect(found)
    heading, way = "Name the actions that came of it", way_to_resolved(found.meeting)
    return form_page(request, form, heading=heading, way=way, caption=found.reference)


@get_and_post
def unlink_action(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Say that an action did not come of it after all; the history keeps that it was named."""
    found = resolution_to_keep(request, pk)
    links = found.action_links.filter(action__in=Action.objects.visible_to(reader(request)))
    one = get_object_or_404(links.select_related("action", "resolution__meeting__body"), pk=link)
    return take_off(request, found, one, thing=one.action, way=way_to_resolved(found.meeting))


def resolution_to_keep(request: HttpRequest, pk: int) -> Resolution:
    """A resolution that the person may see, and put right."""
    visible = Resolution.objects.visible_to(reader(request)).for_page()
    found = get_object_or_404(visible, pk=pk)
    require(request, KEEPING_REQUESTS)
    return found
