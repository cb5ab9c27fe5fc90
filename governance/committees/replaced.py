"""A paper that stands in the place of one that was withdrawn: which, and when it may still go out."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from governance.committees.models import Meeting, Paper, Takedown
from governance.core.dates import long_date


def stands_for(paper: Paper) -> Takedown | None:
    """The tombstone of the paper, or of its public page, whose place this one takes: the same report to the
    same body. None for a report that went to another body before, and for what was not withdrawn."""
    before = paper.follows
    if before is None or before.meeting.body_id != paper.meeting.body_id:
        return None
    found: Takedown | None = getattr(before, "takedown", None)
    return found


def may_come_after(paper: Paper, meeting: Meeting) -> bool:
    """May the paper go out after this meeting? Where it takes the place of one that this meeting had."""
    before = paper.follows
    return before is not None and before.meeting_id == meeting.pk and hasattr(before, "takedown")


def goes_out(paper: Paper, published_on: date) -> str:
    """That it is published after its meeting, and in whose place, as its front sheet says; "" elsewhere."""
    if published_on <= paper.meeting.held_on or (tombstone := stands_for(paper)) is None:
        return ""
    day = long_date(tombstone.taken_on)
    what = "paper" if tombstone.is_of_the_paper else "paper whose public page"
    return f"Published after the meeting, in place of the {what} that was withdrawn on {day}"


def begun_for(paper: Paper, among: QuerySet[Paper]) -> Paper | None:
    """The draft among these papers that is to replace a withdrawn one, if it is begun."""
    drafts = among.filter(follows=paper, state=Paper.State.DRAFT)
    return drafts.filter(meeting__body=F("follows__meeting__body")).order_by("pk").first()
