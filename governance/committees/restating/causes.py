"""The facts learned since a figure was frozen that moved it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from actions.models import Completion, MaturityScore, ProgressUpdate
from governance.committees.kinds import ACTIONS, RISKS, kind_of
from risks.models import Assessment

if TYPE_CHECKING:
    from datetime import date

    from governance.committees.models import PublishedFigure
    from governance.committees.restating.comparing import Difference

# Each kind of fact, and the field that says what it is about.
FACTS: Mapping[Any, str] = {
    ProgressUpdate: "action_id",
    Completion: "action_id",
    Assessment: "risk_id",
    MaturityScore: "area_id",
}
# Figures of what was said of completions rest on that beside the updates.
CHECKED = ("actions.approved", "actions.verified")


def causes_of(differences: Sequence[Difference]) -> list[list[dict[str, Any]]]:
    """For each difference the facts that bear on its day, were learned since, and are about what moved.

    They stand in the order in which they became known; one query for each kind of fact.
    """
    subjects: dict[Any, set[int]] = defaultdict(set)
    for each in differences:
        for model in _models(each.figure):
            subjects[model] |= {record.subject for record in (*each.came, *each.went)}
    known = {model: _learned(model, about, differences) for model, about in subjects.items()}
    return [_of(each, known) for each in differences]


def _models(figure: PublishedFigure) -> Iterable[Any]:
    kind = kind_of(figure)
    return (kind.facts, Completion) if kind is ACTIONS and figure.key in CHECKED else (kind.facts,)


def _learned(model: Any, subjects: set[int], differences: Sequence[Difference]) -> list[Any]:
    first = min(each.figure.known_before for each in differences)
    facts = model.objects.filter(**{f"{FACTS[model]}__in": subjects}, known_at__gte=first)
    if model is RISKS.facts:
        facts = facts.filter(kind=Assessment.Kind.CURRENT)
    last = max(each.figure.as_at for each in differences)
    bearing = facts.filter(Q(effective_on__lte=last) | Q(corrects__effective_on__lte=last))
    return list(bearing.select_related("corrects").order_by("known_at", "place", "pk"))


def _of(difference: Difference, known: Mapping[Any, list[Any]]) -> list[dict[str, Any]]:
    moved = {record.subject for record in (*difference.came, *difference.went)}
    return [
        {
            "kind": model._meta.label_lower,
            "id": fact.pk,
            "subject": getattr(fact, FACTS[model]),
            "by": fact.recorded_by_id,
        }
        for model in _models(difference.figure)
        for fact in known.get(model, ())
        if getattr(fact, FACTS[model]) in moved and _bears(fact, difference)
    ]


def _bears(fact: Any, difference: Difference) -> bool:
    """Was it learned between the freeze and the instant asked, and is it about the day of the figure?"""
    figure = difference.figure
    if not figure.known_before <= fact.known_at < difference.known_before:
        return False
    days: Iterator[date] = (each.effective_on for each in (fact, fact.corrects) if each)
    return min(days) <= figure.as_at
