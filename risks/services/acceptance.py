"""Asking for a risk to be accepted, answering, and taking an acceptance back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.core.dates import long_date, today
from governance.core.steps import StepError
from governance.figures.moment import Moment
from governance.people.models import Role
from risks.models import (
    ACCEPTORS,
    Acceptance,
    AcceptanceEnd,
    AcceptanceRequest,
    AcceptanceState,
    Assessment,
    Risk,
    RiskAsset,
    RiskControl,
)
from risks.representations.acceptance import IN_FORCE

if TYPE_CHECKING:
    from datetime import date

    from governance.people.models import User

LAST_WORD = "The senior information risk owner answered last, and only they answer again"
LONGEST = 366  # days: what is borne is looked at again at least once a year


class AcceptanceError(StepError):
    """What cannot be asked, answered or ended; the text says why, as a sentence for a page."""


@dataclass(frozen=True)
class Before:
    """What is before the person who answers: the version of the risk, the score, the last change of a control
    and of a further asset (0 for none), who waits for the answer, and the answer before (0 for none)."""

    version: int
    assessment: Assessment
    controls: int
    assets: int
    request: AcceptanceRequest | None
    last: int

    @property
    def token(self) -> str:
        """The same, as a form carries it."""
        asked = self.request.pk if self.request else 0
        return f"{self.version}-{self.assessment.pk}-{self.controls}-{self.assets}-{asked}-{self.last}"

    def as_columns(self) -> dict[str, Any]:
        """The same, as an answer keeps it."""
        return {
            "risk_version": self.version,
            "assessment": self.assessment,
            "controls_seen": self.controls,
            "assets_seen": self.assets,
            "request": self.request,
        }


def before(risk: Risk) -> Before:
    """What an answer would be about today. Raises AcceptanceError where there is no open, scored risk."""
    if risk.state != Risk.State.OPEN:
        raise AcceptanceError(f"{risk.reference} is {risk.get_state_display().lower()}: reopen it first")
    score = risk.assessments.current(Moment.now()).select_related("cell__level", "cell__matrix").first()
    if score is None:
        raise AcceptanceError(f"{risk.reference} has no current score: score it first")
    version = risk.standing_version()
    assert version is not None  # the database writes one with the risk
    waiting = risk.acceptance_requests.unanswered().first()
    last = risk.acceptances.order_by("-pk").values_list("pk", flat=True).first() or 0
    return Before(version, score, last_change(RiskControl, risk), last_change(RiskAsset, risk), waiting, last)


def last_change(model: Any, risk: Risk) -> int:
    """The last version of what belongs to a risk, deletions too; 0 where there never was any."""
    versions = model.history.filter(risk_id=risk.pk).order_by("-history_id")
    found: int | None = versions.values_list("history_id", flat=True).first()
    return found or 0


@transaction.atomic
def ask(risk: Risk, *, reason: str, by: User) -> AcceptanceRequest:
    """Ask for it to be accepted. Raises AcceptanceError where that was asked already, or it is not scored."""
    standing = Risk.objects.for_change().get(pk=risk.pk)
    if waiting := before(standing).request:
        raise AcceptanceError(
            f"{waiting.recorded_as} asked for it on {long_date(waiting.recorded_at)} already, and waits "
            "for an answer"
        )
    return AcceptanceRequest.objects.create(risk=standing, reason=reason, **signature(by))


@transaction.atomic
def answer(
    risk: Risk,
    answer: str,
    *,
    seen: str,
    reason: str,
    by: User,
    until: date | None = None,
    conditions: str = "",
) -> Acceptance:
    """Accept a risk until a day, or refuse to: about what was `seen`, a token of Before.

    An answer to whoever asked, if somebody did. Raises AcceptanceError where what was seen does not stand any
    more, the day is missing, past or more than a year away, or the risk is this person's own.
    """
    standing = Risk.objects.for_change().get(pk=risk.pk)
    found = before(standing)
    if found.token != seen:
        raise AcceptanceError(
            "The risk, its score, its controls, what is asked or what was answered has changed since you "
            "opened this page. What you typed is kept: look at the risk as it stands now, and answer again"
        )
    accepts = answer == Acceptance.Answer.ACCEPTED
    if accepts and (why := why_not_until(until)):
        raise AcceptanceError(why, "until")
    if not by.has_perm("risks.answer_acceptance", standing):
        raise AcceptanceError(why_not_theirs(standing))
    if accepts and not by.has_perm("risks.accept_risk", standing):
        raise AcceptanceError("Somebody else has to accept it: nobody accepts a risk of their own")
    return Acceptance.objects.create(
        risk=standing,
        answer=answer,
        until=until if accepts else None,
        conditions=conditions,
        reason=reason,
        **found.as_columns(),
        **signature(by, standing.unit_id),
    )


def why_not_theirs(risk: Risk) -> str:
    """Why a person who may not answer may not, as a sentence."""
    if risk.acceptances.last_words().exists():
        return f"{LAST_WORD}: what they said stands until they say otherwise, or its day is past"
    return "The rules name somebody else to answer for a risk as high as this"


def why_not_until(until: date | None) -> str:
    """Why a risk cannot be accepted until that day, as a sentence; "" where it can."""
    if until is None:
        return "Enter the day until which it is accepted"
    if until < today():
        return "The day until which it is accepted must not be past"
    if (until - today()).days > LONGEST:
        return "A risk is accepted for a year at most: choose an earlier day"
    return ""


@transaction.atomic
def end(acceptance: Acceptance, *, reason: str, by: User) -> AcceptanceEnd:
    """Take an acceptance back, before its day or after. Raises AcceptanceError where it is over already."""
    risk = Risk.objects.for_change().get(pk=acceptance.risk_id)
    now: Any = Acceptance.objects.at(Moment.now())
    state = now.values_list("state", flat=True).get(pk=acceptance.pk)
    if state not in IN_FORCE:
        raise AcceptanceError(f"It is no longer in force: {AcceptanceState(state).label.lower()}")
    return AcceptanceEnd.objects.create(acceptance=acceptance, reason=reason, **signature(by, risk.unit_id))


def signature(by: User, unit: int | None = None) -> dict[str, Any]:
    """Who writes, and the post in which they do: as whom the rules name, where they answer for a unit."""
    roles = (Role.SIRO,) if by.holds(Role.SIRO) or unit is None else ACCEPTORS
    return {"recorded_by": by, "recorded_as": by.title_for(unit, *roles) or by.display_name}
