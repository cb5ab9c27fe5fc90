"""What committees last saw of information risks: the last paper to each that told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from governance.committees.models import Issue, Paper, PublishedFigure
from governance.core.dates import long_date
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User


@dataclass(frozen=True)
class Told:
    """A body with the last paper that told it of risks: the moment its figures were frozen at."""

    code: str
    body: str
    paper: str
    address: str
    meeting: str
    moment: Moment

    @property
    def choice(self) -> tuple[str, str]:
        """The body as a list offers it."""
        return self.code, f"{self.body}, meeting of {self.meeting}"


def told_by(moment: Moment, person: User) -> list[Told]:
    """Each body that had seen figures of risks by the moment, with the last paper; the latest in front.

    A body has seen what was issued for a meeting that has been held. Only papers this person may open.
    """
    papers = Paper.objects.visible_to(person).issued().filter(meeting__held_on__lte=moment.as_at)
    of_risks = PublishedFigure.objects.of_risks().filter(paper=OuterRef("paper"))
    issues = Issue.objects.filter(
        Exists(of_risks), paper__in=papers, as_at__lte=moment.as_at, known_before__lt=moment.known_before
    )
    body = "paper__meeting__body_id"
    last = issues.order_by(body, "-as_at", "-known_before").distinct(body)
    found = [_told(issue) for issue in last.select_related("paper__meeting__body").defer("content")]
    return sorted(found, key=lambda each: (each.moment.as_at, each.moment.known_before), reverse=True)


def _told(issue: Issue) -> Told:
    meeting, paper = issue.paper.meeting, issue.paper
    return Told(
        code=meeting.body.code,
        body=meeting.body.name,
        paper=paper.title,
        address=paper.get_absolute_url(),
        meeting=long_date(meeting.held_on),
        moment=issue.moment,
    )
