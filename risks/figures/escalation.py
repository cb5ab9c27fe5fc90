"""The figures of escalation: which risks have reached the senior information risk owner, for what, and which
stand on a lower register than their level belongs on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When

from governance.figures.figure import Column, Figure, figure
from governance.figures.moment import Moment, Scope
from risks.figures.scores import SCORED, TWO_CLOCKS, open_risks
from risks.models import Assessment, RegisterLevel, Standing
from risks.models.escalation import Why, crossed, overdue_too_long

BY_RULES = (
    "The rules are those in force on that day. Acceptances count from the instant at which they were "
    "recorded."
)
ESCALATED = replace(
    SCORED,
    columns=(
        Column("Title", "title"),
        Column("Level", "level"),
        Column("Why", "escalated_words"),
        Column("Above appetite since", "crossed_on", "date"),
        Column("Review due", "next_review_on", "date"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
    ),
    dimensions={**SCORED.dimensions, "reason": "escalated_for"},
)
BELONGS = replace(
    SCORED,
    columns=(*SCORED.columns[:2], Column("On the register of", "register_level"), *SCORED.columns[4:]),
)


def of_crossed(moment: Moment) -> Q:
    """Of versions of risks: above appetite, and nobody bears it."""
    return Q(id__in=crossed(moment).order_by().values("risk_id"))


def of_overdue(moment: Moment, rules: Standing | None = None) -> Q:
    """Of versions of risks: the review is later than the rules let it be."""
    return Q(id__in=overdue_too_long(moment, rules).order_by().values("risk_id"))


def too_low(moment: Moment) -> Q:
    """Of versions of risks: on a lower register than the matrix says of the level of their score."""
    places = [str(each) for each in RegisterLevel]
    scores = Assessment.objects.current(moment).annotate(
        belongs=Case(
            *(
                When(cell__level__belongs_on=name, then=Value(place))
                for place, name in enumerate(places, start=1)
            ),
            output_field=IntegerField(),
        )
    )
    found = Q(pk__in=[])
    for place, name in enumerate(places, start=1):
        above = scores.filter(belongs__gt=place).order_by().values("risk_id")
        found |= Q(register_level=name, id__in=above)
    return found


def escalated_rows(moment: Moment, scope: Scope, condition: Q) -> QuerySet[Any]:
    """Open risks of which that is true, with why they are escalated."""
    found: Any = open_risks(moment, scope).filter(condition).with_escalation(moment)
    words = [When(escalated_for=each, then=Value(each.label)) for each in Why]
    rows: QuerySet[Any] = found.annotate(escalated_words=Case(*words, output_field=CharField()))
    return rows


def _figure(key: str, title: str, words: str, condition: Any, shape: Any = ESCALATED) -> Figure[Any]:
    """Declare the figure of open risks of which a condition, made for the moment, is true."""

    @figure(
        key,
        title=title,
        definition=f"Open risks at the end of the date {words}. {BY_RULES} {TWO_CLOCKS}",
        shape=shape,
    )
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        return escalated_rows(moment, scope, condition(moment))

    return rows


escalated = _figure(
    "risks.escalated",
    "Risks escalated",
    "whose current score is above appetite without anybody having accepted that, or whose review is later "
    "than the rules let it be",
    lambda moment: of_crossed(moment) | of_overdue(moment),
)
escalated_appetite = _figure(
    "risks.escalated_above_appetite",
    "Risks above appetite and not accepted",
    "whose current score is above appetite, by the matrix it was made under, and that nobody has accepted",
    of_crossed,
)
escalated_overdue = _figure(
    "risks.escalated_overdue",
    "Reviews overdue too long",
    "whose current score was due for review more days ago than the rules let pass for where it lies",
    of_overdue,
)
below_register = _figure(
    "risks.below_register",
    "Risks on too low a register",
    "that stand on the register of a lower level than the matrix says of the level of their current score",
    too_low,
    BELONGS,
)
FIGURES = (escalated, escalated_appetite, escalated_overdue, below_register)
