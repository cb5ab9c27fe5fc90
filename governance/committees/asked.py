"""How requests stood on a day: the one selector behind pages, the report of outstanding issues and the
command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject

from governance.committees.models import (
    AgendaItem,
    Body,
    Matter,
    Meeting,
    Paper,
    Request,
    RequestAnswer,
    RequestDue,
    RequestEnd,
)
from governance.core.components import Standing
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.people.models import User

OPEN, OVERDUE, RESCHEDULED = "open", "overdue", "rescheduled"
ANSWERED, ON_TIME, LATE = "answered", "answered on time", "answered late"
LAPSED, CARRIED = "lapsed", "carried"
OUTSTANDING = (OPEN, OVERDUE, RESCHEDULED)
SHOWN = {
    OPEN: Standing("Open", "blue", "half"),
    OVERDUE: Standing("Overdue", "red", "triangle"),
    RESCHEDULED: Standing("Rescheduled", "amber", "clock"),
    ANSWERED: Standing("Answered", "green", "disc"),
    ON_TIME: Standing("Answered on time", "green", "tick"),
    LATE: Standing("Answered late", "amber", "diamond"),
    LAPSED: Standing("Lapsed", "grey", "dash"),
    CARRIED: Standing("Carried", "grey", "circle"),
}


@dataclass(frozen=True)
class Asked:
    """A request at the end of a day. Nothing of it is stored: all of it is worked out."""

    request: Request
    day: date
    dues: Sequence[RequestDue]  # decided by then, the first is what was asked
    answer: Paper | None  # considered by then
    coming: Sequence[Paper]  # said to answer it, and not considered yet
    end: RequestEnd | None

    @property
    def matter(self) -> Matter:
        """What it is about."""
        return self.request.matter

    @property
    def asked_on(self) -> date:
        """The day of the meeting that asked."""
        return self.request.meeting.held_on

    @property
    def due(self) -> RequestDue:
        """What stands of when it is due; after the answer, what stood on the day of the answer."""
        told = self.answered_on or self.day
        return [due for due in self.dues if due.decided_on <= told or due is self.dues[0]][-1]

    @property
    def due_on(self) -> date | None:
        """The day by which it is due, if that is a day."""
        return self.due.day

    @property
    def answered_on(self) -> date | None:
        """The day of the meeting that considered the paper which answers it."""
        return self.answer.meeting.held_on if self.answer else None

    @property
    def days_late(self) -> int:
        """How many days after it was due it was answered or, while nobody has, how long it has been due."""
        until = self.answered_on or (None if self.end else self.day)
        return max((until - self.due_on).days, 0) if until and self.due_on else 0

    @property
    def state(self) -> str:
        """Open, overdue, rescheduled, answered (on time, late), lapsed or carried."""
        if self.end:
            return str(self.end.kind)
        if self.answer:
            return LATE if self.days_late else ON_TIME if self.due_on else ANSWERED
        if self.days_late:
            return OVERDUE
        return RESCHEDULED if len(self.dues) > 1 else OPEN

    @property
    def is_outstanding(self) -> bool:
        """Does the body still wait for it?"""
        return self.state in OUTSTANDING

    @property
    def standing(self) -> Standing:
        """The state with its colour and shape."""
        return SHOWN[self.state]

    @property
    def in_words(self) -> str:
        """Answered late, by 28 days, on 24 October 2016."""
        late = f", by {self.days_late} {'day' if self.days_late == 1 else 'days'}" if self.days_late else ""
        on = f", on {long_date(self.answered_on)}" if self.answered_on else ""
        return f"{self.state.capitalize()}{late}{on}"

    @property
    def row(self) -> dict[str, Any]:
        """What the command prints of it."""
        return {
            "asked_on": self.asked_on.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "answered_on": self.answered_on.isoformat() if self.answered_on else None,
            "state": self.state,
            "matter": self.matter.title,
            "days_late": self.days_late,
            "due": self.due.in_words,
            "asked": self.request.text,
            "asked_by": "resolution" if self.request.resolution_id else "members",
            "body": self.request.meeting.body.code,
        }


def asked(day: date, *, reader: User | None = None, body: Body | None = None) -> list[Asked]:
    """The requests made up to a day as they stood at its end, the earliest first; of one body, if named.

    Without a reader (a command), all of them; a reader learns of drafts that will answer only if they may
    see drafts. A constant number of queries.
    """
    found = Request.objects.visible_to(reader) if reader else Request.objects.all()
    if body:
        found = found.filter(meeting__body=body)
    papers = Paper.objects.visible_to(reader) if reader else Paper.objects.all()
    return [stood(each, day) for each in with_facts(found.asked_by(day), papers)]


def due_there(day: date) -> ArraySubquery:
    """For meetings, in their own query: the requests due there that nobody put off, ended or answered."""
    met = Q(paper__state=Paper.State.ISSUED, paper__meeting__held_on__lte=day)
    met &= Q(paper__meeting__state__in=Meeting.TOOK_PLACE)
    answers = RequestAnswer.objects.filter(met, request=OuterRef("request"))
    answers = answers.exclude(paper__agenda_item__withdrawn_on__isnull=False)
    dues = RequestDue.objects.filter(due_meeting=OuterRef("pk"), superseded_by=None, request__end=None)
    said = JSONObject(pk="request_id", title="request__matter__title")
    return ArraySubquery(dues.filter(~Exists(answers)).order_by("request").values(said=said))


def with_facts(found: Any, papers: Any) -> Any:
    """Requests with everything that says how they stand, the answers by these papers only."""
    answers = RequestAnswer.objects.filter(paper__in=papers).select_related(
        "paper__meeting__body", "paper__agenda_item"
    )
    dues = RequestDue.objects.select_related("due_meeting").order_by("pk")
    return found.select_related(
        "meeting__body", "matter__body", "resolution__meeting__body", "end__into__meeting"
    ).prefetch_related(
        Prefetch("answers", answers.order_by("paper__meeting__held_on", "pk")), Prefetch("dues", dues)
    )


def stood(request: Request, day: date) -> Asked:
    """One request, with its facts, at the end of a day."""
    papers = [answer.paper for answer in request.answers.all() if reaches_its_body(answer.paper)]
    considered = [paper for paper in papers if not paper.is_draft and paper.meeting.held_on <= day]
    answer = considered[0] if considered else None
    end: RequestEnd | None = getattr(request, "end", None)
    if end and (end.ended_on > day or (answer and answer.meeting.held_on < end.ended_on)):
        end = None
    dues = list(request.dues.all())
    known = [due for due in dues if due.decided_on <= day] or dues[:1]
    coming = [paper for paper in papers if paper not in considered]
    return Asked(request, day, known, None if end else answer, coming, end)


def reaches_its_body(paper: Paper) -> bool:
    """Is it still on the agenda, of a meeting that is not known to have come to nothing?"""
    place: AgendaItem | None = getattr(paper, "agenda_item", None)
    return not (place and place.withdrawn_on) and paper.meeting.state in Meeting.TOOK_PLACE


@dataclass(frozen=True)
class MatterStood:
    """A matter with its requests as they stood: open as long as one of them is."""

    matter: Matter
    requests: Sequence[Asked]

    @property
    def is_open(self) -> bool:
        """Is something of it still outstanding?"""
        return any(each.is_outstanding for each in self.requests)

    @property
    def expected(self) -> str:
        """When the next answer to it is due, in words: of what is outstanding, what was asked last."""
        return next((each.due.in_words for each in reversed(self.requests) if each.is_outstanding), "")


def matters(requests: Iterable[Asked]) -> list[MatterStood]:
    """Requests under their matters, in the order in which each was first asked."""
    under: dict[int, list[Asked]] = {}
    for each in requests:
        under.setdefault(each.matter.pk, []).append(each)
    return [MatterStood(several[0].matter, several) for several in under.values()]
