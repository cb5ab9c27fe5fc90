"""Who asks for a risk to be accepted, and who may accept it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.models import Role
from governance.people.rules import rule
from risks.models import AcceptanceRequest, Assessment, Risk
from risks.permissions.register import keeps

if TYPE_CHECKING:
    from governance.people.models import User


@rule("risks.ask_acceptance")
def may_ask_acceptance(person: User, risk: Risk) -> bool:
    """Who keeps the entry asks, while it is open."""
    return risk.state == Risk.State.OPEN and keeps(person, risk)


@rule("risks.answer_acceptance")
def may_answer_acceptance(person: User, risk: Risk) -> bool:
    """The senior information risk owner answers for the council; to refuse is open to them of every risk."""
    return risk.state == Risk.State.OPEN and person.holds(Role.SIRO)


@rule("risks.accept_risk")
def may_accept_risk(person: User, risk: Risk) -> bool:
    """The senior information risk owner, but not of a risk of their own; the database keeps it too."""
    return may_answer_acceptance(person, risk) and not is_own(person, risk)


@rule("risks.end_acceptance")
def may_end_acceptance(person: User, risk: Risk) -> bool:
    """The senior information risk owner takes back what was accepted."""
    return person.holds(Role.SIRO)


def is_own(person: User, risk: Risk) -> bool:
    """Is this person in the post that owns the risk, or did they raise it, score it last, or ask?"""
    raised = Risk.history.filter(id=risk.pk, history_type="+", history_user_id=person.pk)
    score = Assessment.objects.filter(risk=risk, kind=Assessment.Kind.CURRENT).order_by("-pk").first()
    asked = AcceptanceRequest.objects.unanswered().filter(risk=risk, recorded_by_id=person.pk)
    scored = score is not None and score.recorded_by_id == person.pk
    return person.occupies(risk.owner_id) or scored or raised.exists() or asked.exists()
