"""Who asks for a risk to be accepted, and who may accept it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from governance.core.dates import today
from governance.figures.moment import Moment
from governance.people.models import Role
from governance.people.rules import rule
from risks.models import AcceptanceRequest, Risk
from risks.permissions.register import keeps

if TYPE_CHECKING:
    from datetime import datetime

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
    """Did this person own the risk since its score, did they raise it, give the score that stands, or ask?"""
    raised = Risk.history.filter(id=risk.pk, history_type="+", history_user_id=person.pk)
    score = risk.assessments.current(Moment.now()).first()
    asked = AcceptanceRequest.objects.unanswered().filter(risk=risk, recorded_by_id=person.pk)
    scored = score is not None and score.recorded_by_id == person.pk
    since = score.recorded_at if score else timezone.now()
    return owned_since(person, risk, since) or scored or raised.exists() or asked.exists()


def owned_since(person: User, risk: Risk, since: datetime) -> bool:
    """Was this person in a post while it owned the risk, at any time since? Days are London's."""
    versions: Any = Risk.history.filter(
        id=risk.pk,
        owner_id=OuterRef("post_id"),
        history_until__gte=since,
        history_until__date__gte=OuterRef("from_on"),
    )
    before_leaving = versions.filter(history_date__date__lte=OuterRef("until_on"))
    still = Q(Exists(versions), until_on=None)
    left = Q(Exists(before_leaving), until_on__gte=timezone.localdate(since))
    return person.holdings.filter(still | left, from_on__lte=today()).exists()
