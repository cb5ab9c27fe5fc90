"""A version of the rules of escalation from its draft to the day it is in force, and what it would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from governance.core.dates import today
from governance.core.locks import Lock
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.history.adopting import locked, next_number, put_in_force, refuse_adopted
from governance.people.models import Role
from risks.figures.escalation import of_overdue
from risks.figures.promotion import missing_assets, missing_dpias
from risks.figures.scores import open_risks
from risks.models import EscalationRules, Standing

if TYPE_CHECKING:
    from datetime import date

# What a first draft says, to be looked at line by line: domain.md 3.3 gives no source for any of it.
USUAL: dict[str, Any] = {
    "source": "As the product comes, to be replaced by the council's own Information Risk Policy",
    "asset_from": 3,
    "dpia_from": "high",
    "days_within": 90,
    "days_above": 30,
    "days_beyond": 7,
    "overdue_to": Role.SIRO,
    "accept_within": "",
    "accept_above": "",
}


@transaction.atomic
def begin(**said: Any) -> EscalationRules:
    """A draft that says what the rules in force say, or the usual, and otherwise what is `said`."""
    number = next_number(EscalationRules, Lock.ESCALATION_NUMBERS)
    return EscalationRules.objects.create(number=number, **(begins_as() | said))


def begins_as() -> dict[str, Any]:
    """What a new draft says before anything is typed."""
    standing = EscalationRules.objects.in_force(today())
    return {name: getattr(standing, name) for name in USUAL} if standing else dict(USUAL)


@transaction.atomic
def adopt(rules: EscalationRules, *, from_on: date, reason: str, seen: int | None = None) -> EscalationRules:
    """Put a draft in force from a day to come; the first also from today.

    `seen` is the version of the draft that was shown; None where no page was. Raises StepError where it was
    adopted or changed meanwhile, the day is past, or a version from that day or a later one exists.
    """
    draft = locked(rules)
    refuse_adopted(draft)
    if seen is not None and draft.standing_version() != seen:
        raise StepError("The draft was changed since this page was shown: look at it again")
    if from_on < today():
        raise StepError("Rules cannot be in force from a day that is past", "from_on")
    adopted = EscalationRules.objects.adopted()
    if from_on == today() and adopted.exists():
        sentence = "New rules cannot be in force from today: figures were shown. Choose a later day"
        raise StepError(sentence, "from_on")
    return put_in_force(draft, adopted, from_on=from_on, reason=reason, field="from_on")


class Effect(NamedTuple):
    """What rules come to for the records of today: a number for each, now and under them."""

    words: str
    now: int
    then: int


def effects(rules: EscalationRules) -> list[Effect]:
    """What would be counted today if these rules were in force, beside what is."""
    moment, scope = Moment.now(), Scope()
    now, then = Standing(moment), Standing(moment, rules)
    late = [open_risks(moment, scope).filter(of_overdue(moment, each)).count() for each in (now, then)]
    assets = [missing_assets(moment, scope, each).count() for each in (now, then)]
    dpias = [missing_dpias(moment, scope, each).count() for each in (now, then)]
    return [
        Effect("Critical assets without a risk on the register", *assets),
        Effect("DPIAs with significant risk, none on the register", *dpias),
        Effect("Reviews overdue too long", *late),
    ]
