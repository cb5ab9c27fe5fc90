"""Who may do what with the matrix under which risks are scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.models import Role
from governance.people.rules import rule
from risks.models import RiskMatrix
from risks.permissions.register import KEEPERS, may_list_risks

if TYPE_CHECKING:
    from governance.people.models import User


@rule("risks.view_matrix")
def may_view_matrix(person: User) -> bool:
    """Everybody who reads risks has to know what their words mean."""
    return may_list_risks(person)


@rule("risks.write_matrix")
def may_write_matrix(person: User) -> bool:
    """Information governance officers write versions; they are not in force by that."""
    return person.holds(*KEEPERS)


@rule("risks.adopt_matrix")
def may_adopt_matrix(person: User, matrix: RiskMatrix) -> bool:
    """The senior information risk owner says what the council is ready to bear, if others wrote it down."""
    return person.holds(Role.SIRO) and person.pk not in matrix.writers()


@rule("risks.take_back_matrix")
def may_take_back_matrix(person: User) -> bool:
    """The senior information risk owner, before the day from which it would be in force."""
    return person.holds(Role.SIRO)
