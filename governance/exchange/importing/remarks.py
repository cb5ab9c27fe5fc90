"""What an officer looks at before a checked file is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.exchange.importing.cells import words
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
        named = {words(cell) for cell in cells if not is_blank(cell) and "\x00" not in words(cell)}
        if found := column.proposals({word for word in named if folded(word) not in said}):
            read[heading] = dict(sorted(found.items()))
    return read
