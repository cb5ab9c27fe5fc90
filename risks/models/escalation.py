"""Which risks are escalated at a moment, and why: read from scores, answers and rules.

A risk is escalated while its score lies above appetite and nobody has accepted that, and while its review is
later than the rules of the day let it be. It ends by itself with the next score, answer or closing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast

from assets.models.attestation import Later
from risks.models.rules import Standing

if TYPE_CHECKING:
    from governance.figures.moment import Moment

Rows = TypeVar("Rows", bound=QuerySet[Any])


class Why(models.TextChoices):
    """For what a risk is escalated."""

    APPETITE = "appetite", "Above appetite, and not accepted"
    OVERDUE = "overdue", "Review overdue too long"
    BOTH = "both", "Above appetite, and review overdue too long"
    NOT = "", "Not escalated"


def crossed(moment: Moment) -> Any:
    """The current scores that lie above appetite and that nobody bears: one for each risk escalated so."""
    scores: Any = _model("Assessment").objects.current(moment).above_appetite()
    return scores.exclude(risk__in=accepted(moment).order_by().values("risk_id"))


def overdue_too_long(moment: Moment, rules: Standing | None = None) -> Any:
    """The current scores whose review is later than the rules (of that day, or of a draft) let it be."""
    scores: Any = _model("Assessment").objects.current(moment)
    level = {"beyond": F("cell__matrix__tolerance"), "above": F("cell__matrix__appetite")}
    bands = {f"days_{name}": Q(cell__level__rank__gt=line) for name, line in level.items()}
    held = scores.annotate(
        review_by=Later(F("effective_on"), F("cell__level__review_months")),
        grace=_grace(rules or Standing(moment), bands),
    )
    return held.filter(review_by__lt=_days_before(moment, F("grace")))


def accepted(moment: Moment) -> Any:
    """The answers by which the council bears a risk at a moment."""
    answers = _model("Acceptance").objects
    return answers.in_state(moment, "standing")


def with_escalation(rows: Rows, moment: Moment, *, key: str) -> Rows:
    """Risks with their levels (levels.py) and `escalated_for`, a Why.

    `overdue_on` is the day from which the rules of the moment call a review overdue too long: also one that
    is still to come. `overdue_to` is the role that is told of it. `crossed_on` is the day since when a risk
    that is escalated for it lies above appetite, also while somebody bore that meanwhile.
    """
    bands = {"days_beyond": Q(above_tolerance=True), "days_above": Q(above_appetite=True)}
    borne = Exists(accepted(moment).filter(risk=OuterRef(key)))
    crossed_it = Q(above_appetite=True) & ~Q(borne)
    rules = Standing(moment)
    found: Any = rows.annotate(grace=_grace(rules, bands), overdue_to=rules.says("overdue_to"))
    found = found.annotate(
        overdue_on=_plus(F("next_review_on"), F("grace") + 1),
        crossed_on=Case(When(crossed_it, then=Subquery(_began(moment, key))), output_field=DateField()),
    )
    late = Q(overdue_on__lte=moment.as_at)
    escalated: Rows = found.annotate(
        escalated_for=Case(
            When(~Q(state="open"), then=Value(Why.NOT)),
            When(late & Q(crossed_on__isnull=False), then=Value(Why.BOTH)),
            When(crossed_on__isnull=False, then=Value(Why.APPETITE)),
            When(late, then=Value(Why.OVERDUE)),
            default=Value(Why.NOT),
            output_field=models.CharField(),
        ),
    )
    return escalated


def _began(moment: Moment, key: str) -> Any:
    """The day of the first score above appetite after which none lay within it."""
    live: Any = _model("Assessment").objects.live(moment).filter(kind="current")
    appetite = F("cell__matrix__appetite")
    after = Q(effective_on__gt=OuterRef("effective_on")) | Q(
        effective_on=OuterRef("effective_on"), place__gt=OuterRef("place")
    )
    within_later = live.filter(after, risk=OuterRef("risk"), cell__level__rank__lte=appetite)
    run = live.filter(~Exists(within_later), risk=OuterRef(key), cell__level__rank__gt=appetite)
    return run.order_by("effective_on", "place").values("effective_on")[:1]


def _grace(rules: Standing, bands: dict[str, Q]) -> Case:
    """How many days a review may be overdue, by where the score lies; NULL where that is not asked."""
    found = [When(band, then=Cast(rules.says(name), IntegerField())) for name, band in bands.items()]
    return Case(*found, default=Cast(rules.says("days_within"), IntegerField()), output_field=IntegerField())


def _plus(day: Any, days: Any) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(day + days, output_field=DateField())


def _days_before(moment: Moment, days: Any) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(Value(moment.as_at, DateField()) - days, output_field=DateField())


def _model(name: str) -> Any:
    return apps.get_model("risks", name)
