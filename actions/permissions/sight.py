"""Who may enter plans and their milestones, and say what an action is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.plans import KEEPERS
from actions.permissions.standing import of_what_stands
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action, ActionPlan
    from governance.people.models import User


@rule("actions.add_plan")
def may_add_plan(person: User) -> bool:
    """Information governance officers and the records manager open plans."""
    return person.holds(*KEEPERS)


@rule("actions.change_plan")
def may_change_plan(person: User, plan: ActionPlan) -> bool:
    """Information governance officers and the records manager change plans, and say what has been reached."""
    return person.holds(*KEEPERS)


@rule("actions.place_action")
@of_what_stands
def may_place_action(person: User, action: Action) -> bool:
    """Information governance officers and the records manager say which workstream, principles and
    milestone an action serves."""
    return person.holds_for(action.owner.unit_id, *KEEPERS)
