"""Having the trail verified: the row is written with the request, and a worker is woken after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Verification
from governance.committees.tasks import hint_verification

if TYPE_CHECKING:
    from governance.people.models import User


def ask_for_verification(by: User) -> Verification:
    """Ask for one, or return the one that waits."""
    asked = Verification.ask(by)
    transaction.on_commit(lambda: hint_verification(asked.pk), robust=True)
    return asked
