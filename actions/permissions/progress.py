"""Who may open an action, report on it, correct what was reported and say how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from actions.permissions.plans import KEEPERS
from actions.permissions.standing import of_what_stands
from assets.models import READERS, UNIT_READERS
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action, ActionQuerySet
    from governance.people.models import User


@rule("actions.view_action")
def may_view_action(person: User, action: Action) -> bool:
    """Readers of the registers, the post that owns it, and those who keep or manage its unit."""
    return (
        person.holds(*READERS)
        or person.occupies(action.owner_id)
        or action.owner.unit_id in person.units(*READERS, *UNIT_READERS)
    )


@rule("actions.report_progress")
@of_what_stands
def may_report_progress(person: User, action: Action) -> bool:
    """The post that owns the action, its deputy in the unit, and information governance officers."""
    return (
        person.holds(*KEEPERS)
        or person.occupies(action.owner_id)
        or action.owner.unit_id in person.units(*KEEPERS, Role.IAO, Role.IAA)
    )


def reported_by(person: User, actions: ActionQuerySet) -> ActionQuerySet:
    """Of these actions, the ones on which the person may report by the rule above; a test compares."""
    if person.holds(*KEEPERS):
        return actions
    units = person.units(*KEEPERS, Role.IAO, Role.IAA)
    return actions.filter(Q(owner__in=person.posts()) | Q(owner__unit__in=units))


@rule("actions.correct_progress")
@of_what_stands
def may_correct_progress(person: User, action: Action) -> bool:
    """Information governance officers and the records manager correct what was reported."""
    return person.holds_for(action.owner.unit_id, *KEEPERS)


@rule("actions.say_in_error")
@of_what_stands
def may_say_in_error(person: User, action: Action) -> bool:
    """Information governance officers and the records manager say that there never was such an action; never
    of one that their own post owns."""
    return person.holds_for(action.owner.unit_id, *KEEPERS) and not person.occupies(action.owner_id)


@rule("actions.set_colour")
@of_what_stands
def may_set_colour(person: User, action: Action) -> bool:
    """Information governance officers, the records manager and the senior information risk owner show another
    colour than the computed one for a time; never of an action that their own post owns."""
    charged = person.holds_for(action.owner.unit_id, *KEEPERS, Role.SIRO)
    return charged and not person.occupies(action.owner_id)


@rule("actions.link_asset")
def may_link_asset(person: User, action: Action) -> bool:
    """Whoever reports on the action says what it is about, of the assets, incidents, risks they may open."""
    return may_report_progress(person, action)


@rule("actions.order_work")
def may_order_work(person: User, action: Action) -> bool:
    """Whoever reports on the action says what it waits on: posts, and actions that they may open."""
    return may_report_progress(person, action)
