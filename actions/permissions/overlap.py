"""Who says that actions of two plans overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.plans import KEEPERS
from actions.permissions.standing import of_what_stands
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action
    from governance.people.models import User


@rule("actions.say_overlap")
@of_what_stands
def may_say_overlap(person: User, action: Action) -> bool:
    """Information governance officers and the records manager, for all units: it changes what committees are
    told of several plans together."""
    return person.holds(*KEEPERS)
