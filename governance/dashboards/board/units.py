"""Which part of the council a dashboard is of: only what its reader may see."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from assets.models import READERS, UNIT_READERS
from governance.figures.moment import Moment, Scope
from governance.people.registers.structure import said_below, structure_at

if TYPE_CHECKING:
    from governance.dashboards.board.variants import Variant
    from governance.people.models import User

DEEPER = "– "


class Unit(NamedTuple):
    """A unit with its place in the structure."""

    pk: int
    code: str
    name: str
    parent: int | None


@dataclass(frozen=True)
class Tree:
    """Units of one day, as far as somebody may see them; `whole` is the tree of all, where that is more."""

    units: dict[int, Unit] = field(default_factory=dict)
    whole: Tree | None = None

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str, str, int | None]], seen: Container[int] | None = None) -> Tree:
        """The tree of rows of key, code, name and the key of the unit above; of those alone that are seen."""
        every = cls({row[0]: Unit(*row) for row in rows})
        if seen is None:
            return every
        return cls({pk: unit for pk, unit in every.units.items() if pk in seen}, every)

    @cached_property
    def _below(self) -> dict[int | None, list[Unit]]:
        found: dict[int | None, list[Unit]] = {}
        for unit in sorted(self.units.values(), key=lambda each: each.name):
            found.setdefault(unit.parent if unit.parent in self.units else None, []).append(unit)
        return found

    @cached_property
    def _by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units.values()}

    def under(self, parent: int | None) -> list[Unit]:
        """The units directly below one, by name. Those whose own head is not in the tree are at the top."""
        return self._below.get(parent, [])

    def head(self, code: str) -> Unit | None:
        """The unit of a code, if it is in the tree."""
        return self._by_code.get(code)

    def walk(self, parent: int | None = None, depth: int = 0) -> Iterator[tuple[int, Unit]]:
        """Every unit with how deep it lies, each followed by those below it."""
        for unit in self.under(parent):
            yield depth, unit
            yield from self.walk(unit.pk, depth + 1)

    def codes(self, head: str) -> tuple[str, ...]:
        """The code of a unit and those of all below it; none where it is not in the tree."""
        unit = self.head(head)
        return (head, *(each.code for _, each in self.walk(unit.pk))) if unit else ()

    def scope(self, codes: Iterable[str], moment: Moment) -> Scope:
        """These units, said by the fewest: one of which all is counted that lies below it stands for it."""
        counted = tuple(sorted(codes))
        wanted, every = set(counted), self.whole or self

        def say(unit: Unit) -> tuple[bool, list[tuple[str, str]]]:
            below = [say(each) for each in every.under(unit.pk)]
            if unit.code in wanted and all(covered for covered, _ in below):
                return True, [said_below(unit.code, moment) if below else ("units", unit.code)]
            own = [("units", unit.code)] if unit.code in wanted else []
            return False, [*own, *(pair for _, said in below for pair in said)]

        said = [pair for unit in every.under(None) for pair in say(unit)[1]]
        return Scope(units=counted, said=tuple(said))

    def choices(self) -> list[tuple[str, str]]:
        """Codes and names for a field to choose from, set in under the unit above."""
        return [(unit.code, f"{DEEPER * depth}{unit.name}") for depth, unit in self.walk()]


def tree_for(person: User, variant: Variant, moment: Moment) -> Tree:
    """The units that a dashboard may be of: all, or those that this person reads today.

    Each lies under the unit that was above it at the moment, as far as the structure was recorded by then.
    """
    seen = None if variant.whole else person.units(*READERS, *UNIT_READERS)
    return Tree.of(structure_at(moment), seen)


def scope_of(tree: Tree, chosen: str, variant: Variant, moment: Moment) -> Scope:
    """What is counted: the unit chosen with all below it, or everything that the dashboard is of."""
    if chosen:
        return tree.scope(tree.codes(chosen), moment)
    return Scope() if variant.whole else tree.scope((unit.code for unit in tree.units.values()), moment)


def parts_of(tree: Tree, chosen: str) -> list[tuple[str, tuple[str, ...]]]:
    """The units directly below the one chosen (or the top ones), by name, each with the codes of all below
    it; the one chosen itself last, for what it holds beside them."""
    head = tree.head(chosen)
    below = [(unit.name, tree.codes(unit.code)) for unit in tree.under(head.pk if head else None)]
    return [*below, (f"{head.name} itself", (head.code,))] if head and below else below
