"""Who reads what committees are given (design 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import READERS
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.people.models import User

# Drafts are for those who make or answer for them; what is issued also for those it is sent to.
DRAFT_READERS = (
    Role.COMMITTEE_OFFICER,
    Role.AUTHOR,
    Role.IG_OFFICER,
    Role.SIRO,
    Role.INTERNAL_AUDITOR,
    Role.MONITORING_OFFICER,
)
# Part 2 of a paper is also for its author, and for the members of the body that it goes to.
PART_2_READERS = (
    Role.COMMITTEE_OFFICER,
    Role.MONITORING_OFFICER,
    Role.SIRO,
    Role.INTERNAL_AUDITOR,
)
# Those who clear papers, and those they are sent to, have their part for one unit too.
CLEARERS = (
    Role.MONITORING_OFFICER,
    Role.FINANCE_APPROVER,
    Role.LEGAL_APPROVER,
    Role.DIRECTOR_APPROVER,
    Role.PORTFOLIO_HOLDER,
)


def reads_issued(person: User) -> bool:
    """May this person read what has been issued? A paper tells of the whole council: who reads the registers
    for one unit only does not read it."""
    return person.holds(*READERS) or person.holds_any(*CLEARERS)
