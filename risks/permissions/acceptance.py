"""Who asks for a risk to be accepted, and who may accept it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, When
from django.utils import timezone

from governance.core.dates import today
from governance.figures.moment import Moment
from governance.people.models import Role
from governance.people.rules import rule
from risks.models import ACCEPTORS, Acceptance, AcceptanceRequest, Assessment, Risk, Standing
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
    """The senior information risk owner answers for the council; to refuse is open to them of every risk.
    Whom the rules of the day name answers for risks of their part of it, as high as the rules say, while the
    senior information risk owner has not had the last word."""
    return risk.state == Risk.State.OPEN and (person.holds(Role.SIRO) or is_named(person, risk))


@rule("risks.accept_risk")
def may_accept_risk(person: User, risk: Risk) -> bool:
    """Who may answer, but not of a risk of their own; the database keeps both too."""
    return may_answer_acceptance(person, risk) and not is_own(person, risk)


@rule("risks.end_acceptance")
def may_end_acceptance(person: User, risk: Risk) -> bool:
    """The senior information risk owner takes back what was accepted; whoever else gave it, their own."""
    if person.holds(Role.SIRO):
        return True
    last = risk.acceptances.order_by("-pk").first()
    if last is None or last.answer != Acceptance.Answer.ACCEPTED:
        return False
    return last.recorded_by_id == person.pk


def is_named(person: User, risk: Risk) -> bool:
    """Do the rules of the day name this person for a risk of that score, in the unit of the risk, about which
    the senior information risk owner has not had the last word?"""
    if not person.holds_any(*ACCEPTORS):
        return False
    scores = left_to_others(named_for(risk.assessments.current(Moment.now())))
    role = scores.values_list("named", flat=True).first()
    return bool(role) and person.holds_for(risk.unit_id, Role(role))


def to_be_answered_by(person: User) -> Any:
    """Requests that wait for this person: all for the senior information risk owner; for whom the rules of
    the day name, those about risks as high as they may bear, of their part of the council."""
    waiting = AcceptanceRequest.objects.unanswered()
    if person.holds(Role.SIRO):
        return waiting
    theirs = Q(pk__in=[])
    for role in ACCEPTORS:
        if person.holds_any(role):
            where = Q() if person.holds(role) else Q(risk__unit__in=person.units(role))
            theirs |= where & Q(risk__in=_named(role))
    return waiting.filter(theirs)


def _named(role: Role) -> Any:
    """The risks for whose score the rules name that role."""
    scores = left_to_others(named_for(Assessment.objects.current(Moment.now())))
    return scores.filter(named=role).order_by().values("risk_id")


def named_for(scores: Any) -> Any:
    """Scores with the role that is `named` to accept such a one beside the senior information risk owner:
    NULL above tolerance and without rules, "" where the rules name nobody."""
    rules = Standing(Moment.now())
    line = {name: F(f"cell__matrix__{name}") for name in ("appetite", "tolerance")}
    within, above = (rules.says(f"accept_{band}") for band in ("within", "above"))
    bands = [
        When(cell__level__rank__lte=line["appetite"], then=within),
        When(cell__level__rank__lte=line["tolerance"], then=above),
    ]
    return scores.annotate(named=Case(*bands, output_field=CharField()))


def left_to_others(scores: Any) -> Any:
    """Scores of risks about which the senior information risk owner has not had the last word; the database
    keeps that as well."""
    last_words = Acceptance.objects.last_words().filter(risk=OuterRef("risk_id"))
    return scores.filter(~Exists(last_words))


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
