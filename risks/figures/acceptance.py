"""The figures of what the council bears: open risks by what has become of their acceptance at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from governance.figures.figure import Column, Figure, figure
from governance.figures.moment import Moment, Scope
from governance.people.registers.versions import instant_of
from risks.figures.scores import SCORED, open_risks
from risks.models import Acceptance, AcceptanceRequest, AcceptanceState

WARNED = timedelta(days=30)
ONE_CLOCK = (
    "Answers count from the instant at which they were recorded, so what this counted at a date cannot be "
    "restated; a later change of the risk suspends an acceptance from then on."
)
ACCEPTED = replace(
    SCORED,
    columns=(*SCORED.columns, Column("Accepted until", "accepted_until", "date")),
)


def _figure(key: str, title: str, words: str, state: AcceptanceState, **more: Any) -> Figure[Any]:
    """Declare the figure of open risks whose last acceptance is in that state at the moment."""

    @figure(
        key, title=title, definition=f"Open risks at the end of the date {words}. {ONE_CLOCK}", shape=ACCEPTED
    )
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        found = Acceptance.objects.in_state(moment, state)
        for name, made in more.items():
            found = found.filter(**{name: made(moment)})
        until = found.filter(risk=OuterRef("id")).values("until")[:1]
        of_those = open_risks(moment, scope).filter(id__in=found.order_by().values("risk_id"))
        risks: QuerySet[Any] = of_those.annotate(accepted_until=Subquery(until))
        return risks

    return rows


accepted = _figure(
    "risks.accepted",
    "Risks accepted",
    "that were accepted until a day not yet past, and have not changed materially since",
    AcceptanceState.STANDING,
)
due = _figure(
    "risks.acceptance_due",
    "Acceptances that end within 30 days",
    "that are accepted, for 30 days more at most",
    AcceptanceState.STANDING,
    until__lte=lambda moment: moment.as_at + WARNED,
)
suspended = _figure(
    "risks.acceptance_suspended",
    "Acceptances suspended",
    "whose last answer is an acceptance that is suspended, since their score, owner, assets, treatment, kind "
    "of harm or a control has changed after it was given",
    AcceptanceState.SUSPENDED,
)
expired = _figure(
    "risks.acceptance_expired",
    "Acceptances run out",
    "whose last answer is an acceptance that has run out, so that they are to be decided again",
    AcceptanceState.EXPIRED,
)


@figure(
    "risks.acceptance_asked",
    title="Risks waiting to be accepted",
    definition="Open risks at the end of the date whose acceptance was asked for and not answered. "
    f"{ONE_CLOCK}",
    shape=SCORED,
)
def asked(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Somebody waits for an answer."""
    waiting = AcceptanceRequest.objects.unanswered(instant_of(moment))
    found: QuerySet[Any] = open_risks(moment, scope).filter(id__in=waiting.order_by().values("risk_id"))
    return found
