"""What waits for one person, gathered from every room: each register is asked once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import F
from django.template.defaultfilters import pluralize
from django.urls import reverse

from actions.models import Action, Status
from assets import figures as asset_figures
from assets.models import READERS
from assets.services.mine import Mine
from governance.committees.models import Paper
from governance.core.components import Column
from governance.dashboards.plans import PLAN_COLUMNS, PlanRow, grouped, plans_of
from governance.dashboards.waiting import Told, to_come, told_to
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile, tiles
from governance.people.models import Draft, User
from governance.people.waiting import Waiting, all_waiting
from risks import figures as risk_figures

MOST_ACTIONS = 20
ACTION_COLUMNS = (Column("Action"), Column("What is to be done"), Column("Due"), Column("Status"))
LATEST_PAPERS = 5
# What the page shows in a way of its own, beside what else waits.
SHOWN_OTHERWISE = ("confirm", "actions", "hand_over", "held_up")


class Asked:
    """What the page asks beside what waits: all of it in one query with that."""

    def __init__(self, person: User, moment: Moment) -> None:
        own = Action.objects.visible_to(person).filter(owner__in=person.posts())
        to_do = own.exclude(status__in=Status.closed()).select_related("plan")
        self.actions: Any = to_do.order_by(F("due_on").asc(nulls_last=True), "reference")
        self.planned: Any = to_come()
        self.drafts: Any = Draft.objects.visible_to(person).defer("typed")
        self.papers: Any = Paper.objects.visible_to(person).for_list()[:LATEST_PAPERS]
        self.assets: Any = asset_figures.grouped(moment, Scope())
        self.risks: Any = risk_figures.grouped(moment, Scope())
        self.plans: Any = grouped(moment, Scope())

    def for_reader(self, *, reads_registers: bool) -> list[Any]:
        """Those of the QuerySets that the page of this reader shows."""
        council = [self.plans] if reads_registers else []
        return [self.actions, self.planned, self.drafts, self.papers, self.assets, self.risks, *council]


class MyWork:
    """The home page of one person. Nothing is asked of the database until the page first needs it."""

    def __init__(self, person: User, moment: Moment) -> None:
        self.person, self.moment = person, moment

    @property
    def reads_registers(self) -> bool:
        """Does the person read the registers as a whole?"""
        return self.person.holds(*READERS)

    @cached_property
    def _all(self) -> tuple[Asked, list[Waiting]]:
        asked = Asked(self.person, self.moment)
        beside = asked.for_reader(reads_registers=self.reads_registers)
        return asked, all_waiting(self.person, but=SHOWN_OTHERWISE, beside=beside)

    @property
    def _asked(self) -> Asked:
        return self._all[0]

    # Own things

    @cached_property
    def actions(self) -> list[Action]:
        """Actions of the person's posts that are still to be done, those due first at the top."""
        return list(self._asked.actions)

    action_columns = ACTION_COLUMNS

    @property
    def waiting(self) -> list[Waiting]:
        """What else waits for the person, as the daily mail says it."""
        return self._all[1]

    @cached_property
    def planned(self) -> list[Told]:
        """Hand-overs to come that concern the person."""
        return told_to(self.person, self._asked.planned)

    @property
    def drafts(self) -> list[Draft]:
        """What the person began to type and has not saved, the latest first."""
        return list(self._asked.drafts)

    @property
    def shown_actions(self) -> list[Action]:
        """The first of them."""
        return self.actions[:MOST_ACTIONS]

    @property
    def overdue(self) -> int:
        """How many of the person's actions are overdue."""
        return sum(action.is_overdue() for action in self.actions)

    @cached_property
    def confirming(self) -> Mine:
        """The assets that the person confirms."""
        return Mine(self.person, self.moment)

    @cached_property
    def holdings(self) -> list[Tile]:
        """For each post of the person: the assets and risks it owns, with the way to them."""
        several = len(self.person.held_posts) > 1
        return [
            Tile(
                owned,
                f"{noun}{pluralize(owned)} {f'of the {title}' if several else 'that you own'}",
                f"{reverse(page)}?owner={post}",
            )
            for post, title in self.person.held_posts.items()
            for noun, page, counts in (
                ("asset", "assets:list", self._assets),
                ("risk", "risks:list", self._risks),
            )
            if (owned := counts.by_owner.get(post, 0))
        ]

    # What the council has, for those who read it all

    @cached_property
    def registers(self) -> list[Tile]:
        """The figures of the two registers."""
        return tiles(self._assets.figures | self._risks.figures, self.moment)

    @cached_property
    def plans(self) -> list[PlanRow]:
        """Every plan with the figures of its progress, in one query."""
        return plans_of(self._asked.plans, self.moment, Scope())

    plan_columns = PLAN_COLUMNS

    @cached_property
    def papers(self) -> list[Paper]:
        """The latest papers that the person may open."""
        return list(self._asked.papers)

    @cached_property
    def _assets(self) -> Any:
        return asset_figures.counts_of(self._asked.assets)

    @cached_property
    def _risks(self) -> Any:
        return risk_figures.counts_of(self._asked.risks)
