"""Who sets another colour on a risk than the computed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.models import Role
from governance.people.rules import rule
from risks.models import Risk
from risks.permissions.register import KEEPERS

if TYPE_CHECKING:
    from governance.people.models import User


@rule("risks.set_colour")
def may_set_colour(person: User, risk: Risk) -> bool:
    """Information governance officers, the records manager and the senior information risk owner show another
    colour than the computed one for a time; never of a risk that their own post owns."""
    charged = person.holds(*KEEPERS, Role.SIRO)
    return charged and risk.state == Risk.State.OPEN and not person.occupies(risk.owner_id)
