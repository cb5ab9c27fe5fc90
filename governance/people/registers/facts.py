"""What a file says of an entry in several cells that is recorded beside it as a fact, and never changed.

A score is such a fact: likelihood, impact and the reason together. A fact that differs from the one that
stands is recorded anew; one that was recorded by mistake is struck out, and the one before it stands again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from governance.people.registers.columns import Read, SheetColumn, Write

if TYPE_CHECKING:
    from governance.people.models import User

Fact = dict[str, Any]  # as batches keep it: `said` in words, `recorded` the key of its row once it has one
Standing = Mapping[str, Fact | None]  # by the `attname` of its column


@dataclass(frozen=True, kw_only=True)
class FactColumn(SheetColumn):
    """One kind of fact, as a check shows it: no cell of a file says it alone."""

    kind = "fact"

    def reader(self, words: Collection[str] = ()) -> Read:
        """A fact as it is."""
        return lambda cell: cell

    def writer(self) -> Write:
        """The words of a fact, and the reason where it is to be recorded."""

        def write(fact: Fact | None) -> str:
            if not fact:
                return ""
            reason = fact.get("reason")
            return f"{fact['said']}. Reason: {reason}" if reason else str(fact["said"])

        return write


class Said(NamedTuple):
    """What a row says: the values of its cells that are not blank, by column, and which cannot be read.

    `named` is the reference that the row itself gives, as it is written there.
    `columns` are those that the file has at all, `stands` is what stands now, and `stood` what did when the
    file was written. `origin` is the reason of what gives none. `entry` is the entry as the row would have
    it, by `attname`, facts aside; a new one has no `id` yet.
    """

    values: Mapping[str, Any]
    wrong: Collection[str]
    columns: Collection[str]
    stands: Standing
    stood: Standing
    origin: str
    entry: Mapping[str, Any]
    named: str = ""


@dataclass
class Understood:
    """What a row comes to: the facts that differ; what is wrong, as column and sentence; and remarks.

    `entered` are values with which a new entry begins, by the names of the database's columns.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    entered: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts that files bring about entries of a register, kept as rows of `models`.

    `columns` is a kind each, `cells` what a file may have of them, under the heading `title`. `finds` makes
    what reads a row for a person; `standing` and `before` tell what stands for entries, now and just before
    an instant. `every_new`: each new entry has some, also of a file without their cells. `beside` names those
    that others share: who changes them has not worked on the entry. `relied_on` tells of what stands why it
    is not taken back, where others have built upon it: sentences by entry and name.
    """

    title: str
    models: Sequence[Any]
    columns: Sequence[FactColumn]
    cells: Sequence[SheetColumn]
    finds: Callable[[User], Callable[[Said], Understood]]
    standing: Callable[[Collection[int]], Mapping[int, Standing]]
    before: Callable[[datetime, Collection[int]], Mapping[int, Standing]]
    every_new: bool = False
    beside: Collection[str] = ()
    relied_on: Callable[[Collection[int]], Mapping[int, Mapping[str, str]]] | None = None

    @property
    def names(self) -> list[str]:
        """The names by which batches keep them."""
        return [column.attname for column in self.columns]

    @property
    def own_names(self) -> list[str]:
        """The names of those that are of the entry itself."""
        return [name for name in self.names if name not in self.beside]

    def added_to(self, entries: Collection[dict[str, Any]]) -> None:
        """Let each entry hold what stands for it: one query."""
        found = self.standing([entry["id"] for entry in entries]) if entries else {}
        for entry in entries:
            entry |= {**dict.fromkeys(self.names), **found.get(entry["id"], {})}


class Wanted(NamedTuple):
    """A fact to be recorded of the entry of this key."""

    key: int
    name: str
    fact: Fact


class Struck(NamedTuple):
    """A fact that stands for the entry of this key, and what stood before: to be taken back."""

    key: int
    name: str
    fact: Fact
    before: Fact | None


class Recorder(NamedTuple):
    """How a register records facts, each by the same rules as its pages.

    `record` answers with the facts as they stand from then on, in the same order; `strike` lets the ones
    before stand again. Both raise StepError, with a sentence.
    """

    record: Callable[[Sequence[Wanted], User], Sequence[Fact]]
    strike: Callable[[Sequence[Struck], User, str], None]


RECORDERS: dict[str, Recorder] = {}  # by the key of the sheet: services are above what describes a register
