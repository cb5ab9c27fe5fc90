"""What the colour of an open risk is computed from, and the colours that people set."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from governance.colours.models import Coloured, Condition, Override, OverrideQuerySet, with_colours
from governance.colours.models.vocabulary import days_from, declare
from governance.figures.moment import Moment
from governance.people.registers.versions import instant_of
from risks.models.acceptance import Acceptance, AcceptanceRequest, AcceptanceState
from risks.models.risk import Risk


class RiskColourQuerySet(OverrideQuerySet):
    """Colours that people set on risks."""

    def visible_to(self, person: Any) -> Self:
        """Those of risks that this person may open."""
        return self.filter(risk__in=Risk.objects.visible_to(person))


class RiskColour(Override):
    """A colour set on a risk until a day, or that one is taken back."""

    subject = "risk"

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="colours_set")

    objects: ClassVar[Any] = RiskColourQuerySet.as_manager()

    class Meta(Override.Meta):
        indexes = [models.Index(name="risk_colour_last", fields=["risk", "-id"])]


def _with_levels(versions: Any, moment: Moment) -> Any:
    """Versions of risks with their scores, if they have not got them yet."""
    return versions if "level_rank" in versions.query.annotations else versions.with_levels(moment)


def _answered(*states: AcceptanceState) -> Any:
    """The last answer about the risk is in one of these states."""

    def holds(moment: Moment, days: int) -> Q:
        answers: Any = Acceptance.objects.at(moment)
        answers = answers.filter(state__in=states)
        return Q(id__in=answers.order_by().values("risk_id"))

    return holds


def _asked(moment: Moment, days: int) -> Q:
    """Somebody asked for it to be accepted and has no answer."""
    waiting = AcceptanceRequest.objects.unanswered(instant_of(moment))
    return Q(id__in=waiting.order_by().values("risk_id"))


CONDITIONS = (
    Condition("not_scored", "has no current score", lambda moment, days: Q(assessment=None)),
    Condition(
        "above_tolerance",
        "is above tolerance, by the matrix of its score",
        lambda moment, days: Q(above_tolerance=True),
    ),
    Condition(
        "above_appetite",
        "is above appetite, by the matrix of its score",
        lambda moment, days: Q(above_appetite=True),
    ),
    Condition(
        "review_overdue",
        "is overdue for review by more than {days}",
        lambda moment, days: Q(next_review_on__lt=days_from(moment.as_at, -days)),
    ),
    Condition("accepted", "is accepted until a day", _answered(AcceptanceState.STANDING)),
    Condition(
        "acceptance_over",
        "has an acceptance that is suspended or has run out",
        _answered(AcceptanceState.SUSPENDED, AcceptanceState.EXPIRED),
    ),
    Condition("acceptance_asked", "waits for an answer to whether it is accepted", _asked),
    Condition("treatment_undecided", "has no treatment yet", lambda moment, days: Q(treatment="")),
    Condition("ownerless", "has a vacant owner post", lambda moment, days: Q(ownerless=True)),
)

COLOURED = declare(
    Coloured(
        register="risks",
        noun="risk",
        conditions=CONDITIONS,
        facts=_with_levels,
        rows=lambda moment: Risk.history.at(moment).on_the_register(),
        overrides=lambda: RiskColour.objects.all(),
        link="risk_id",
        key="id",
        outside=~Q(state=Risk.State.OPEN),
    )
)


def coloured(moment: Moment) -> Any:
    """Versions of all risks at a moment, scored, escalated and coloured: what the register lists."""
    rows = Risk.history.at(moment).with_levels(moment).with_escalation(moment)
    return with_colours(rows, COLOURED, moment)
