"""The line of sight as pages show it: strategies with where their actions stand, and one action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from actions.models import (
    Action,
    ActionAsset,
    ActionPrinciple,
    ActionRecommendation,
    ActionRisk,
    ActionWorkstream,
    Recommendation,
    Status,
)
from actions.models.strategy import Principle, Strategy, Workstream
from actions.representations.plan import told
from assets.models import Asset
from governance.core.components import Column
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile
from risks.models import Risk
from risks.models.links import RiskAsset

if TYPE_CHECKING:
    from governance.people.models import User

COLUMNS = [
    Column("Name"),
    *(Column(status.label, numeric=True) for status in Status),
    Column("All", numeric=True),
]
OUTSIDE = "Of no strategy"
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Line:
    """A workstream or a principle: a figure for each status of its actions, and for all."""

    name: str
    statuses: Sequence[Tile]
    total: Tile


@dataclass(frozen=True)
class InSight:
    """A strategy with its workstreams and its principles."""

    name: str
    workstreams: Sequence[Line]
    principles: Sequence[Line]


def strategies_in_sight(
    by_workstream: Counts, by_principle: Counts, moment: Moment, scope: Scope
) -> list[InSight]:
    """Every strategy that is offered or has anything, in its order; last what belongs to none."""
    streams = [each for each in Workstream.objects.all() if _shown(each, by_workstream)]
    principles = [each for each in Principle.objects.all() if _shown(each, by_principle)]
    found = []
    for strategy in [*Strategy.objects.all(), None]:
        key = strategy.pk if strategy else None
        of = InSight(
            strategy.name if strategy else OUTSIDE,
            _lines("workstream", (s for s in streams if s.strategy_id == key), by_workstream, moment, scope),
            _lines("principle", (p for p in principles if p.strategy_id == key), by_principle, moment, scope),
        )
        if of.workstreams or of.principles or (strategy and not strategy.is_retired):
            found.append(of)
    return found


def _shown(entry: Workstream | Principle, counted: Counts) -> bool:
    return not entry.is_retired or entry.code in counted


def _lines(
    dimension: str, entries: Iterable[Any], counted: Counts, moment: Moment, scope: Scope
) -> list[Line]:
    return [_line(dimension, each, counted.get(each.code, {}), moment, scope) for each in entries]


def _line(dimension: str, entry: Any, counts: Mapping[str, int], moment: Moment, scope: Scope) -> Line:
    within = {dimension: entry.code}
    cells = [told(s.value, counts.get(s, 0), s.label, moment, scope, **within) for s in Status]
    total = told("total", sum(counts.values()), "actions", moment, scope, **within)
    return Line(entry.name, cells, total)


@dataclass(frozen=True)
class Thing:
    """One thing on the line: its words, and its page if it has one."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Level:
    """One step of the line: what it is called, and what stands there."""

    name: str
    things: Sequence[Thing]


@dataclass(frozen=True)
class ActionInSight:
    """An action between what it is for and what it reaches."""

    workstream: Workstream | None
    levels: Sequence[Level]

    @property
    def strategy(self) -> Strategy | None:
        """The strategy of its workstream."""
        return self.workstream.strategy if self.workstream else None


def action_in_sight(action: Action, person: User) -> ActionInSight:
    """The line of one action, with the risks and assets that the person may open. Six queries."""
    link = ActionWorkstream.objects.filter(action=action).select_related("workstream__strategy").first()
    principles = ActionPrinciple.objects.filter(action=action).select_related("principle")
    principles = principles.order_by("principle__position", "principle__name")
    risks = ActionRisk.objects.filter(action=action).with_risks_of(person).order_by("risk__reference")
    levels = [
        Level(
            "Principles", [Thing(str(each.principle)) for each in principles.order_by("principle__position")]
        ),
        Level("Action plan", [Thing(str(action.plan), action.plan.get_absolute_url())]),
        Level("Milestone", [Thing(str(action.milestone))] if action.milestone else []),
        Level("Recommendations", _answers(action, person)),
        Level("Action", [Thing(str(action), action.get_absolute_url())]),
        Level("Risks it treats", [Thing(str(each.risk), each.risk.get_absolute_url()) for each in risks]),
        Level("Assets", _assets(action, [each.risk_id for each in risks], person)),
    ]
    return ActionInSight(link.workstream if link else None, levels)


def _answers(action: Action, person: User) -> list[Thing]:
    """The recommendation it was agreed for and those it answers beside, of those the person may open."""
    seen = Recommendation.objects.visible_to(person).select_related("audit")
    own = seen.filter(actions=action)
    links = ActionRecommendation.objects.filter(action=action).with_recommendations_of(person)
    further = [link.recommendation for link in links.order_by("recommendation__reference")]
    return [Thing(str(each), each.get_absolute_url()) for each in (*own, *further)]


def _assets(action: Action, risks: Sequence[int], person: User) -> list[Thing]:
    """The assets that the action concerns itself, and those that its risks are about."""
    own = ActionAsset.objects.filter(action=action).values("asset")
    further = RiskAsset.objects.filter(risk__in=risks).values("asset")
    first = Risk.objects.filter(pk__in=risks, asset__isnull=False).values("asset")
    found = Asset.objects.visible_to(person).filter(Q(pk__in=own) | Q(pk__in=first) | Q(pk__in=further))
    return [Thing(str(each), each.get_absolute_url()) for each in found.order_by("reference")]
