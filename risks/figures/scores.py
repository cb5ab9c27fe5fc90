"""The figures of scores: open risks at a moment, by the assessments that stood and were known then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from governance.figures.figure import Column, Figure, figure
from governance.figures.moment import Moment, Scope
from risks.figures.register import VERSIONS, ownerless, total
from risks.models import Assessment

TWO_CLOCKS = (
    "Which risks were open is read from the history of the register; scores have two clocks: the day from "
    "which they hold, and the day on which they were known."
)
# Rows are versions of risks; what shows that a risk is counted is the score, where it has one.
SCORED = replace(
    VERSIONS,
    evidence_kind="risks.assessment",
    evidence="assessment",
    columns=(
        Column("Title", "title"),
        Column("Level", "level"),
        Column("Scored from", "scored_on", "date"),
        Column("Next review", "next_review_on", "date"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
    ),
    dimensions={
        **VERSIONS.dimensions,
        "level": "level",
        "treatment": "treatment",
        "category": "category__code",
        "register_level": "register_level",
    },
)


def open_risks(moment: Moment, scope: Scope) -> Any:
    """The versions of open risks with their scores."""
    rows: Any = total.rows(moment, scope)
    return rows.with_levels(moment)


def _scored(moment: Moment) -> Any:
    return Assessment.objects.current(moment)


def _of(assessments: Any) -> Q:
    """Of versions of risks: those of these assessments."""
    return Q(id__in=assessments.order_by().values("risk_id"))


def _figure(key: str, title: str, words: str, condition: Any, shape: Any = SCORED) -> Figure[Any]:
    """Declare the figure of open risks of which a condition, made for the moment, is true."""

    @figure(
        key, title=title, definition=f"Open risks at the end of the date {words}. {TWO_CLOCKS}", shape=shape
    )
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        found: QuerySet[Any] = open_risks(moment, scope).filter(condition(moment))
        return found

    CONDITIONS[key] = condition
    return rows


CONDITIONS: dict[str, Any] = {}

by_level = _figure(
    "risks.by_level",
    "Risks that are scored",
    "that have a current score; by level they add up to this",
    lambda moment: _of(_scored(moment)),
)
above_appetite = _figure(
    "risks.above_appetite",
    "Risks above appetite",
    "whose current score is at a level above the council's appetite, by the matrix it was made under",
    lambda moment: _of(_scored(moment).above_appetite()),
)
above_tolerance = _figure(
    "risks.above_tolerance",
    "Risks above tolerance",
    "whose current score is at a level that is unacceptable whatever is gained, by the matrix of the score",
    lambda moment: _of(_scored(moment).above_tolerance()),
)
unscored = _figure(
    "risks.unscored",
    "Risks not scored",
    "that have no current score",
    lambda moment: ~_of(_scored(moment)),
    VERSIONS,
)
overdue_review = _figure(
    "risks.overdue_review",
    "Risks overdue for review",
    "whose current score is older than the matrix lets a score of its level become",
    lambda moment: _of(_scored(moment).overdue(moment.as_at)),
)
to_be_scored_again = _figure(
    "risks.to_be_scored_again",
    "Risks to be scored again",
    "whose current score was made under a matrix that is not in force any more",
    lambda moment: _of(_scored(moment).to_be_scored_again(moment.as_at)),
)
FIGURES = (above_tolerance, above_appetite, overdue_review, to_be_scored_again, unscored)


def tallies(moment: Moment, scope: Scope) -> dict[str, int]:
    """The figures that the register's page shows, by key, the total first: one query (a test compares)."""
    names = {str(place): each for place, each in enumerate(FIGURES)}
    counted = {name: Count("pk", filter=CONDITIONS[each.key](moment)) for name, each in names.items()}
    rows: Any = total.rows(moment, scope)
    found = rows.aggregate(total=Count("pk"), vacant=Count("pk", filter=Q(ownerless=True)), **counted)
    return {total.key: found["total"], ownerless.key: found["vacant"]} | {
        each.key: found[name] for name, each in names.items()
    }
