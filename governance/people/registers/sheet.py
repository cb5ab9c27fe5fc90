"""What a register offers to files: its columns, and the rules of an entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db import models

from governance.people.registers.cells import Cell, CellError
from governance.people.registers.choices import Choice
from governance.people.registers.columns import Address, Day, Number, SheetColumn, Text, YesNo
from governance.people.registers.derived import WHY_IGNORED, Derived
from governance.people.registers.facts import Facts
from governance.people.registers.finding import folded
from governance.people.registers.lookups import Lookup
from governance.people.registers.origins import FoundBy, KnownBy, Origin, Within
from governance.people.registers.several import Several, Written
from governance.people.registers.spread import Spread, Understood

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

__all__ = [
    "Address",
    "Cell",
    "CellError",
    "Choice",
    "Day",
    "Derived",
    "Facts",
    "FoundBy",
    "KnownBy",
    "Lookup",
    "Number",
    "Origin",
    "Rule",
    "Several",
    "Sheet",
    "SheetColumn",
    "Spread",
    "Text",
    "Understood",
    "Within",
    "YesNo",
]
Values = Mapping[str, Any]
# Told the values of an entry before and after: the column and the sentence for each step that is not allowed.
Watch = Callable[[Values, Values], Iterable[tuple[str, str]]]


REFERENCE = Text(
    name="reference",
    heading="Reference",
    aliases=("Ref", "ID", "Asset ID", "Asset reference", "Reference number", "Ref no"),
    help="By which a row is matched with an entry",
)
VERSION = Number(
    name="version",
    heading="Version",
    help="Written by Custodian's own files: by it a conflict is seen",
    highest=2**63 - 1,
)
WRITTEN = Written(
    name="written",
    heading="Written at",
    help="Written by Custodian's own files: by it a conflict is seen in what an entry has several of",
)


# In a heading they speak of a day to come, not of what was done.
TO_COME = frozenset(("due", "next", "retention"))


@dataclass(frozen=True)
class Rule:
    """What must be true of a whole entry, as the database will check it: `constraint` is its name there.

    `broken` takes the values by `attname` and answers whether the rule is broken; `column` is the name of the
    column that the sentence is about.
    """

    constraint: str
    column: str
    sentence: str
    broken: Callable[[Values], bool]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A register as a file: what it is called, its columns, and the rules of an entry.

    Files may carry more columns than `columns`: the reference, by which a row is matched with an entry, the
    version that stood when the file was written, by which a conflict is seen, and `several`.
    """

    key: str
    model: type[models.Model]
    noun: str
    plural: str
    columns: Sequence[SheetColumn]
    # The columns under headings, where there are many to choose from.
    sections: Mapping[str, Sequence[SheetColumn]] = field(default_factory=dict)
    # What files of councils say that comes in by none: why, by words that stand in such headings.
    not_taken: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # What an entry has several of, in one cell each; rows of tables of their own.
    several: Sequence[Several] = ()
    # What is recorded beside an entry, from several cells of a row each.
    facts: Facts | None = None
    # What files of councils say in a column of their own, that comes in by several of these; it never leaves.
    spreads: Sequence[Spread] = ()
    # Columns that leave after the others, and come back as cells of `facts` or not at all; `told` finds what
    # they read for the rows that a person gets.
    derived: Sequence[Derived] = ()
    # Where what stands in those is given instead: said of each file that has them.
    given_on: str = ""
    told: Callable[[models.QuerySet[Any], Moment, User], models.QuerySet[Any]] | None = None
    rules: Sequence[Rule] = ()
    # What is allowed depends on where an entry stands, or on other records about it: asked once for the keys
    # of all entries that change in one of `watched` (by `attname`).
    watch: Callable[[Collection[int]], Watch] | None = None
    watched: Collection[str] = ()
    # The permission that a person needs to bring files into this register at all, and for an entry, to
    # change it by a file.
    bring_in: str = ""
    permission: str
    # The values by `attname` that the permission looks at: it is asked once for those that agree in them.
    permission_on: Sequence[str] = ()
    # Gives references for so many new entries, under a lock to the end of the transaction. None for a
    # register that only leaves, since files bring nothing into it, and for one with references of others.
    references: Callable[[int], Sequence[str]] | None = None
    # How many of some changes make an entry public at once: each with its values before, none for a new one,
    # and the values that change; and the columns on which that hangs.
    opening: Callable[[Iterable[tuple[Values, Values]]], int] | None = None
    opening_on: Collection[str] = ()
    # Which entries files are about, where it is not all of them.
    among: models.Q = field(default_factory=models.Q)
    # What a new entry that should never have come in is turned into, by `attname`.
    withdrawn: Callable[[], Mapping[str, Any]] = dict
    # What is said of a new entry that a file brought, once the file is undone.
    undone: str = "withdrawn"
    # Are those of a file that is undone taken off again, which the history keeps, instead of turned into it?
    taken_off: bool = False
    # The values by `attname` of entries that are over, which no undo of a file brings back.
    over: Mapping[str, Collection[Any]] = field(default_factory=dict)
    reference: SheetColumn = REFERENCE
    version: SheetColumn = VERSION
    written: SheetColumn = WRITTEN
    # Another register's reference, by which a row may be matched instead of by its own.
    found_by: FoundBy | None = None
    # What other lists call its entries, by which a row may be matched that has no reference of ours.
    known_by: KnownBy | None = None
    # The entry of another register within which alone references mean something: a file is of one such.
    within: Within | None = None
    # The column by whose words a row is called on pages.
    titled: str = "title"

    @property
    def all_columns(self) -> Sequence[SheetColumn]:
        """Those that are about the row, the register's own, and those that come in by several of these."""
        return (*self.keys, *self.own, *self.spreads, *self.fact_cells)

    @property
    def keys(self) -> Sequence[SheetColumn]:
        """Reference and version, by which a row comes back; and when it was written, where that counts.

        Or the reference of an entry of another register.
        """
        other = [self.found_by.column, self.found_by.wanted] if self.found_by else []
        return (self.reference, self.version, *([self.written] if self.several or self.facts else []), *other)

    @property
    def own(self) -> Sequence[SheetColumn]:
        """The columns that files may set."""
        return (*self.columns, *self.several)

    @property
    def said_once(self) -> Sequence[SheetColumn]:
        """The columns of which a word may be chosen for all new rows of a file."""
        return (*self.columns, *([self.within.column] if self.within else []))

    @property
    def fact_cells(self) -> Sequence[SheetColumn]:
        """The columns of which facts are made."""
        return self.facts.cells if self.facts else ()

    @property
    def told_of(self) -> Sequence[SheetColumn]:
        """What a row of a file may change: values of an entry, and facts beside it."""
        return (*self.own, *(self.facts.columns if self.facts else ()))

    @property
    def only_out(self) -> Sequence[Derived]:
        """The columns that leave and never come back."""
        read = {folded(column.heading) for column in self.fact_cells}
        return [column for column in self.derived if folded(column.heading) not in read]

    def column(self, name: str) -> SheetColumn:
        """The column of that name. Raises KeyError."""
        return {column.name: column for column in self.all_columns}[name]

    def why_not(self, heading: str) -> str:
        """Why a column with this heading is taken by no file; "" for any other."""
        said = f" {folded(heading)} "
        if TO_COME.intersection(said.split()):
            return ""
        return next(
            (why for why, words in self.not_taken.items() if any(f" {each} " in said for each in words)), ""
        )

    def heading_of(self, name: str) -> str:
        """The heading of a column, also of one that only leaves. Raises KeyError."""
        own = {column.name: column.heading for column in self.all_columns}
        return (own | {column.name: column.heading for column in self.derived})[name]

    def left_out(self, headings: Iterable[str]) -> dict[str, str]:
        """Why each of these headings is left out, where it is that of a column that only leaves."""
        only_out = {folded(column.heading) for column in self.only_out}
        return {heading: WHY_IGNORED for heading in headings if folded(heading) in only_out}

    def of(self, for_new: Mapping[str, str]) -> Sheet:
        """The sheet of a file: where references mean something within an entry of another register alone, of
        the entry that was chosen; else itself, as also where none was chosen yet."""
        key = self.within.chosen(for_new) if self.within else None
        if self.within is None or key is None:
            return self
        among = self.among & models.Q(**{self.within.column.attname: key})
        return replace(self, among=among, **self.within.narrowed(key))

    def is_over(self, values: Mapping[str, Any]) -> bool:
        """Is an entry of these values over, so that it stays as it is?"""
        return any(values[name] in over for name, over in self.over.items())

    def visible_to(self, person: User) -> models.QuerySet[Any]:
        """The entries that this person may open, of those that files are about."""
        found: models.QuerySet[Any] = self.model._default_manager.visible_to(person)  # type: ignore[attr-defined]
        return found.filter(self.among)


SHEETS: dict[str, Sheet] = {}


def offer(sheet: Sheet) -> Sheet:
    """Make a register known to files that come in. Raises ValueError for one that only leaves."""
    if (sheet.references is None and sheet.within is None) or not sheet.bring_in:
        raise ValueError(f"Nothing gives new entries of {sheet.key} their references, or lets files in")
    if sheet.key in SHEETS:
        raise ValueError(f"{sheet.key} is offered twice")
    SHEETS[sheet.key] = sheet
    return sheet
