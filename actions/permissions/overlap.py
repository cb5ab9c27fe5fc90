"""Who says that actions of two plans overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.completions import may_approve_completion
from actions.permissions.plans import KEEPERS
from actions.permissions.progress import may_report_progress
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


@rule("actions.ask_of_overlaps")
def may_ask_of_overlaps(person: User, action: Action) -> bool:
    """Whoever reports that the action is done, and whoever approves it: they are asked about its overlaps."""
    return may_report_progress(person, action) or may_approve_completion(person, action)
