"""Meetings with their papers as pages show them: what is due when, and what is late, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from governance.committees.backplan import CLEARED
from governance.committees.elections import within_election
from governance.committees.lateness import late
from governance.committees.models import Meeting, Step
from governance.committees.states import with_state
from governance.core.dates import today
from governance.people.models import Post

if TYPE_CHECKING:
    from governance.committees.backplan import Backplan, Calendar, Due
    from governance.committees.models import AgendaItem, Body, Paper, Seat
    from governance.committees.models.paper import PaperQuerySet


@dataclass(frozen=True)
class Awaited:
    """A paper for a meeting, and what of it is late."""

    paper: Paper
    late: Sequence[str]

    @property
    def item(self) -> AgendaItem | None:
        """Its place on the agenda, where it is not an ordinary one."""
        return getattr(self.paper, "agenda_item", None)


@dataclass(frozen=True)
class Planned:
    """A meeting, its days and its papers."""

    meeting: Meeting
    plan: Backplan
    papers: Sequence[Awaited]
    on: date

    @property
    def is_unsaid(self) -> bool:
        """Is the day past, and nobody has said what became of it?"""
        return self.meeting.state == Meeting.State.PLANNED and self.meeting.held_on < self.on

    @property
    def drafts(self) -> list[Paper]:
        """Those that are still to be issued, and not withdrawn from the agenda."""
        return [each.paper for each in self.papers if each.paper.is_draft and not _is_withdrawn(each.paper)]

    @property
    def elections(self) -> list[str]:
        """What lies within a pre-election period, where papers are published on the last day for it, or now
        where that is past and one is still to come."""
        if self.plan.published_by < self.on and self.papers and not self.drafts:
            return []
        return within_election(self.plan, max(self.plan.published_by, self.on))

    @property
    def main_steps(self) -> list[Due]:
        """The days that a list has room for: notice, figures frozen, published."""
        return [each for each in self.plan.steps if each.step in (Step.NOTICE, Step.FREEZE, Step.PUBLICATION)]

    @property
    def next_clearance(self) -> Due | None:
        """The next day by which a draft for it is to be cleared; None where none is to come."""
        drafts = self.drafts
        coming = (each for each in self.plan.steps if each.step in CLEARED and each.on >= self.on)
        return next((each for each in coming if not all(one.has_cleared(each.step) for one in drafts)), None)


def planned(meeting: Meeting, papers: Iterable[Paper], calendar: Calendar) -> Planned:
    """One meeting with its papers; what is withdrawn is late no more."""
    plan, day = calendar.plan(meeting), today()
    awaited = [Awaited(each, [] if _is_withdrawn(each) else late(plan, each, day)) for each in papers]
    return Planned(meeting, plan, awaited, day)


def programme(meetings: Iterable[Meeting], papers: PaperQuerySet, calendar: Calendar) -> list[Planned]:
    """Several meetings, with those of the papers that are theirs: one query."""
    shown = list(meetings)
    by_meeting: dict[int, list[Paper]] = {}
    theirs = with_state(papers.filter(meeting__in=shown)).select_related("agenda_item", "takedown", "meeting")
    for paper in theirs.order_by("title", "pk"):
        by_meeting.setdefault(paper.meeting_id, []).append(paper)
    return [planned(each, by_meeting.get(each.pk, ()), calendar) for each in shown]


def seats_of(body: Body, day: date) -> list[tuple[Seat, str]]:
    """The seats of a body from a day on, each with its vacancy in words; "" where somebody is there."""
    seats = list(body.seats.not_over(day).select_related("post"))
    wanted = [seat.post_id for seat in seats if seat.post_id]
    posts = {post.pk: post for post in Post.objects.for_directory(day).filter(pk__in=wanted)}

    def vacancy(seat: Seat) -> str:
        if seat.post_id:
            return "" if posts[seat.post_id].holders else posts[seat.post_id].vacancy
        return "Vacant" if seat.is_vacant else ""

    return [(seat, vacancy(seat)) for seat in seats]


def _is_withdrawn(paper: Paper) -> bool:
    item = getattr(paper, "agenda_item", None)
    return bool(item and item.withdrawn_on)
