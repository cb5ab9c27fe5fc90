"""How overlaps are said: on the page of an action, after one is completed, and of plans counted together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from actions.models import Action, ActionPlan, Overlap, ProgressUpdate, Status
from actions.representations.plan import told
from governance.core.components import Column
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from governance.people.models import User

HALF_DONE = [(Status.COMPLETED, undone) for undone in (Status.NOT_STARTED, Status.IN_PROGRESS)]
ALSO = "also"  # in the address: further actions that were completed with the first
TOGETHER_COLUMNS = [
    Column("Action plan"),
    *(Column(status.label, numeric=True) for status in Status),
    Column("All", numeric=True),
]


@dataclass(frozen=True)
class Twin:
    """The other action of an overlap, as the page of the one says it."""

    overlap: Overlap
    kind: str
    other: Action
    opens: bool
    standing: ProgressUpdate | Action | None  # what has its status

    @property
    def is_undone(self) -> bool:
        """Neither completed nor withdrawn."""
        return self.standing is not None and self.standing.status not in Status.closed()


def twins(action: Action, moment: Moment, person: User) -> list[Twin]:
    """What the action overlapped with at a moment, each with how it then stood. One query, or two."""
    found = list(Overlap.objects.around(action).standing(moment).for_page(person))
    others = [_other(each, action) for each in found]
    rows = ProgressUpdate.objects.standing(moment).filter(action__in=others) if others else ()
    standing = {row.action_id: row for row in rows}
    return [_twin(each, action, standing.get(other.pk)) for each, other in zip(found, others, strict=True)]


@dataclass(frozen=True)
class Half:
    """Of two that are the same, the one that is completed, and the one of which nobody says that yet."""

    done: Action
    undone: Action


def half_done(action: Action, standing: ProgressUpdate | None, found: Iterable[Twin]) -> list[Half]:
    """Where that is so of the action and one of its twins that the reader may open."""
    same = [twin for twin in found if twin.opens and twin.overlap.kind == Overlap.Kind.SAME]
    status = standing.status if standing else ""
    pairs = [(twin.other, twin.standing.status) for twin in same if twin.standing]
    here = [Half(action, other) for other, stands in pairs if (status, stands) in HALF_DONE]
    return here + [Half(other, action) for other, stands in pairs if (stands, status) in HALF_DONE]


def _twin(overlap: Overlap, action: Action, standing: ProgressUpdate | Action | None) -> Twin:
    other, opens = _other(overlap, action), _opens(overlap, action)
    return Twin(overlap, overlap.seen_from(action).label, other, opens, standing)


def _other(overlap: Overlap, action: Action) -> Action:
    return overlap.other if overlap.action_id == action.pk else overlap.action


def _opens(overlap: Overlap, action: Action) -> bool:
    ours = overlap.action_id == action.pk
    return bool(getattr(overlap, "opens_other" if ours else "opens_action", False))


def page_after(action: Action) -> str:
    """Where somebody goes who has reported on an action: to the question about those that overlap with it
    and are still to be done, once it is completed; otherwise to its page."""
    return asked_of([action]) or action.get_absolute_url()


def asked_of(actions: Sequence[Action]) -> str:
    """Where it is asked about what overlaps with the completed ones of these and is still to be done; empty
    where there is nothing to ask. One query."""
    undone = ~Q(other__status__in=Status.closed()) & Q(action__in=actions, action__status=Status.COMPLETED)
    turned = ~Q(action__status__in=Status.closed()) & Q(other__in=actions, other__status=Status.COMPLETED)
    pairs = Overlap.objects.standing(Moment.now()).filter(undone | turned).values_list("action", "other")
    keys = {key for pair in pairs for key in pair}
    first, *also = [each.reference for each in actions if each.pk in keys] or [""]
    address = reverse("actions:overlaps_asked", args=[first]) if first else ""
    return f"{address}?{urlencode({ALSO: also}, doseq=True)}" if also else address


@dataclass(frozen=True)
class Asked:
    """A completed action, and what overlaps with it and is still to be done."""

    action: Action
    twins: Sequence[Twin]


def to_ask(actions: Iterable[Action], person: User) -> list[Asked]:
    """Of these actions, those with something to ask about. One query, however many they are."""
    about = list(actions)
    said = Overlap.objects.standing(Moment.now()).filter(Q(action__in=about) | Q(other__in=about))
    overlaps = list(said.for_page(person))
    found = [Asked(each, _undone(each, overlaps)) for each in about]
    return [each for each in found if each.twins]


def _undone(action: Action, overlaps: Iterable[Overlap]) -> list[Twin]:
    """What overlaps with it and is still to be done today."""
    own = (each for each in overlaps if action.pk in (each.action_id, each.other_id))
    twins_of_it = (_twin(each, action, _other(each, action)) for each in own)
    return [twin for twin in twins_of_it if twin.is_undone]


@dataclass(frozen=True)
class Line:
    """A line of the table of plans counted together."""

    title: str
    href: str
    statuses: Sequence[Tile]
    total: Tile


@dataclass(frozen=True)
class Together:
    """Several plans at a moment: each, the sum, what is counted more than once, and the union."""

    plans: Sequence[Line]
    added_up: int
    repeated: Tile
    union: Line
    overlapping: Tile
    twin_completed: Tile


def together(
    plans: Sequence[ActionPlan], moment: Moment, by_plan: Mapping[str, Mapping[str, int]]
) -> Together:
    """The three totals that a committee is told, beside the counts of each plan. A few queries, however many
    plans there are."""
    scope = Scope(plans=tuple(plan.code for plan in plans))
    lines = [_line(plan, by_plan.get(plan.code, {}), moment) for plan in plans]
    found = get_figure("actions.counted_once").by(moment, scope, "status")
    one = {str(status): value for status, value in found.items()} | {"total": sum(found.values())}
    asked = ("repeated", "overlapping", "twin_completed")
    tiles = {name: _tile(name, moment, scope) for name in asked}
    union = _told("counted_once", one, moment, scope)
    return Together(
        lines, sum(line.total.value for line in lines), union=Line("Together", "", *union), **tiles
    )


def _tile(name: str, moment: Moment, scope: Scope) -> Tile:
    figure = get_figure(f"actions.{name}")
    return told(name, figure.value(moment, scope), figure.title, moment, scope)


def _line(plan: ActionPlan, counts: Mapping[str, int], moment: Moment) -> Line:
    scope = Scope(plans=(plan.code,))
    return Line(plan.title, plan.get_absolute_url(), *_told("total", counts, moment, scope))


def _told(key: str, counts: Mapping[str, int], moment: Moment, scope: Scope) -> tuple[list[Tile], Tile]:
    """A tile for each status of the figure, and one for all of them."""
    parts = [told(key, counts.get(s.value, 0), s.label, moment, scope, status=s.value) for s in Status]
    return parts, told(key, counts.get("total", 0), "actions", moment, scope)
