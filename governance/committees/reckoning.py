"""Working out what a paper will say: every figure of a plan at the paper's moment, each with its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from actions.models import ActionPlan, Status
from governance.committees.followed import Followed, reckon_follow_up
from governance.committees.lines import AREA, Line, LineKey, in_order
from governance.committees.models import Paper, PublishedFigure
from governance.core.dates import long_date
from governance.figures.figure import Entry, Figure, get_figure, movement
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from datetime import date

ROOM = "actions"
TOTAL = f"{ROOM}.total"
STATUSES: tuple[str, ...] = tuple(status.value for status in Status)
# What the status table breaks down by scope area, and what is compared with the paper before.
BROKEN_DOWN = ("total", *STATUSES)
# Whose word it is that actions are done; those of others than management are broken down too.
CHECKED = ("claimed", "approved", "verified")
BY_OTHERS = ("approved", "verified")
PRINTED = (*BROKEN_DOWN, "remaining", "waiting_for_actions", "waiting_for_posts", *CHECKED)


@dataclass(frozen=True)
class Previous:
    """The last issued paper on the plan (or on risks) with figures of an earlier day.

    `since` is the day from which a movement is told: that of the meeting the figures were told to, or,
    where that meeting is still to come, the day they are as at.
    """

    paper: Paper
    figures: Mapping[str, PublishedFigure]
    since: str


@dataclass
class Reckoning:
    """All figures of one plan at a moment. `areas` are titles by key, in their order; `followed` is what the
    auditor who came back found, where anything was rated."""

    plan: ActionPlan
    moment: Moment
    previous: Previous | None
    areas: dict[int | None, str]
    lines: dict[LineKey, Line]
    followed: Followed | None = None

    @property
    def scope(self) -> Scope:
        """What is counted."""
        return Scope(plans=(self.plan.code,))


def reckon(plan: ActionPlan, moment: Moment, body: int) -> Reckoning:
    """Evaluate the figures of a plan at a moment, with their movement since the paper before to this body."""
    scope = Scope(plans=(plan.code,))
    figures = {name: get_figure(f"{ROOM}.{name}") for name in PRINTED}
    entries = {name: figure.entries(moment, scope) for name, figure in figures.items()}
    area_of = _areas_of(figures["total"], moment, scope)
    areas = in_order(set(area_of.values()))
    previous = find_previous(plan, moment.as_at, body)
    lines: dict[LineKey, Line] = {}
    for name, figure in figures.items():
        lines[name, "", ""] = Line(figure, figure.title, figure.definition, len(entries[name]), entries[name])
    for name in (*BROKEN_DOWN, *BY_OTHERS):
        for area, title in areas.items():
            part = [entry for entry in entries[name] if area_of[entry.subject] == area]
            lines[name, area, ""] = _part(figures[name], area, title, part)
    for name in BROKEN_DOWN:
        for side, line in moved(figures[name], previous, entries[name]) if previous else ():
            lines[name, "", side] = line
    if followed := reckon_follow_up(moment, scope):
        lines |= followed.lines
    return Reckoning(plan, moment, previous, areas, lines, followed)


def _areas_of(total: Figure[Any], moment: Moment, scope: Scope) -> dict[int, int | None]:
    paths = total.shape.subject, total.shape.dimensions[AREA]
    return dict(total.rows(moment, scope).order_by().values_list(*paths))


def _part(figure: Figure[Any], area: int | None, title: str, entries: list[Entry]) -> Line:
    where = "Without a scope area." if area is None else f"In the scope area “{title}”."
    named, definition = f"{figure.title}: {title}", f"{figure.definition} {where}"
    return Line(figure, named, definition, len(entries), entries, {AREA: area})


def moved(figure: Figure[Any], previous: Previous, later: list[Entry]) -> Iterator[tuple[str, Line]]:
    """What came in and went out since the paper before; without its entries, the difference in numbers."""
    earlier = previous.figures.get(figure.key)
    if earlier is None:
        return
    told = f"in the paper for the meeting of {previous.since} (figures {earlier.frozen})"
    for side, words, text in (("entered", "came in", "more"), ("left", "went out", "fewer")):
        title = f"{figure.title}, {words} since {previous.since}"
        if earlier.has_entries:
            found = getattr(movement(earlier.listed(), later), side)
            here, there = ("now", "then") if side == "entered" else ("then", "now")
            definition = (
                f"Counted as “{figure.title}” {here} and not {there}, compared with the figure {told}."
            )
            yield side, Line(figure, title, definition, len(found), found, {}, side, earlier)
        else:
            net = len(later) - earlier.value if side == "entered" else earlier.value - len(later)
            definition = (
                f"How many {text} “{figure.title}” there are than {told}; its rows were not kept here."
            )
            yield side, Line(figure, title, definition, max(net, 0), None, {}, side, earlier)


def find_previous(plan: ActionPlan, as_at: date, body: int) -> Previous | None:
    """The last issued paper on this plan with figures of an earlier day: to this body, if it had one."""
    papers = Paper.objects.served().filter(plan_links__plan=plan, as_at__lt=as_at).select_related("meeting")
    before = papers.annotate(to_this_body=Q(meeting__body=body))
    for paper in before.order_by("-to_this_body", "-as_at", "-meeting__held_on"):
        if figures := counted_of([paper.pk], plan):
            held = paper.meeting.held_on
            told = held if held <= as_at else figures[0].as_at
            return Previous(paper, {figure.key: figure for figure in figures}, long_date(told))
    return None


def counted_of(papers: list[int], plan: ActionPlan) -> list[PublishedFigure]:
    """The figures of whole plans in issued papers, in their order."""
    scope = Scope(plans=(plan.code,)).as_json()
    counted = PublishedFigure.objects.counted().filter(paper__in=papers, scope=scope, dimension={})
    return list(counted.select_related("paper__meeting"))
