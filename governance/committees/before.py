"""What a report to a second body says of the first one that had it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from governance.committees.models import Lists, Meeting, Takedown
from governance.committees.replaced import stands_for
from governance.core.dates import long_date, today

if TYPE_CHECKING:
    from governance.committees.models import Paper
    from governance.figures.moment import Moment

ASKING = "recommendations"


def considered_before(paper: Paper, moment: Moment) -> dict[str, Any]:
    """Where the same report went before, what was recommended there and what was resolved about it, if that
    meeting had come by then; no word of it otherwise, nor while the first paper is a draft: once it is issued
    it never changes. Nor of one that was withdrawn. Of a body that meets in private, no words of its papers
    in one for everybody.
    """
    told_of = paper
    while stands_for(told_of) and told_of.follows:  # what replaces a report follows what that followed
        told_of = told_of.follows
    first = told_of.follows
    if first is None or first.is_draft or _is_withdrawn(first):
        return {}
    told = f"The same report went to the meeting of {first.meeting.body_then} on "
    found = {"told": f"{told}{long_date(first.meeting.held_on)}.", "title": first.title}
    asked = recommended(first) if paper.may_tell_of(first.meeting.body) else []
    return {"before": found | {"recommended": asked, "decided": decided(paper, first, moment)}}


def _is_withdrawn(paper: Paper) -> bool:
    return Takedown.objects.filter(paper=paper, reach=Takedown.Reach.PAPER).exists()


def decided(paper: Paper, first: Paper, moment: Moment) -> Sequence[str]:
    """What the first body resolved about the report, word for word, one sentence for each resolution; else
    that it has recorded none, or can have made none. Of one that meets in private, a paper for everybody
    tells at most that it did not meet."""
    meeting, tells = first.meeting, paper.may_tell_of(first.meeting.body)
    day, body = long_date(meeting.held_on), meeting.body_then
    had_come = meeting.held_on <= moment.known_at
    if tells and had_come and (texts := list(first.resolutions.values_list("text", flat=True))):
        return [f"{body} resolved on {day}: {text}" for text in texts]
    # A meeting to come can be cancelled before its day; what it is today is not what an earlier day knew.
    if meeting.state not in Meeting.TOOK_PLACE and (had_come or moment.known_at >= today()):
        return [f"{meeting.why_undecided}."]
    return [f"{body} has recorded no decision on it yet."] if tells else []


def recommended(paper: Paper) -> Sequence[str]:
    """What its own body was asked to decide, then the lines written under its recommendations, without the
    marks of a list; none that stand for sentences, and nothing that is not for publication there.
    """
    public = paper.sections.filter(exemption=None)
    asked = paper.recommendations.filter(body=paper.meeting.body_id).values_list("text", flat=True)
    if paper.exemptions.filter(section__lists=Lists.RECOMMENDATIONS).exists():
        asked = asked.none()
    written = public.filter(heading__iexact=ASKING).values_list("text", flat=True)
    lines = [line.strip() for text in written for line in text.splitlines()]
    return [*asked, *(line.removeprefix("- ") for line in lines if line and not line.startswith("{{"))]
