"""Which dashboards there are, what each shows, and which of them a person has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets.models import READERS, UNIT_READERS
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.people.models import User


@dataclass(frozen=True)
class Variant:
    """A dashboard: its code in the address, its heading, what it is for, and its sections in order.

    `whole` says that it is of the whole council; others are of the reader's own units.
    """

    code: str
    title: str
    lead: str
    sections: tuple[str, ...]
    whole: bool = True


SIRO = Variant(
    "siro",
    "Information risk dashboard",
    "What is above appetite, what moved and why, and what waits for a decision.",
    ("risks", "decisions", "movement", "incidents", "trend", "confirmation", "coverage", "plans"),
)
IMSG = Variant(
    "imsg",
    "Information governance dashboard",
    "How the programme stands: plans, confirmation of assets, risks and how they move.",
    ("plans", "confirmation", "coverage", "risks", "decisions", "movement", "incidents", "trend"),
)
OWNER = Variant(
    "iao",
    "Your services",
    "The assets, risks and actions of the units that you answer for.",
    ("risks", "decisions", "movement", "confirmation", "plans", "trend"),
    whole=False,
)
OTHER_READERS = tuple(role for role in READERS if role != Role.IMSG_MEMBER)


def variants_of(person: User) -> list[Variant]:
    """The dashboards of a person, the one that opens first in front; none where they read nothing."""
    found = []
    if person.holds(*OTHER_READERS):
        found.append(SIRO)
    if person.holds(Role.IMSG_MEMBER):
        found.append(IMSG)
    if person.units(*READERS, *UNIT_READERS):
        found.append(OWNER)
    return found
