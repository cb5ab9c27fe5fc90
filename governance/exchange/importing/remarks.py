"""What is told of a checked file beside its rows, and of rows beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from governance.exchange.importing.cells import different, words
from governance.people.registers.cells import is_blank
from governance.people.registers.finding import folded

if TYPE_CHECKING:
    from governance.exchange.importing.checking import Check


def read_as(checked: Check) -> dict[str, dict[str, str]]:
    """The old words of each heading with what they are read as."""
    read = {}
    for heading, column in checked.columns:
        cells, said = (
            checked.table.column(checked.table.headings.index(heading)),
            checked.said.get(column.name, {}),
        )
        named = {words(cell) for cell in different(cells) if not is_blank(cell) and "\x00" not in words(cell)}
        if found := column.proposals({word for word in named if folded(word) not in said}):
            read[heading] = dict(sorted(found.items()))
    return read


def also_in(rows: Sequence[int], own: int, most: int = 5) -> str:
    """The other rows with the reference of this one, the first few by number: there may be 20,000."""
    others = [str(number) for number in islice((number for number in rows if number != own), most)]
    more = len(rows) - 1 - most
    last = f"{more:,} more" if more > 0 else others.pop()
    named = f"{', '.join(others)} and {last}" if others else last
    return f"The same reference stands in row{'s' * (len(rows) > 2)} {named} too"
