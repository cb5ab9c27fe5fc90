"""Who may bring files into the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.permissions import KEEPERS
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


@rule("exchange.import")
def may_import(person: User) -> bool:
    """Information governance officers and records managers, who keep the whole of the registers."""
    return person.holds(*KEEPERS)
