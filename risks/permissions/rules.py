"""Who may do what with the rules of escalation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.models import Role
from governance.people.rules import rule
from risks.models import EscalationRules
from risks.permissions.register import KEEPERS, may_list_risks

if TYPE_CHECKING:
    from governance.people.models import User


@rule("risks.view_rules")
def may_view_rules(person: User) -> bool:
    """Everybody who reads risks has to know what is escalated, and who accepts."""
    return may_list_risks(person)


@rule("risks.write_rules")
def may_write_rules(person: User) -> bool:
    """Information governance officers write versions; they are not in force by that."""
    return person.holds(*KEEPERS)


@rule("risks.adopt_rules")
def may_adopt_rules(person: User, rules: EscalationRules) -> bool:
    """The senior information risk owner, if others wrote them down."""
    return person.holds(Role.SIRO) and person.pk not in rules.writers()


@rule("risks.take_back_rules")
def may_take_back_rules(person: User) -> bool:
    """The senior information risk owner, before the day from which they would be in force."""
    return person.holds(Role.SIRO)
