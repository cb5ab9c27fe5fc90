"""A row of a file of actions, as those see it who read its facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from actions.models import (
    Action,
    ActionPlan,
    Dependency,
    Milestone,
    Principle,
    Recommendation,
    RecommendationPriority,
    ScopeArea,
    SourceReference,
    Workstream,
)
from governance.core.dates import today
from governance.people.registers.columns import SheetColumn
from governance.people.registers.facts import Fact, Said, Understood
from governance.people.registers.finding import folded

if TYPE_CHECKING:
    from governance.people.models import User

PROGRESS, DUE, ANSWERS, AREA, SERVED = "said_progress", "said_due", "said_answers", "said_area", "said_served"
NAMED, PRIORITY, MILESTONE = "said_named", "said_priority", "said_milestone"
BETWEEN, OR_COMMAS = re.compile(r"[;\n]"), re.compile(r"[;,\n]")


# Who approves, in words: a post or a body; "" where nobody is named.
APPROVED_BY = Coalesce(F("approver__title"), F("approving_body"))
OWN_APPROVER = Case(When(approver=F("owner"), then=Value("")), default=APPROVED_BY)


class Plan(NamedTuple):
    """What rows need of a plan."""

    code: str
    audit: int | None
    opened_on: date
    approver: str = ""
    approver_post: int | None = None


class Asked(NamedTuple):
    """What rows need of a recommendation."""

    key: int
    audit: int
    reference: str
    priority: str


@dataclass(frozen=True)
class Council:
    """What the cells of a file may name, looked up once: plans, and what stands in their audits."""

    by: User
    plans: Mapping[int, Plan]
    recommendations: Mapping[tuple[int, str], int]
    areas: Mapping[tuple[int, str], int]
    area_titles: Mapping[int, str]
    milestones: Mapping[tuple[int, str], int]
    workstreams: Mapping[int, str]
    principles: Mapping[str, int]
    principle_names: Mapping[int, str]
    waiting: frozenset[int]
    linked: frozenset[int]
    retired: frozenset[tuple[type, int]]
    approvers: Mapping[int, str]
    # Which action of a plan another list calls so, by key; none for one of a row that was read before.
    named: dict[tuple[int, str], int | None]
    asked: dict[int, Asked]  # each recommendation by its key, with what rows before say of it
    priorities: Mapping[str, str]
    priority_names: Mapping[str, str]
    today: date = field(default_factory=today)

    @classmethod
    def now(cls, by: User) -> Council:
        """All of it as it stands: a query for each list."""
        plans = ActionPlan.objects.values_list("pk", "code", "audit", "opened_on", APPROVED_BY, "approver")
        areas = list(ScopeArea.objects.values_list("audit", "code", "title", "pk"))
        reached = Milestone.objects.values_list("plan", "title", "pk")
        named = list(Principle.objects.values_list("pk", "is_retired", "code", "name"))
        streams = list(Workstream.objects.values_list("pk", "is_retired", "name"))
        lists: tuple[tuple[type, Any], ...] = ((Workstream, streams), (Principle, named))
        asked = [
            Asked(*told)
            for told in Recommendation.objects.values_list("pk", "audit", "reference", "priority")
        ]
        ranks = list(RecommendationPriority.objects.values_list("code", "name"))
        needs = Dependency.objects.filter(until_on=None).values_list("action", "needs_action")
        waits = list(needs)
        called = SourceReference.objects.values_list("plan", "reference", "action")
        return cls(
            by,
            {key: Plan(*told) for key, *told in plans},
            {(each.audit, folded(each.reference)): each.key for each in asked},
            {(audit, folded(word)): key for audit, *words, key in areas for word in words},
            {key: title for _, _, title, key in areas},
            {(plan, folded(title)): key for plan, title, key in reached},
            {key: name for key, _, name in streams},
            {folded(word): key for key, _, *words in named for word in words},
            {key: name for key, _, _, name in named},
            frozenset(each for each, _ in waits),
            frozenset(each for pair in waits for each in pair if each),
            frozenset((of, key) for of, entries in lists for key, is_over, *_ in entries if is_over),
            dict(Action.objects.naming_whom().values_list("pk", OWN_APPROVER)),
            {(plan, word.lower()): key for plan, word, key in called},
            {each.key: each for each in asked},
            {folded(word): code for code, name in ranks for word in (code, name)},
            dict(ranks),
        )


@dataclass
class Row:
    """What a row says of its action; what it comes to is added to `found`."""

    said: Said
    council: Council
    found: Understood = field(default_factory=Understood)

    @property
    def key(self) -> int | None:
        """The key of the action; None of a new one."""
        return self.said.entry.get("id")

    @cached_property
    def plan(self) -> Plan | None:
        """The plan; None where the row says none that there is."""
        return self.council.plans.get(self.said.entry.get("plan_id") or 0)

    def value(self, column: SheetColumn) -> Any:
        """What the cell says; None where it says nothing, or nothing that can be read."""
        return self.said.values.get(column.name)

    @property
    def approver(self) -> str:
        """Who approves that it is done: whom the action names, else whom its plan does; never its owner."""
        own = self.council.approvers.get(self.key or 0)
        if own is not None or self.plan is None:
            return own or ""
        return "" if self.plan.approver_post == self.said.entry.get("owner_id") else self.plan.approver

    def is_wrong(self, *columns: SheetColumn) -> bool:
        """Can one of these cells not be read?"""
        return any(column.name in self.said.wrong for column in columns)

    def fault(self, column: SheetColumn, sentence: str) -> None:
        """Say what is wrong."""
        self.found.faults.append((column.name, sentence))

    def known(self, name: str) -> list[Fact]:
        """The fact that stands and the one that did when the file was written: both are no edit."""
        both = self.said.stands.get(name), self.said.stood.get(name)
        return [fact for fact in both if fact]

    def stands(self, name: str) -> Fact:
        """The fact that stands; an empty one where there is none."""
        return self.said.stands.get(name) or {}


def parts(text: str, between: re.Pattern[str] = BETWEEN) -> list[str]:
    """What a cell of several names, once each."""
    return list({folded(each): each.strip() for each in between.split(text) if each.strip()}.values())
