"""What published figures count, of which kinds: actions, risks, areas of maturity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.models import Action, MaturityArea, MaturityScore, ProgressUpdate
from risks.models import Assessment, Risk

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.committees.models import PublishedFigure


@dataclass(frozen=True)
class Kind:
    """What is counted, by which facts, and how the two are called."""

    noun: str
    fact: str
    subjects: Any
    facts: Any
    tie: str  # the field of the fact that says which subject it is about

    def facts_on(self, subjects: list[int]) -> QuerySet[Any]:
        """The facts about these that such a figure rests on."""
        found: QuerySet[Any] = self.facts.objects.filter(**{f"{self.tie}__in": subjects})
        return found.filter(kind=Assessment.Kind.CURRENT) if self is RISKS else found

    def subject_of(self, fact: Any) -> int:
        """The key of what a fact is about."""
        found: int = getattr(fact, f"{self.tie}_id")
        return found

    @property
    def is_scored(self) -> bool:
        """Has it levels, where actions have a status?"""
        return self is not ACTIONS


ACTIONS = Kind("action", "update", Action, ProgressUpdate, "action")
RISKS = Kind("risk", "score", Risk, Assessment, "risk")
MATURITY = Kind("area", "score", MaturityArea, MaturityScore, "area")


def kind_of(figure: PublishedFigure) -> Kind:
    """What the figure counts, by its key."""
    if figure.key.startswith("risks."):
        return RISKS
    return MATURITY if figure.key.startswith("actions.maturity_") else ACTIONS


def is_version(evidence_kind: str) -> bool:
    """Does what stands in a figure as such evidence stand there as a version of itself, not by a fact?"""
    return evidence_kind.partition(".")[2].startswith("historical")
