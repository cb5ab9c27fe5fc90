"""What a register offers to files: its columns, and the rules of an entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from governance.people.registers.cells import Cell, CellError
from governance.people.registers.choices import Choice
from governance.people.registers.columns import Address, Day, Number, SheetColumn, Text, YesNo
from governance.people.registers.finding import folded
from governance.people.registers.lookups import Lookup

if TYPE_CHECKING:
    from governance.people.models import User

__all__ = [
    "Address",
    "Cell",
    "CellError",
    "Choice",
    "Day",
    "Lookup",
    "Number",
    "Rule",
    "Sheet",
    "SheetColumn",
    "Text",
    "YesNo",
]


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


@dataclass(frozen=True)
class Rule:
    """What must be true of a whole entry, as the database will check it: `constraint` is its name there.

    `broken` takes the values by `attname` and answers whether the rule is broken; `column` is the name of the
    column that the sentence is about.
    """

    constraint: str
    column: str
    sentence: str
    broken: Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A register as a file: what it is called, its columns, and the rules of an entry.

    Files may carry two columns more than `columns`: the reference, by which a row is matched with an entry,
    and the version that stood when the file was written, by which a conflict is seen.
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
    rules: Sequence[Rule] = ()
    # The permission that a person needs for an entry, to change it by a file.
    permission: str
    # The values by `attname` that the permission looks at: it is asked once for those that agree in them.
    permission_on: Sequence[str] = ()
    # Gives references for so many new entries, under a lock to the end of the transaction. None for a
    # register that only leaves: files bring nothing into it.
    references: Callable[[int], Sequence[str]] | None = None
    # What a new entry that should never have come in is turned into.
    withdrawn: Mapping[str, Any] = field(default_factory=dict)
    # The values by `attname` of entries that are over, which no undo of a file brings back.
    over: Mapping[str, Collection[Any]] = field(default_factory=dict)
    reference: SheetColumn = REFERENCE
    version: SheetColumn = VERSION

    @property
    def all_columns(self) -> Sequence[SheetColumn]:
        """Reference and version first, then the register's own."""
        return (self.reference, self.version, *self.columns)

    def column(self, name: str) -> SheetColumn:
        """The column of that name. Raises KeyError."""
        return {column.name: column for column in self.all_columns}[name]

    def why_not(self, heading: str) -> str:
        """Why a column with this heading is taken by no file; "" for any other."""
        said = folded(heading)
        return next((why for why, words in self.not_taken.items() if any(each in said for each in words)), "")

    def is_over(self, values: Mapping[str, Any]) -> bool:
        """Is an entry of these values over, so that it stays as it is?"""
        return any(values[name] in over for name, over in self.over.items())

    def visible_to(self, person: User) -> models.QuerySet[Any]:
        """The entries that this person may open."""
        found: models.QuerySet[Any] = self.model._default_manager.visible_to(person)  # type: ignore[attr-defined]
        return found


SHEETS: dict[str, Sheet] = {}


def offer(sheet: Sheet) -> Sheet:
    """Make a register known to files that come in. Raises ValueError for one that only leaves."""
    if sheet.references is None:
        raise ValueError(f"Nothing gives new entries of {sheet.key} their references")
    if sheet.key in SHEETS:
        raise ValueError(f"{sheet.key} is offered twice")
    SHEETS[sheet.key] = sheet
    return sheet
