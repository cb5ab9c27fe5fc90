"""Who says what takes the place of a withdrawn action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.progress import may_report_progress
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action
    from governance.people.models import User


@rule("actions.say_replacement")
def may_say_replacement(person: User, action: Action) -> bool:
    """Whoever reports on it, of actions that they may open."""
    return may_report_progress(person, action)
