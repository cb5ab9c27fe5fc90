"""How plans and actions are said on a page: plain values, made from rows that are already read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime

from actions.models import Action, Dependency, ProgressUpdate, Status
from governance.core.components import Column
from governance.core.dates import LONDON, long_date
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from actions.models import ActionPlan
    from governance.history.timeline import Event

NO_AREA = "No scope area"
AREA_COLUMNS = [
    Column("Scope area"),
    *(Column(status.label, numeric=True) for status in Status),
    Column("All", numeric=True),
]
RIVAL_COLUMNS = [Column("What"), Column("Yours"), Column("Theirs")]


def told(key: str, value: int, label: str, moment: Moment, scope: Scope, **dimensions: str) -> Tile:
    """A figure of this room with its address."""
    return Tile(value, label, get_figure(f"actions.{key}").address(moment, scope, **dimensions))


# Plans


@dataclass(frozen=True)
class PlanEntry:
    """A plan in the list of plans."""

    plan: ActionPlan
    total: Tile
    statuses: Sequence[Tile]


def plan_entries(
    plans: Iterable[ActionPlan], counted: Mapping[str, Mapping[str, int]], moment: Moment
) -> list[PlanEntry]:
    """Each plan with its total and the count of each status that occurs in it."""
    return [_entry(plan, counted.get(plan.code, {}), moment) for plan in plans]


def _entry(plan: ActionPlan, counts: Mapping[str, int], moment: Moment) -> PlanEntry:
    scope = Scope(plans=(plan.code,))
    total = told("total", counts.get("total", 0), "actions", moment, scope)
    return PlanEntry(
        plan,
        total,
        [told(s.value, counts[s], s.label.lower(), moment, scope) for s in Status if counts.get(s)],
    )


@dataclass(frozen=True)
class Area:
    """A scope area in the breakdown of a plan: a figure for each status, and for all."""

    title: str
    statuses: Sequence[Tile]
    total: Tile


class PlanFigures:
    """Every figure of a plan at a moment, from the grouped counts of `figures.counts_by_facet`."""

    def __init__(self, plan: ActionPlan, counted: Sequence[Mapping[str, Any]], moment: Moment) -> None:
        self.counted, self.moment, self.scope = counted, moment, Scope(plans=(plan.code,))

    def _told(self, key: str, value: int, label: str, area: str | None = None) -> Tile:
        within = {"scope_area": area} if area else {}
        return told(key, value, label, self.moment, self.scope, **within)

    def _sum(self, name: str, **wanted: Any) -> int:
        rows = (row for row in self.counted if wanted.items() <= row.items())
        return sum(row[name] for row in rows)

    @property
    def total(self) -> Tile:
        """All actions of the plan."""
        return self._told("total", self._sum("rows"), "actions")

    @property
    def closed_to_reader(self) -> int:
        """How many of them the reader may not open."""
        return self._sum("rows") - self._sum("open")

    @property
    def statuses(self) -> list[Tile]:
        """One for each status."""
        return [self._told(s.value, self._sum("rows", status=s.value), s.label) for s in Status]

    @property
    def remaining(self) -> Tile:
        """What is still to be done."""
        return self._told("remaining", self._sum("remaining"), "remaining")

    @property
    def overdue(self) -> Tile:
        """Past their due date."""
        return self._told("overdue", self._sum("overdue"), "Overdue")

    @property
    def waiting(self) -> list[Tile]:
        """Not started, because something else is not there."""
        return [
            self._told("waiting_for_actions", self._sum("waiting_for_actions"), "Wait for other actions"),
            self._told("waiting_for_posts", self._sum("waiting_for_posts"), "Wait for a vacant post"),
        ]

    @property
    def areas(self) -> list[Area]:
        """One for each scope area, in the order of the audit; nothing for a plan without areas."""
        found = list(dict.fromkeys(row["area"] for row in self.counted))
        return [self._area(area) for area in found] if any(found) else []

    def _area(self, area: str | None) -> Area:
        """Outside every area there is nothing to open the figures by, so they are not links."""
        cells = [
            self._told(s.value, self._sum("rows", area=area, status=s.value), s.label, area) for s in Status
        ]
        total = self._told("total", self._sum("rows", area=area), "actions", area)
        if area is None:
            cells, total = [_unlinked(cell) for cell in cells], _unlinked(total)
        return Area(area or NO_AREA, cells, total)


def _unlinked(figure: Tile) -> Tile:
    return Tile(figure.value, figure.label, "")


# An action


@dataclass(frozen=True)
class Facts:
    """An action as its page shows it at a moment, with what was then known of its progress."""

    action: Action
    reports: Sequence[Report]
    moment: Moment

    @property
    def standing(self) -> ProgressUpdate | None:
        """The update that stands; None before anything was known of the action."""
        return next((report.update for report in self.reports if report.stands), None)

    @property
    def is_overdue(self) -> bool:
        """Not done by its due date."""
        due = self.action.due_on
        undone = self.standing and self.standing.status not in Status.closed()
        return bool(undone and due and due < self.moment.as_at)

    @property
    def overdue_by(self) -> str:
        """How long it has been overdue, in words: "6 months"."""
        due = self.action.due_on
        return timesince(due, self.moment.as_at, depth=1) if due and self.is_overdue else ""

    @property
    def owner_vacancy(self) -> str:
        """Said when nobody is in the owner post on the day: since when, if it was ever held."""
        if getattr(self.action, "owner_holders", 1):
            return ""
        left: date | None = getattr(self.action, "owner_last_held_on", None)
        return f"vacant since {_day_after(left)}" if left else "vacant: nobody has held it yet"


def _day_after(day: date) -> str:
    return long_date(day + timedelta(days=1))


@dataclass(frozen=True)
class Wait:
    """One dependency as the page of either end says it: the step held up, what is needed, met or not."""

    step: str
    reference: str
    title: str
    href: str
    needed: str
    is_unmet: bool
    note: str


def waits(dependencies: Iterable[Dependency], action: Action) -> tuple[list[Wait], list[Wait]]:
    """What the action waits on, and what waits on it."""
    found = list(dependencies)
    on = [needed(each) for each in found if each.action_id == action.pk]
    behind = [_waiting(each) for each in found if each.action_id != action.pk]
    return on, behind


def needed(dependency: Dependency) -> Wait:
    """What a dependency needs, in words. An action that the reader may not open keeps its title to itself."""
    step = dependency.get_holds_up_display()
    unmet, note = bool(getattr(dependency, "is_unmet", True)), dependency.note
    if post := dependency.needs_post:
        return Wait(step, "", post.title, "", "to be filled", unmet, note)
    return _end(
        dependency.needs_action,
        getattr(dependency, "opens_needed", False),
        step,
        "to be completed",
        unmet,
        note,
    )


def _waiting(dependency: Dependency) -> Wait:
    """The action that waits, in words."""
    step = dependency.get_holds_up_display()
    opens = getattr(dependency, "opens_action", False)
    return _end(
        dependency.action, opens, step, "", bool(getattr(dependency, "is_unmet", True)), dependency.note
    )


def _end(action: Any, opens: bool, step: str, words: str, unmet: bool, note: str) -> Wait:  # noqa: FBT001
    if not opens:
        return Wait(step, action.reference, "", "", words, unmet, "")
    return Wait(step, action.reference, action.title, action.get_absolute_url(), words, unmet, note)


@dataclass(frozen=True)
class Report:
    """A report in the timeline: the update, those it took the place of (latest first), whether it stands,
    and whether it shares its day with another, so that only the time tells them apart."""

    update: ProgressUpdate
    corrected: Sequence[ProgressUpdate] = field(default_factory=tuple)
    stands: bool = False
    shares_day: bool = False

    @property
    def day(self) -> date:
        """The day it took effect."""
        return self.update.effective_on

    @property
    def first_told_at(self) -> datetime:
        """When it was first recorded: a correction keeps the place in the day of what it corrects."""
        return (self.corrected[-1] if self.corrected else self.update).recorded_at

    @property
    def known(self) -> str:
        """The day it became known; with the time, where that tells reports of one day apart.

        What was brought in from a document became known on a day, at no known time.
        """
        with_time = self.shares_day and not self.update.source_document
        return date_format(
            localtime(self.update.known_at, LONDON), "DATETIME_FORMAT" if with_time else "DATE_FORMAT"
        )


@dataclass(frozen=True)
class FactChange:
    """A change of the action's own facts in the timeline."""

    event: Event

    @property
    def day(self) -> date:
        """The day it was made."""
        return self.event.when.astimezone(LONDON).date()

    @property
    def first_told_at(self) -> datetime:
        """When it was made."""
        return self.event.when


def story(told_of: Sequence[Report], events: Iterable[Event], moment: Moment) -> list[Report | FactChange]:
    """Everything known of an action at a moment, the latest first: by day, and in a day as it was told."""
    told: list[Report | FactChange] = [
        *told_of,
        *(FactChange(event) for event in events if event.when < moment.known_before),
    ]
    return sorted(told, key=lambda item: (item.day, item.first_told_at), reverse=True)


def reports(updates: Sequence[ProgressUpdate], moment: Moment) -> list[Report]:
    """The reports known and in effect at a moment, the latest first, each with what it corrected."""
    known = {u.pk: u for u in updates if u.known_at < moment.known_before}
    replaced = {u.corrects_id for u in known.values()}
    heads = [u for u in known.values() if u.pk not in replaced and u.effective_on <= moment.as_at]
    heads.sort(key=lambda u: (u.effective_on, u.place), reverse=True)
    standing = next((u for u in heads if not u.void), None)
    days = Counter(u.effective_on for u in heads)
    return [Report(u, tuple(_before(u, known)), u is standing, days[u.effective_on] > 1) for u in heads]


def _before(update: ProgressUpdate, known: Mapping[int, ProgressUpdate]) -> Iterable[ProgressUpdate]:
    while update.corrects_id:
        update = known[update.corrects_id]
        yield update


# Two people at once


def side_by_side(said: Mapping[str, Any], rival: ProgressUpdate) -> list[tuple[str, str, str]]:
    """What two people state of one action: label, the words of one, the words of the other."""
    fields = ("status", "effective_on", "evidence", "void")
    ours, theirs = _in_words(said), _in_words({name: getattr(rival, name) for name in fields})
    return [(label, ours[label], theirs[label]) for label in ours]


def _in_words(said: Mapping[str, Any]) -> dict[str, str]:
    if said.get("void"):
        return {"Status": "This never happened", "From": "", "Evidence": ""}
    return {
        "Status": Status(said["status"]).label,
        "From": long_date(said["effective_on"]),
        "Evidence": said["evidence"] or "None given",
    }
