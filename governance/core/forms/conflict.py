"""What two people wrote into one entry at once, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """One field in which two people differ, in words; `before` is what both of them saw, None if unknown.

    `theirs_stands`: this person never touched it. `mine_stands`: the other never did. `chosen` is what was
    chosen, mine, theirs or both, if it is a text that they `may_join`; `missing` says that the choice was
    forgotten.
    """

    name: str
    label: str
    yours: str
    theirs: str
    theirs_stands: bool = False
    mine_stands: bool = False
    before: str | None = None
    chosen: str = ""
    missing: bool = False
    may_join: bool = False

    @property
    def to_choose(self) -> bool:
        """Did both change it, as far as is known?"""
        return not self.theirs_stands and not self.mine_stands


@dataclass(frozen=True)
class Conflict:
    """What somebody else wrote while the person was editing: who, when and why, and where you differ.

    `posted` is everything the person typed, to be posted again with the choices made. Nothing is to be
    chosen in `only_theirs`, fields that the person never touched, nor in `only_mine`, which the other never
    did. `about` names the entry; `first_seen` is the version both began with; `authors` are the keys of those
    who wrote the versions after it.
    """

    version: int | None
    who: str
    when: Any
    why: str
    differences: list[Difference]
    posted: list[tuple[str, str]]
    only_theirs: Sequence[Difference] = ()
    only_mine: Sequence[Difference] = ()
    about: str = ""
    first_seen: int | None = None
    authors: frozenset[int | None] = frozenset()

    @property
    def missing(self) -> list[Difference]:
        """The fields in which nothing was chosen, though it was asked."""
        return [each for each in self.differences if each.missing]
