"""To whom a risk is escalated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from governance.core.dates import today
from governance.figures.moment import Moment
from governance.people.models import PostHolding, Role, RoleAssignment
from risks.models import TOLD, Risk, Standing
from risks.models.escalation import crossed, overdue_too_long

if TYPE_CHECKING:
    from governance.people.models import User


def escalated_to(person: User) -> Any:
    """Open risks that are escalated to this person today: above appetite to the senior information risk
    owner; reviews overdue too long to whom the rules name, for the whole council or for the unit of the risk,
    and to the senior information risk owner as well while nobody in office is named so."""
    moment = Moment.now()
    named = Standing(moment).says("overdue_to")
    told = Coalesce(named, Value(str(Role.SIRO)), output_field=CharField())
    theirs = Q(told__in=[str(role) for role in TOLD if person.holds(role)])
    for role in TOLD:
        if units := person.units(role):
            theirs |= Q(told=role, unit__in=units)
    if person.holds(Role.SIRO):
        theirs |= ~Q(Exists(_in_office(OuterRef("told"))))
    late = overdue_too_long(moment).order_by().values("risk_id")
    found = Q(theirs, pk__in=late)
    if person.holds(Role.SIRO):
        found |= Q(pk__in=crossed(moment).order_by().values("risk_id"))
    return Risk.objects.filter(state=Risk.State.OPEN).annotate(told=told).filter(found)


def in_office(role: str) -> int:
    """How many people hold a role today, for the whole council or a part of it."""
    posts = RoleAssignment.objects.in_force(today()).filter(role=role).values("post_id")
    held = PostHolding.objects.in_force(today()).filter(post__in=posts)
    return held.order_by().values("person_id").distinct().count()


def _in_office(role: Any) -> Any:
    """Assignments of a role to posts that somebody is in, for all or for what the risk of the outer row lies
    in: its unit and three above it. Where units lie deeper, the last resort is told once too often."""
    above = ("unit_id", *(f"unit__{'__'.join(['parent'] * up)}_id" for up in (1, 2, 3)))
    where = Q(unit=None)
    for name in above:
        where |= Q(unit=OuterRef(name))
    held = PostHolding.objects.in_force(today()).values("post_id")
    return RoleAssignment.objects.in_force(today()).filter(where, role=role, post__in=held)
