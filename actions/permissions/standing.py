"""What nobody may do: anything about an action that was entered in error."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actions.models import Action
    from governance.people.models import User

Predicate = Callable[["User", "Action"], bool]


def of_what_stands(predicate: Predicate) -> Predicate:
    """The same rule, of actions that were not entered in error."""

    @wraps(predicate)
    def rule(person: User, action: Action) -> bool:
        return action.mistaken_at is None and predicate(person, action)

    return rule
