"""Rows of a file that are matched by the reference of an entry of another register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from governance.people.registers.columns import SheetColumn


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
