"""What published figures count, of which kinds: actions, risks, assets, maturity, ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.models import Action, Completion, FollowUpRating, MaturityArea, MaturityScore, ProgressUpdate
from assets.models import Asset
from risks.models import Assessment, Risk

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.committees.models import PublishedFigure


@dataclass(frozen=True)
class Kind:
    """What is counted, by which facts, and how the two are called.

    `told` and `why` head the columns of how a record stood, and on what that rests.
    """

    noun: str
    fact: str
    subjects: Any
    facts: Any = None  # None where the versions of the records are all that there is
    tie: str = ""  # the field of the fact that says which subject it is about
    told: str = "Level"
    why: str = "Reason"

    def facts_on(self, subjects: list[int]) -> QuerySet[Any]:
        """The facts about these that such a figure rests on."""
        if self.facts is None:
            return ProgressUpdate.objects.none()
        found: QuerySet[Any] = self.facts.objects.filter(**{f"{self.tie}__in": subjects})
        return found.filter(kind=Assessment.Kind.CURRENT) if self is RISKS else found

    def subject_of(self, fact: Any) -> int:
        """The key of what a fact is about."""
        found: int = getattr(fact, f"{self.tie}_id")
        return found


ACTIONS = Kind("action", "update", Action, ProgressUpdate, "action", "Status", "Evidence")
RISKS = Kind("risk", "score", Risk, Assessment, "risk")
MATURITY = Kind("area", "score", MaturityArea, MaturityScore, "area")
ASSETS = Kind("asset", "version", Asset, told="State", why="Reason of the change")
RATINGS = Kind("recommendation", "rating", FollowUpRating, told="Found", why="The auditor's words")
# What others said of the claims that these figures count, beside the updates that make them.
SAID_OF_CLAIMS = {"actions.approved": Completion.Kind.APPROVED, "actions.verified": Completion.Kind.VERIFIED}


def kind_of(figure: PublishedFigure) -> Kind:
    """What the figure counts, by its key."""
    if figure.key.startswith("risks."):
        return RISKS
    if figure.key.startswith("assets."):
        return ASSETS
    if figure.key.startswith("follow_ups."):
        return RATINGS
    return MATURITY if figure.key.startswith("actions.maturity_") else ACTIONS


def is_version(evidence_kind: str) -> bool:
    """Does what stands in a figure as such evidence stand there as a version of itself, not by a fact?"""
    return evidence_kind.partition(".")[2].startswith("historical")


def completions_on(key: str, subjects: list[int]) -> QuerySet[Completion]:
    """The approvals or verifications on which a figure rests beside updates; none for other figures."""
    if key not in SAID_OF_CLAIMS:
        return Completion.objects.none()
    return Completion.objects.filter(kind=SAID_OF_CLAIMS[key], action__in=subjects)
