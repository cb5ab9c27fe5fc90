"""The position as at 31 March, with the year before beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings

from assets.figures.attestation import Confirmations, tally
from assets.models import PositionStatement
from assets.services.standing import cells, whole
from governance.core.components import Column
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile
from governance.people.models import OrganisationalUnit, Post

Level = PositionStatement.Level
DEPTHS = ("Council", "Directorate", "Service", "Team")
COLUMNS = (
    Column("Part of the council"),
    Column("Level"),
    Column("Assets", numeric=True),
    Column("Confirmed", numeric=True),
    Column("To be confirmed", numeric=True),
    Column("Overdue", numeric=True),
    Column("Never confirmed", numeric=True),
    Column("Share confirmed", numeric=True),
    Column("Share a year before", numeric=True),
)
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Row:
    """The council, or a unit with all below it, and the same a year before; `inset`: how far it is set in."""

    name: str
    inset: int
    level: str
    now: Confirmations
    before: Confirmations
    cells: Sequence[Tile]


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
    def by_unit(self) -> dict[str, Confirmations]:
        """The figures of each unit, by code."""
        return tally(self.moment, Scope())

    @cached_property
    def by_unit_before(self) -> dict[str, Confirmations]:
        """The same a year before."""
        return tally(self.before, Scope())

    @cached_property
    def by_owner(self) -> dict[int, Confirmations]:
        """The figures of each owner post, by key."""
        return tally(self.moment, Scope(), "owner")

    @property
    def whole(self) -> Confirmations:
        """The council."""
        return whole(self.by_unit)

    @property
    def whole_before(self) -> Confirmations:
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
        """The council, then each unit that holds anything, with all below it, from the top down.

        One unit alone at the top is the council. None where nothing was held, then or a year before.
        """
        top = self.children.get(None, [])
        rows = [self.council] if len(top) > 1 and (self.whole.total or self.whole_before.total) else []
        ahead = [(unit, int(len(top) > 1)) for unit in reversed(top)]
        while ahead:
            unit, depth = ahead.pop()
            row = self.row(unit, depth)
            if row.now.total or row.before.total:
                rows.append(row)
                ahead += [(child, depth + 1) for child in reversed(self.children.get(unit.pk, []))]
        return rows

    def row(self, unit: OrganisationalUnit, depth: int) -> Row:
        """One unit with all below it; each figure leads to its rows."""
        codes = below(unit, self.children)
        now, before = summed(codes, self.by_unit), summed(codes, self.by_unit_before)
        shown = cells(now, self.moment, Scope(units=codes)) if now.total else []
        inset = min(depth, len(DEPTHS) - 1)
        return Row(unit.name, inset, DEPTHS[inset], now, before, shown)

    @property
    def council(self) -> Row:
        """The whole council, where it is no unit itself."""
        return Row(settings.COUNCIL_NAME, 0, DEPTHS[0], self.whole, self.whole_before, self.tiles)

    @cached_property
    def statements(self) -> list[PositionStatement]:
        """What has been signed, in that order."""
        return list(PositionStatement.objects.filter(as_at=self.closes_on).select_related("post", "unit"))

    @property
    def unsigned(self) -> list[Post]:
        """Owners of assets at that day who have not signed."""
        signed = {each.post_id for each in self.statements if each.level == Level.OWNER}
        return list(Post.objects.filter(pk__in=set(self.by_owner) - signed).order_by("title"))

    @cached_property
    def children(self) -> dict[int | None, list[OrganisationalUnit]]:
        """The units under each unit, by its key; under None those at the top."""
        found: dict[int | None, list[OrganisationalUnit]] = {}
        for unit in self.units:
            found.setdefault(unit.parent_id, []).append(unit)
        return found


def last_closed() -> Position:
    """The position of the year that ended last."""
    now = today()
    return Position(now.year - (now <= date(now.year, 3, 31)))


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


def summed(codes: Sequence[str], parts: Mapping[Any, Confirmations]) -> Confirmations:
    """The figures of some units together."""
    return whole({code: parts[code] for code in codes if code in parts})
