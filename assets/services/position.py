"""The position as at 31 March, with the year before beside it, and the signatures under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assets.figures.attestation import Tally, tally
from assets.models import PositionStatement
from assets.services.standing import cells, whole
from governance.core.components import Column
from governance.core.dates import long_date, today
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile
from governance.people.models import OrganisationalUnit, Post, Role, RoleAssignment

if TYPE_CHECKING:
    from governance.people.models import User

Level = PositionStatement.Level
ROLES = {Role.IAO: Level.OWNER, Role.DIRECTOR_APPROVER: Level.DIRECTOR, Role.SIRO: Level.SIRO}
DEPTHS = ("Council", "Directorate", "Service", "Team")
COLUMNS = (
    Column("Part of the council"),
    Column("Level"),
    Column("Assets", numeric=True),
    Column("Confirmed", numeric=True),
    Column("To be confirmed", numeric=True),
    Column("Overdue", numeric=True),
    Column("Never confirmed", numeric=True),
    Column("Confirmed in 100", numeric=True),
    Column("A year before", numeric=True),
)
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Row:
    """A unit with all below it, and the same a year before."""

    name: str
    level: str
    now: Tally
    before: Tally
    cells: Sequence[Tile]


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
        return f"{self.unit or 'The whole council'}, as {self.post_title}"

    @property
    def key(self) -> str:
        """As the form posts it."""
        return f"{self.level}-{self.post_id}-{self.unit.pk if self.unit else 0}"


@dataclass(frozen=True)
class Position:
    """How far assets were confirmed at the end of a financial year, or are so far."""

    year: int

    @property
    def closes_on(self) -> date:
        """The last day of the year."""
        return date(self.year, 3, 31)

    @property
    def as_at(self) -> date:
        """The day shown: the last of the year, or today while the year is not over."""
        return min(self.closes_on, today())

    @property
    def is_closed(self) -> bool:
        """Is the year over, so that the position can be signed?"""
        return self.closes_on < today()

    @property
    def moment(self) -> Moment:
        """The day shown, with all that is known."""
        return Moment.of(self.as_at)

    @property
    def before(self) -> Moment:
        """31 March of the year before."""
        return Moment.of(date(self.year - 1, 3, 31))

    @cached_property
    def by_unit(self) -> dict[str, Tally]:
        """The figures of each unit, by code."""
        return tally(self.moment, Scope())

    @cached_property
    def by_unit_before(self) -> dict[str, Tally]:
        """The same a year before."""
        return tally(self.before, Scope())

    @cached_property
    def by_owner(self) -> dict[int, Tally]:
        """The figures of each owner post, by key."""
        return tally(self.moment, Scope(), "owner")

    @property
    def whole(self) -> Tally:
        """The council."""
        return whole(self.by_unit)

    @property
    def whole_before(self) -> Tally:
        """The council a year before."""
        return whole(self.by_unit_before)

    @property
    def tiles(self) -> list[Tile]:
        """The figures of the council."""
        return cells(self.whole, self.moment, Scope())

    @cached_property
    def units(self) -> list[OrganisationalUnit]:
        """All units, also those that are no more."""
        return list(OrganisationalUnit.objects.order_by("name"))

    def rows(self) -> list[Row]:
        """Each unit that holds anything, with all below it, from the top down."""
        children: dict[int | None, list[OrganisationalUnit]] = {}
        for unit in self.units:
            children.setdefault(unit.parent_id, []).append(unit)
        rows: list[Row] = []
        ahead = [(unit, 0) for unit in reversed(children.get(None, []))]
        while ahead:
            unit, depth = ahead.pop()
            row = self.row(unit, depth, children)
            if row.now.total or row.before.total:
                rows.append(row)
                ahead += [(child, depth + 1) for child in reversed(children.get(unit.pk, []))]
        return rows

    def row(
        self, unit: OrganisationalUnit, depth: int, children: Mapping[int | None, list[OrganisationalUnit]]
    ) -> Row:
        """One unit with all below it; each figure leads to its rows."""
        codes = below(unit, children)
        now, before = summed(codes, self.by_unit), summed(codes, self.by_unit_before)
        shown = cells(now, self.moment, Scope(units=codes)) if now.total else []
        return Row(unit.name, DEPTHS[min(depth, len(DEPTHS) - 1)], now, before, shown)

    @cached_property
    def statements(self) -> list[PositionStatement]:
        """What has been signed, in that order."""
        return list(PositionStatement.objects.filter(as_at=self.closes_on).select_related("post", "unit"))

    @property
    def unsigned(self) -> list[Post]:
        """Owners of assets at that day who have not signed."""
        signed = {each.post_id for each in self.statements if each.level == Level.OWNER}
        return list(Post.objects.filter(pk__in=set(self.by_owner) - signed).order_by("title"))

    def tally_of(self, signing: Signing) -> Tally:
        """The figures that a signature stands under."""
        if signing.level == Level.OWNER:
            return self.by_owner.get(signing.post_id, Tally())
        if signing.unit is None:
            return self.whole
        children: dict[int | None, list[OrganisationalUnit]] = {}
        for unit in self.units:
            children.setdefault(unit.parent_id, []).append(unit)
        return summed(below(signing.unit, children), self.by_unit)


def below(
    unit: OrganisationalUnit, children: Mapping[int | None, list[OrganisationalUnit]]
) -> tuple[str, ...]:
    """The codes of a unit and of all below it."""
    found: dict[int, str] = {}
    ahead = [unit]
    while ahead:
        if (each := ahead.pop()).pk not in found:
            found[each.pk] = each.code
            ahead += children.get(each.pk, [])
    return tuple(found.values())


def summed(codes: Sequence[str], parts: Mapping[Any, Tally]) -> Tally:
    """The figures of some units together."""
    return whole({code: parts[code] for code in codes if code in parts})


def signings(person: User, position: Position) -> list[Signing]:
    """What this person may sign: for each role of the chain that a post of theirs carries, and carried on
    the day the year closed. An owner's post signs only where it owned something then."""
    given = RoleAssignment.objects.filter(post__in=person.posts(), role__in=ROLES)
    then = set(given.in_force(position.closes_on).values_list("role", "post", "unit"))
    found = [
        Signing(
            ROLES[Role(given.role)],
            given.post_id,
            None if given.role in (Role.IAO, Role.SIRO) else given.unit,
            given.post.title,
        )
        for given in given.in_force(today()).select_related("post", "unit").order_by("pk")
        if (given.role, given.post_id, given.unit_id) in then
        and (given.role != Role.IAO or given.post_id in position.by_owner)
    ]
    return list({signing.key: signing for signing in found}.values())


def sign(position: Position, signing: Signing, *, words: str, by: User) -> PositionStatement:
    """Sign the position of a closed year; signed again it stays as it was."""
    with transaction.atomic():
        statement, _ = PositionStatement.objects.get_or_create(
            as_at=position.closes_on,
            level=signing.level,
            post_id=signing.post_id,
            unit=signing.unit,
            defaults={
                "words": words,
                "figures": position.tally_of(signing)._asdict(),
                "signed_by": by,
                "signed_as": signing.post_title,
            },
        )
    return statement


def draft_words(position: Position) -> str:
    """The statement proposed: what is confirmed, as a sentence."""
    return (
        f"As at {long_date(position.closes_on)} I have considered what is confirmed and what is not, and I "
        "am satisfied that what is outstanding is being put right."
    )
