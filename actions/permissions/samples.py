"""Who may draw samples for auditors, and look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.plans import KEEPERS
from assets.models import READERS
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User

DRAWERS = (*KEEPERS, Role.INTERNAL_AUDITOR)


@rule("actions.view_samples")
def may_view_samples(person: User) -> bool:
    """Readers of the registers: a sample names what others own."""
    return person.holds(*READERS)


@rule("actions.draw_sample")
def may_draw_sample(person: User) -> bool:
    """Internal auditors draw their own, and those who keep the plans draw for auditors from outside."""
    return person.holds(*DRAWERS)
