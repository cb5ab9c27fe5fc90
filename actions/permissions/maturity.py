"""Who reads what was assessed of maturity, and who keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models.maturity import reads_maturity
from actions.permissions.plans import KEEPERS
from actions.permissions.progress import may_report_progress
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action
    from governance.people.models import User


@rule("actions.view_maturity")
def may_view_maturity(person: User) -> bool:
    """Whoever reads a register, in whole or for a unit: maturity is the whole council's."""
    return reads_maturity(person)


@rule("actions.keep_maturity")
def may_keep_maturity(person: User) -> bool:
    """Information governance officers and the records manager enter models and record assessments."""
    return person.holds(*KEEPERS)


@rule("actions.link_area")
def may_link_area(person: User, action: Action) -> bool:
    """Whoever reports on the action, and reads what was assessed, says which areas it improves."""
    return may_report_progress(person, action) and reads_maturity(person)
