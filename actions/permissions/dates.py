"""Who may move the due date of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.plans import KEEPERS
from actions.permissions.standing import of_what_stands
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action
    from governance.people.models import User


@rule("actions.revise_date")
@of_what_stands
def may_revise_date(person: User, action: Action) -> bool:
    """Information governance officers and the records manager record what a post or a committee agreed;
    never for an action that their own post owns."""
    return person.holds_for(action.owner.unit_id, *KEEPERS) and not person.occupies(action.owner_id)
