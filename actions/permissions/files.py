"""Who may bring actions and recommendations in by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.plans import KEEPERS
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action, Recommendation
    from governance.people.models import User


@rule("actions.bring_in")
def may_bring_in(person: User) -> bool:
    """Information governance officers and the records manager bring plans in by file."""
    return person.holds(*KEEPERS)


@rule("actions.bring_over")
def may_bring_over(person: User, action: Action) -> bool:
    """Those who report on the action and put it in its place bring changes of it in by file too; whose post
    owns it moves no date of it."""
    return person.holds_for(action.owner.unit_id, *KEEPERS)


@rule("actions.bring_in_recommendations")
def may_bring_in_recommendations(person: User) -> bool:
    """Information governance officers and the records manager bring recommendations in by file."""
    return person.holds(*KEEPERS)


@rule("actions.bring_over_recommendation")
def may_bring_over_recommendation(person: User, recommendation: Recommendation) -> bool:
    """Those who enter what auditors say, and the answers, bring changes of that in by file too."""
    return person.holds(*KEEPERS)
