"""Which part of the council a dashboard is of: only what its reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Value
from django.db.models.functions import Coalesce

from assets.models import READERS, UNIT_READERS
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit
from governance.people.registers.versions import instant_of, then

if TYPE_CHECKING:
    from governance.dashboards.board.variants import Variant
    from governance.people.models import User

NOWHERE = Value(0)  # above what is at the top
DEEPER = "– "


class Unit(NamedTuple):
    """A unit with its place in the structure."""

    pk: int
    code: str
    name: str
    parent: int | None


@dataclass(frozen=True)
class Tree:
    """Units of one day, as far as somebody may see them."""

    units: dict[int, Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str, str, int | None]]) -> Tree:
        """The tree of rows of key, code, name and the key of the unit above."""
        return cls({row[0]: Unit(*row) for row in rows})

    def under(self, parent: int | None) -> list[Unit]:
        """The units directly below one, by name. Those whose own head is not in the tree are at the top."""
        found = [
            unit
            for unit in self.units.values()
            if (unit.parent if unit.parent in self.units else None) == parent
        ]
        return sorted(found, key=lambda unit: unit.name)

    def walk(self, parent: int | None = None, depth: int = 0) -> Iterator[tuple[int, Unit]]:
        """Every unit with how deep it lies, each followed by those below it."""
        for unit in self.under(parent):
            yield depth, unit
            yield from self.walk(unit.pk, depth + 1)

    def codes(self, head: str) -> tuple[str, ...]:
        """The code of a unit and those of all below it; none where it is not in the tree."""
        for unit in self.units.values():
            if unit.code == head:
                return (head, *(each.code for _, each in self.walk(unit.pk)))
        return ()

    def choices(self) -> list[tuple[str, str]]:
        """Codes and names for a field to choose from, set in under the unit above."""
        return [(unit.code, f"{DEEPER * depth}{unit.name}") for depth, unit in self.walk()]


def tree_for(person: User, variant: Variant, moment: Moment) -> Tree:
    """The units that a dashboard may be of: all, or those that this person reads today.

    Each lies under the unit that was above it at the moment, as far as the structure was recorded by then.
    """
    units = OrganisationalUnit.objects.order_by()
    if not variant.whole:
        units = units.filter(pk__in=person.units(*READERS, *UNIT_READERS))
    above = then(OrganisationalUnit, Coalesce("parent_id", NOWHERE), "pk", instant_of(moment))
    return Tree.of(units.values_list("pk", "code", "name", Coalesce(above, "parent_id")))


def scope_of(tree: Tree, chosen: str, variant: Variant) -> Scope:
    """What is counted: the unit chosen with all below it, or everything that the dashboard is of."""
    if chosen:
        return Scope(units=tuple(sorted(tree.codes(chosen))))
    return Scope() if variant.whole else Scope(units=tuple(sorted(unit.code for unit in tree.units.values())))


def parts_of(tree: Tree, chosen: str) -> list[tuple[str, tuple[str, ...]]]:
    """The units directly below the one chosen (or the top ones), by name, each with the codes of all below
    it; the one chosen itself last, for what it holds beside them."""
    head = next((unit for unit in tree.units.values() if unit.code == chosen), None)
    below = [(unit.name, tree.codes(unit.code)) for unit in tree.under(head.pk if head else None)]
    return [*below, (f"{head.name} itself", (head.code,))] if head and below else below
