"""Who may bring files into the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.representations.files.sheet import SHEET as ACTIONS
from actions.representations.recommendation_sheet import SHEET as RECOMMENDATIONS
from assets.representations.activity_sheet import SHEET as ACTIVITIES
from assets.representations.sheet import SHEET as ASSETS
from governance.people.rules import rule
from risks.representations.sheet import SHEET as RISKS

if TYPE_CHECKING:
    from governance.people.models import User


@rule("exchange.import")
def may_import(person: User) -> bool:
    """Whoever may bring files into one of the registers: those who keep the whole of it."""
    return any(
        person.has_perm(sheet.bring_in) for sheet in (ASSETS, ACTIVITIES, RISKS, ACTIONS, RECOMMENDATIONS)
    )
