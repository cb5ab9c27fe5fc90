"""What bodies still wait for, as a paper or form lists it where its text says {{outstanding}}."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.text import capfirst

from governance.committees.asked import Asked, asked, matters
from governance.committees.models import Body, Meeting, Paper, PaperReason
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.committees.models import RequestDue

ASKED_FOR, ALL = "outstanding", "all"
COLUMNS = [
    "Matter",
    "Asked",
    "What was asked for",
    "Due",
    "How it stands",
    "Put off or ended, by whom and why",
]


def outstanding(paper: Paper, day: date, of: str | None = None) -> dict[str, Any]:
    """The list at the end of a day, of the body of the paper or of ALL bodies, as plain data.

    It has the matters that are open, with all that was asked about them, and what was answered, lapsed or
    was carried on since the meeting of the body before this. What a body asked for in private is told to
    that body alone, and what officers did to boards of officers. A constant number of queries.
    """
    found = asked(day, body=None if of == ALL else paper.meeting.body)
    told = [each for each in found if paper.may_tell_of(each.request.meeting.body)]
    since = _meeting_before(paper)
    stood = [matter for matter in matters(told) if matter.is_open or any(_ended(matter.requests, since))]
    reasons = _reasons([each for matter in stood for each in matter.requests], paper, day)
    return {
        "kind": ASKED_FOR,
        "caption": _caption(paper, day, of),
        "columns": COLUMNS,
        "rows": [_row(each, reasons[each.request.pk], of) for matter in stood for each in matter.requests],
    }


def _caption(paper: Paper, day: date, of: str | None) -> str:
    whose = "all bodies" if of == ALL else paper.meeting.body_then
    return f"Outstanding issues of {whose}, as at {long_date(day)}"


def _readable(paper: Paper, day: date) -> QuerySet[Paper]:
    """The papers that the readers of this one may read: published ones, and in private those of their own."""
    body, published = paper.meeting.body, Paper.objects.published(day)
    if body.kind not in Body.IN_PRIVATE:
        return published
    own = Q(meeting__body=body) | Q(pk__in=published.values("pk"))
    if body.kind == Body.Kind.OFFICER_BOARD:
        own |= Q(meeting__body__kind=body.kind)
    return Paper.objects.issued().filter(own)


def _meeting_before(paper: Paper) -> date | None:
    """The day of the last meeting of the body that was held before that of the paper."""
    held = Meeting.objects.filter(body=paper.meeting.body, held_on__lt=paper.meeting.held_on)
    before = held.filter(state__in=Meeting.TOOK_PLACE).order_by("-held_on")
    return before.values_list("held_on", flat=True).first()


def _ended(requests: Sequence[Asked], since: date | None) -> Iterator[bool]:
    """For each request, whether it came to its end on or after that day."""
    for each in requests:
        on = each.end.ended_on if each.end else each.answered_on
        yield on is not None and (since is None or on >= since)


def _reasons(found: Sequence[Asked], paper: Paper, day: date) -> dict[int, list[str]]:
    """By request, why it was late as earlier papers say: of those that the readers of this one may read."""
    papers = _readable(paper, day)
    told = PaperReason.objects.filter(
        request__in=[each.request.pk for each in found],
        paper__in=papers.filter(takedown=None, meeting__held_on__lte=day).exclude(pk=paper.pk).values("pk"),
    )
    reasons: dict[int, list[str]] = defaultdict(list)
    for each in told.select_related("paper__meeting").order_by("paper__meeting__held_on", "pk"):
        said = f"Late, as the report of {long_date(each.paper.meeting.held_on)} says: {each.reason}"
        reasons[each.request_id].append(said)
    return reasons


def _row(each: Asked, reasons: list[str], of: str | None) -> dict[str, Any]:
    matter = f"{each.matter.title} ({each.request.meeting.body})" if of == ALL else each.matter.title
    return {
        "cells": [matter, _asked(each), each.request.text, capfirst(each.due.in_words), each.in_words]
    } | {"why": [*(_put_off(due) for due in each.dues[1:]), *reasons, *_end(each)]}


def _asked(each: Asked) -> str:
    resolution = each.request.resolution
    minute = resolution.minute_reference if resolution else ""
    by = f"minute {minute}" if minute else "by resolution" if resolution else "by members"
    return f"{long_date(each.asked_on)}, {by}"


def _put_off(due: RequestDue) -> str:
    return f"Put off on {long_date(due.decided_on)} by {due.decided_by}, {due.in_words}: {due.reason}"


def _end(each: Asked) -> Iterator[str]:
    if each.end:
        into = f" into “{each.end.into.text}”" if each.end.into else ""
        on, end = long_date(each.end.ended_on), each.end
        yield f"{end.kind.capitalize()}{into} on {on} by {end.decided_by}: {end.reason}"
