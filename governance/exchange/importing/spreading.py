"""Cells that say what several columns hold: each value goes to its own column, as if the file had it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from governance.exchange.importing.cells import SKIP
from governance.people.registers.columns import SheetColumn
from governance.people.registers.sheet import Sheet
from governance.people.registers.spread import Spread, Understood

if TYPE_CHECKING:
    from governance.exchange.importing.checking import Check
    from governance.exchange.importing.outcome import Outcome

Headed = tuple[str, SheetColumn]


def spread(sheet: Sheet, columns: Sequence[Headed], values: dict[str, list[Any]]) -> list[Headed]:
    """The register's columns that the file sets, with the heading of each; `values` has those of all by then.

    A column of the file's own goes before what is understood of another.
    """
    own = [(heading, column) for heading, column in columns if column in sheet.own]
    known = {column.name for _, column in own}
    for heading, each in spreads_of(columns):
        for name in each.sets:
            found = [value_for(name, cell) for cell in values[each.name]]
            before = values.get(name, [SKIP] * len(found))
            values[name] = [new if old is SKIP else old for old, new in zip(before, found, strict=True)]
            if name not in known:
                own.append((heading, sheet.column(name)))
                known.add(name)
    return own


def spreads_of(columns: Sequence[Headed]) -> list[tuple[str, Spread]]:
    """Those columns whose cells say what several others hold."""
    return [(heading, column) for heading, column in columns if isinstance(column, Spread)]


def value_for(name: str, cell: Any) -> Any:
    """What a cell says for a column; SKIP where it says nothing of it, or is wrong."""
    return cell.values.get(name, SKIP) if isinstance(cell, Understood) else SKIP


def understood(columns: Sequence[Headed], values: Mapping[str, Sequence[Any]], place: int) -> list[str]:
    """How the cells of a row were read, in sentences."""
    cells = (values[column.name][place] for _, column in spreads_of(columns))
    return [cell.said for cell in cells if isinstance(cell, Understood) and cell.said]


def decide(checked: Check, found: Outcome, place: int) -> None:
    """Make words left to judgement a conflict where the entry has a value that does not say the same.

    To let the file count is to have the words in place of the value.
    """
    assert found.entry is not None
    for _, column in spreads_of(checked.columns):
        cell = checked.values[column.name][place]
        if not column.over or not is_open(cell):
            continue
        over = checked.sheet.column(column.over).attname
        words = {checked.sheet.column(name).attname for name in cell.values} & found.patch.keys()
        if words and over not in found.patch and found.entry[over] not in (None, *cell.agrees):
            found.contested |= {name: found.patch.pop(name) for name in sorted(words)} | {over: None}


def may_be(value: Any) -> Sequence[str]:
    """The options that a cell which was left to judgement may be."""
    return value.near if isinstance(value, Understood) else ()


def is_open(value: Any) -> bool:
    """Was what a cell says left to judgement?"""
    return isinstance(value, Understood) and value.is_open
