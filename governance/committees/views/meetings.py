"""Meetings: entered, one meeting, moved, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assets.views.held import HOME, form_page
from governance.committees.backplan import Calendar
from governance.committees.forms import BodyForm, MeetingForm
from governance.committees.forms import meetings as forms
from governance.committees.forms.moving import MoveForm
from governance.committees.models import Meeting, Minutes, Paper, Resolution
from governance.committees.permissions import KEEPING
from governance.committees.programme import planned
from governance.committees.states import with_state
from governance.committees.views.keeping import changed, meeting_or_404, way_to
from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import long_date
from governance.core.working_days import day_off
from governance.history.timeline import timeline

ALIKE = ("body", "starts_at", "place")  # what the meetings of a year have alike


@get_and_post
def new_body(request: HttpRequest) -> HttpResponse:
    """Enter a body, so that meetings of it can be entered."""
    require(request, "committees.edit_paper")
    form = BodyForm(request.POST or None)
    if form.is_valid() and form.entered():
        messages.success(request, f"Body entered: {form.instance}")
        return redirect("committees:new_meeting")
    return render(request, "committees/new_body.html", {"form": form})


@get_and_post
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Enter a meeting, so that papers can be made for it, and where that is asked for another one like it.

    `?body=` chooses the body beforehand, and with it the hour and the place.
    """
    require(request, "committees.edit_paper")
    form = MeetingForm(request.POST or None, initial={name: request.GET.get(name) for name in ALIKE})
    if form.is_valid() and form.entered():
        messages.success(request, f"Meeting entered: {form.instance}")
        _hint(request, form.instance)
        if "another" in request.POST:
            alike = {name: form[name].value() or "" for name in ALIKE}
            return redirect(f"{reverse('committees:new_meeting')}?{urlencode(alike)}")
        return redirect(f"{reverse('committees:new_paper')}?meeting={form.instance.pk}")
    return render(request, "committees/new_meeting.html", {"form": form})


# What a meeting says of each of its papers.
BESIDE = ("agenda_item", "takedown", "follows__meeting", "follows__takedown")


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when its papers are due and what is late, who came, what was asked, its minutes."""
    found, person = meeting_or_404(request, pk), reader(request)
    visible = Paper.objects.visible_to(person)
    next_ones = Prefetch("followed_by", visible.for_list())
    papers = with_state(visible.filter(meeting=found).for_list()).prefetch_related(next_ones)
    page = {
        "meeting": found,
        "way": [HOME, *way_to(found)[:-1]],
        "planned": planned(found, papers.select_related(*BESIDE), Calendar.current()),
        "called_in": Resolution.objects.visible_to(person).filter(meeting=found).called_in(),
        "attendances": found.attendances.select_related("post"),
        "questions": found.questions.all(),
        "minutes": Minutes.objects.visible_to(person)
        .filter(meeting=found)
        .select_related("confirmed_at__body")
        .prefetch_related("confirmed_at__body__former_names"),
        "events": timeline(found),
    }
    return render(request, "committees/meetings/meeting.html", page)


@get_and_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the hour, the place and the title."""
    found = meeting_or_404(request, pk, KEEPING)
    return changed(request, forms.MeetingChangeForm, found, found, heading="Change a meeting")


@get_and_post
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was held, or why it was not."""
    found = meeting_or_404(request, pk, KEEPING)
    return changed(request, forms.StateForm, found, found, heading="Say what became of the meeting")


@get_and_post
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting, and with it every day that is not fixed by hand."""
    found = meeting_or_404(request, pk, KEEPING)
    calendar = Calendar.current()
    before = calendar.plan(found)
    form = MoveForm(posted(request), instance=found, person=reader(request))
    if form.is_valid() and form.written():
        moved, left = before.moved(calendar.plan(found))
        messages.success(request, f"The meeting is on {long_date(found.held_on)} now")
        _hint(request, found)
        for said, days in (("Moved with it", moved), ("Left as fixed by hand", left)):
            if days:
                messages.info(request, f"{said}: {'; '.join(days)}")
        return redirect(found)
    return form_page(request, form, heading="Move a meeting", way=way_to(found), caption=str(found))


def _hint(request: HttpRequest, found: Meeting) -> None:
    """A body may meet on a Sunday or a bank holiday, and seldom means to."""
    if told := day_off(found.held_on):
        messages.info(request, told)
