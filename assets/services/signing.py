"""Who signs the position of a year: owners for what they own, directors for a part, the SIRO for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets.figures.register import total
from assets.models import PositionStatement
from assets.services.position import Position, below
from governance.core.dates import today
from governance.figures.moment import Scope
from governance.people.models import OrganisationalUnit, Role, RoleAssignment

if TYPE_CHECKING:
    from governance.people.models import User

Level = PositionStatement.Level
ROLES = {Role.IAO: Level.OWNER, Role.DIRECTOR_APPROVER: Level.DIRECTOR, Role.SIRO: Level.SIRO}


@dataclass(frozen=True)
class Signing:
    """Something that a person may sign: at which level, in which post, for which unit (None: all)."""

    level: str
    post_id: int
    unit: OrganisationalUnit | None
    post_title: str

    @property
    def label(self) -> str:
        """As a choice in a form."""
        if self.level == Level.OWNER:
            return f"What the {self.post_title} owns"
        return f"{self.unit or 'The whole council'}, as {self.post_title} ({Level(self.level).label})"

    @property
    def key(self) -> str:
        """As the form posts it."""
        return f"{self.level}-{self.post_id}-{self.unit.pk if self.unit else 0}"


def signings(person: User, position: Position) -> list[Signing]:
    """What this person may sign: for each role of the chain that a post of theirs carries, and carried on
    the day the year closed. Nobody signs for a part, or in a post, that held nothing then."""
    return [each for each in roles_of(person, position) if holds_anything(position, each)]


def roles_of(person: User, position: Position) -> list[Signing]:
    """For what a person would sign by the roles that their posts carry, and carried when the year closed."""
    if not person.holds_any(*ROLES):
        return []
    carried = RoleAssignment.objects.filter(post__in=person.posts(), role__in=ROLES).order_by("pk")
    given = list(carried.select_related("post", "unit"))
    then = {signing_of(each) for each in given if each.is_in_force(position.closes_on)}
    now = [signing_of(each) for each in given if each.is_in_force(today())]
    return [each for each in dict.fromkeys(now) if each in then]


def signing_of(given: RoleAssignment) -> Signing:
    """For what a post signs by a role that it carries."""
    unit = None if given.role in (Role.IAO, Role.SIRO) else given.unit
    return Signing(ROLES[Role(given.role)], given.post_id, unit, given.post.title)


def holds_anything(position: Position, signing: Signing) -> bool:
    """Was there an asset then of what is signed for? One question to the database, without the figures."""
    codes = below(signing.unit, position.children) if signing.unit else ()
    rows = total.rows(position.moment, Scope(units=codes))
    if signing.level == Level.OWNER:
        rows = rows.filter(owner_id=signing.post_id)
    return rows.exists()


def owed(person: User, position: Position) -> list[Signing]:
    """What this person has to sign and has not."""
    given = [each for each in roles_of(person, position) if signed_already(each, position) is None]
    return [each for each in given if holds_anything(position, each)]


def signed_already(signing: Signing, position: Position) -> PositionStatement | None:
    """The signature that stands there, if one does."""
    for each in position.statements:
        if (each.level, each.post_id, each.unit) == (signing.level, signing.post_id, signing.unit):
            return each
    return None
