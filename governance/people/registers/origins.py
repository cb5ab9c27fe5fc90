"""Rows of a file that are matched by the reference of an entry of another register, or within one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from governance.people.registers.columns import SheetColumn
from governance.people.registers.lookups import Lookup


class Origin(NamedTuple):
    """An entry of another register: the references of what is about it here, and what a new one says."""

    references: Sequence[str]
    fresh: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class KnownBy:
    """What other lists call entries: a row may say that in `column`, or where our reference would stand.

    The same word may mean one entry within each entry of another register, which the column of the name
    `within` says. `references` finds ours by the key of that entry and the word in small letters.
    """

    column: SheetColumn
    within: str
    references: Callable[[Collection[str]], Mapping[tuple[int, str], str]]


@dataclass(frozen=True, kw_only=True)
class FoundBy:
    """How rows that name an entry of another register are matched: by `column`, with its reference there.

    `wanted` is the column in which a row says that there is to be an entry about it. `origins` finds what is
    about each of these references, and a new entry names it among its rows of `linked` (by `attname`); `noun`
    is what they are called.
    """

    register: str
    noun: str
    column: SheetColumn
    wanted: SheetColumn
    linked: str
    origins: Callable[[Collection[str]], Mapping[str, Origin]]


@dataclass(frozen=True, kw_only=True)
class Within:
    """A register whose entries have references that others gave them, each within an entry of another
    register alone: the recommendations of an audit.

    A file is of one such entry, which `column` names; a page `asks` for it, once for the whole file.
    `narrowed` gives what the sheet has for the entry of that key, in place of its own, and `wrong` says why a
    reference cannot be that of a new entry. `elsewhere` is said of a row that says of which version it was
    written, where there is no such entry.
    """

    column: Lookup
    asks: str
    narrowed: Callable[[int], Mapping[str, Any]]
    wrong: Callable[[str], str]
    elsewhere: str

    def chosen(self, for_new: Mapping[str, str]) -> int | None:
        """The key of the entry that a file is of; None as long as nobody has said it."""
        said = for_new.get(self.column.name, "")
        return int(said) if said else None
