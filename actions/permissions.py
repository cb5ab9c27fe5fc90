"""Who may do what with plans and actions."""

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


@rule("actions.view_action")
def may_view_action(person: User, action: Action) -> bool:
    """Readers of the registers, the post that owns it, and those who keep or manage its unit."""
    return (
        person.holds(*READERS)
        or person.occupies(action.owner_id)
        or action.owner.unit_id in person.units(*READERS, *UNIT_READERS)
    )


@rule("actions.report_progress")
def may_report_progress(person: User, action: Action) -> bool:
    """The post that owns the action, its deputy in the unit, and information governance officers."""
    return (
        person.holds(*KEEPERS)
        or person.occupies(action.owner_id)
        or action.owner.unit_id in person.units(*KEEPERS, Role.IAO, Role.IAA)
    )


@rule("actions.correct_progress")
def may_correct_progress(person: User, action: Action) -> bool:
    """Information governance officers and the records manager correct what was reported."""
    return person.holds_for(action.owner.unit_id, *KEEPERS)


@rule("actions.set_colour")
def may_set_colour(person: User, action: Action) -> bool:
    """Information governance officers, the records manager and the senior information risk owner show another
    colour than the computed one for a time; never of an action that their own post owns."""
    charged = person.holds_for(action.owner.unit_id, *KEEPERS, Role.SIRO)
    return charged and not person.occupies(action.owner_id)


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


@rule("actions.link_asset")
def may_link_asset(person: User, action: Action) -> bool:
    """Whoever reports on the action says what it is about, of the assets, incidents, risks they may open."""
    return may_report_progress(person, action)
