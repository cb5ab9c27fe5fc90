"""Columns that say one of a few words that the law or the code fixes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from governance.people.registers.columns import Named, Option, Read, Refuse, SheetColumn, allow
from governance.people.registers.finding import finder, folded


@dataclass(frozen=True, kw_only=True)
class Choice(SheetColumn):
    """One of a few words that the law or the code fixes.

    `open_to_files`: the codes that a file may set; the others are reached on a page only (nobody disposes of
    an asset by a spreadsheet). Empty: all of them.
    """

    kind = "choice"
    choices: Sequence[tuple[str, Any]]
    open_to_files: Collection[str] = ()

    def reader(self, words: Collection[str] = ()) -> Read:
        """The code, found by code or by its words."""
        known = {folded(word): code for code, said in self.choices for word in (code, str(said))}
        return finder(known, [str(said) for _, said in self.choices])

    def options(self) -> Sequence[Option]:
        """Those that a file may set."""
        offered = self.open_to_files or [code for code, _ in self.choices]
        return [Option(code, str(said)) for code, said in self.choices if code in offered]

    def named(self) -> Named:
        """The words."""
        return Named({code: str(words) for code, words in self.choices})

    def refuser(self) -> Refuse:
        """Refuses what is reached on a page only."""
        closed = {code: str(said) for code, said in self.choices if code not in self.open_to_files}
        if not self.open_to_files:
            return allow
        return lambda value: (
            f"“{closed[value]}” cannot be set by a file, only on its page" if value in closed else ""
        )
