"""Who may do what with the rules for colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.colours.models import ColourRule
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


@rule("colours.view_rules")
def may_view_rules(person: User) -> bool:
    """Everybody who signs in may read by which rule an entry has its colour."""
    return person.is_active


@rule("colours.write_rule")
def may_write_rule(person: User) -> bool:
    """Information governance officers and the records manager write versions, not in force by that."""
    return person.holds(Role.IG_OFFICER, Role.RECORDS_MANAGER)


@rule("colours.adopt_rule")
def may_adopt_rule(person: User, found: ColourRule) -> bool:
    """The senior information risk owner puts a version in force, if others wrote it."""
    return person.holds(Role.SIRO) and person.pk not in found.writers()


@rule("colours.take_back_rule")
def may_take_back_rule(person: User) -> bool:
    """The senior information risk owner, before the day from which it would be in force."""
    return person.holds(Role.SIRO)
