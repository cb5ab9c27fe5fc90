"""The days that somebody's calendar shows: meetings, what is due before them, and requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from governance.committees.asked import asked
from governance.committees.backplan import Calendar
from governance.committees.ics import Day
from governance.committees.models import Meeting

if TYPE_CHECKING:
    from governance.people.models import User

BEFORE, AFTER = timedelta(days=92), timedelta(days=731)
HOST = "custodian"


def days_for(person: User, today: date) -> list[Day]:
    """What the person may see, from three months ago to two years ahead, in order. A constant number of
    queries."""
    meetings = Meeting.objects.visible_to(person).named().prefetch_related("fixed_steps")
    shown = meetings.filter(held_on__range=(today - BEFORE, today + AFTER)).order_by("held_on", "pk")
    calendar = Calendar.current()
    found = [day for meeting in shown for day in _of_meeting(meeting, calendar, today)]
    return sorted([*found, *_of_requests(person, today)], key=lambda day: (day.on, day.uid))


def _of_meeting(meeting: Meeting, calendar: Calendar, today: date) -> Iterator[Day]:
    cancelled = meeting.state == Meeting.State.CANCELLED
    url = _address(meeting.get_absolute_url())
    uid = f"meeting-{meeting.pk}@{HOST}"
    title = meeting.title or meeting.body_then
    yield Day(uid, meeting.held_on, title, str(meeting), url, meeting.place, cancelled)
    if meeting.held_on < today or cancelled:
        return
    for due in calendar.plan(meeting).steps:
        summary = f"{due.label}: {meeting}"
        yield Day(f"meeting-{meeting.pk}-{due.step.value}@{HOST}", due.on, summary, "The last day", url)


def _of_requests(person: User, today: date) -> Iterator[Day]:
    for each in asked(today, reader=person):
        if each.is_outstanding and each.due_on:
            url = _address(each.request.get_absolute_url())
            summary = f"Request due: {each.matter.title}"
            yield Day(f"request-{each.request.pk}@{HOST}", each.due_on, summary, each.request.text, url)


def _address(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
