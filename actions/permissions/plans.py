"""Who may open plans, and put actions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models import Action, ActionPlan
from assets.models import READERS, UNIT_READERS
from governance.people.models import Role
from governance.people.rules import rule
from risks.models import Risk

if TYPE_CHECKING:
    from governance.people.models import User

KEEPERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER)


@rule("actions.list_plans")
def may_list_plans(person: User) -> bool:
    """Whoever reads a register, in whole or for a unit, and whoever is in a post that owns an action."""
    return (
        person.holds_any(*READERS, *UNIT_READERS) or Action.objects.filter(owner__in=person.posts()).exists()
    )


@rule("actions.view_plan")
def may_view_plan(person: User, plan: ActionPlan) -> bool:
    """A plan opens to whoever may open one of its actions, and to readers of the registers."""
    return person.holds(*READERS) or ActionPlan.objects.visible_to(person).filter(pk=plan.pk).exists()


@rule("actions.add_action")
def may_add_action(person: User) -> bool:
    """Who keeps the plans, owners of assets and their deputies, and who is in a post that owns a risk: each
    finds the page on which an action is opened, for posts on whose actions they report."""
    owns = Risk.objects.filter(owner__in=person.posts())
    return person.holds_any(*KEEPERS, Role.IAO, Role.IAA) or owns.exists()


@rule("actions.add_to_audited")
def may_add_to_audited(person: User) -> bool:
    """Information governance officers and the records manager alone add actions to a plan that answers an
    audit: the auditor and committees have been told what is on it."""
    return person.holds(*KEEPERS)


@rule("actions.enter_delivered")
def may_enter_delivered(person: User, plan: ActionPlan) -> bool:
    """Information governance officers and the records manager enter the actions of a plan as it was
    delivered: with references, days and documents of their own."""
    return person.holds(*KEEPERS)
