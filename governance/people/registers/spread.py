"""Columns of a council's own files whose cells say what several columns of the register hold.

"6 years after closure" names a rule, or is left to judgement in a note; "Mosaic; Civic Centre, basement"
names a system and a place. Such a column only comes in: what it was understood as leaves in its own columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance.people.registers.cells import Cell, as_text
from governance.people.registers.columns import Option, Read, SheetColumn
from governance.people.registers.lookups import KeptAt


@dataclass(frozen=True)
class Understood:
    """What a cell says: values by the name of the column each is for, and a sentence on how it was read.

    `key` is by what it is known where an officer matches a word with it. `is_open`: it was left to judgement,
    so an officer is asked what it stands for, and told of the options in `near` that it may be; `agrees` are
    the values of the column `over` which say the same.
    """

    values: Mapping[str, Any]
    said: str = ""
    key: str = ""
    is_open: bool = False
    near: Sequence[str] = ()
    agrees: Sequence[Any] = ()

    def __str__(self) -> str:
        return self.key


NOTHING = Understood({})


@dataclass(frozen=True, kw_only=True)
class Spread(SheetColumn):
    """A column whose cells fill others, named by `sets`. Where a file has those too, they go before it.

    `finds` makes what understands a text; it raises CellError. `offers` are what a word may be matched with,
    each an Understood with a key. Words left to judgement contradict what an entry has in the column `over`.
    """

    kind = "spread"
    proposes = False
    sets: Sequence[str]
    finds: Callable[[], Callable[[str], Understood]]
    offers: Callable[[], Sequence[Option]]
    over: str = ""
    kept_at: KeptAt | None = None
    unmatched: str = "Not matched"

    def reader(self, words: object = ()) -> Read:
        """What understands a cell."""
        find = self.finds()

        def read(cell: Cell) -> Understood:
            return find(as_text(cell))

        return read

    def options(self) -> Sequence[Option]:
        """What a word may be matched with."""
        return self.offers()
