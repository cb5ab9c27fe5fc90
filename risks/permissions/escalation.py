"""To whom a risk is escalated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce

from governance.figures.moment import Moment
from governance.people.models import Role
from risks.models import TOLD, Risk, Standing
from risks.models.escalation import crossed, overdue_too_long

if TYPE_CHECKING:
    from governance.people.models import User


def escalated_to(person: User) -> Any:
    """Open risks that are escalated to this person today: above appetite to the senior information risk
    owner, reviews overdue too long to whom the rules name."""
    moment = Moment.now()
    roles = [str(role) for role in TOLD if person.holds(role)]
    told = Coalesce(Standing(moment).says("overdue_to"), Value(str(Role.SIRO)), output_field=CharField())
    late = overdue_too_long(moment).order_by().values("risk_id")
    found = Q(told__in=roles, pk__in=late)
    if person.holds(Role.SIRO):
        found |= Q(pk__in=crossed(moment).order_by().values("risk_id"))
    return Risk.objects.filter(state=Risk.State.OPEN).annotate(told=told).filter(found)
