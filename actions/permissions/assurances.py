"""Who records what was promised of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.plans import KEEPERS
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import ActionPlan
    from governance.people.models import User


@rule("actions.keep_assurances")
def may_keep_assurances(person: User, plan: ActionPlan) -> bool:
    """Information governance officers and the records manager, who keep the plans."""
    return person.holds(*KEEPERS)
