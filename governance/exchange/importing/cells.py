"""The cells of a file, read column by column into values of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from governance.core.formulas import TOO_LONG
from governance.people.registers.cells import Cell, CellError, as_text, is_blank
from governance.people.registers.columns import SheetColumn
from governance.people.registers.finding import folded
from governance.people.registers.sheet import Sheet

SKIP = object()  # a blank cell that says nothing


class Fault(NamedTuple):
    """What is wrong with a cell."""

    heading: str
    cell: str
    sentence: str


def read_column(
    column: SheetColumn, heading: str, cells: Sequence[Cell], said: Mapping[str, Any], *, blank_counts: bool
) -> list[Any]:
    """The value of each cell: SKIP for one that says nothing, a Fault for one that cannot be read.

    `said` is what words mean that somebody matched for the source, before what the register makes of them.
    """
    known = different(cells)
    named = {words(cell) for cell in known if not is_blank(cell)} if column.reads_by_words else ()
    read = column.reader(named)
    blank = blank_value(column, heading) if blank_counts else SKIP
    seen: dict[Any, Any] = {kept_by(cell): blank if is_blank(cell) else value_of(read, heading, cell, said)
                            for cell in known}  # fmt: skip
    if TOO_LONG in seen:
        seen[TOO_LONG] = SKIP
    return [seen[cell] for cell in cells] if are_texts(known) else [seen[kept_by(cell)] for cell in cells]


def different(cells: Sequence[Cell]) -> list[Cell]:
    """The different cells, in the order in which they first occur."""
    return list(
        dict.fromkeys(cells) if are_texts(cells) else {kept_by(cell): cell for cell in cells}.values()
    )


def are_texts(cells: Sequence[Cell]) -> bool:
    """Are they all texts, or nothing? So it is in CSV."""
    return set(map(type, cells)) <= {str, type(None)}


def kept_by(cell: Cell) -> Any:
    """What tells a cell from others: 1 and True are not the same."""
    return cell if isinstance(cell, str) or cell is None else (type(cell), cell)


def blank_value(column: SheetColumn, heading: str) -> Any:
    """What a blank cell means where blanks count."""
    return Fault(heading, "", "It is blank, and cannot be") if column.required else column.empty


def value_of(read: Any, heading: str, cell: Cell, said: Mapping[str, Any]) -> Any:
    """One cell as a value, or a Fault."""
    if said and (same := folded(words(cell))) in said:
        return said[same]
    try:
        return read(cell)
    except CellError as wrong:
        return Fault(heading, words(cell)[:200], str(wrong))


def words(cell: Cell) -> str:
    """The words of a cell, whatever is in it."""
    return cell if isinstance(cell, str) else as_text(cell)


def key_of(value: Any) -> str:
    """A value of an option as it is kept and posted."""
    return str(value)


def values_for_new(sheet: Sheet, chosen: Mapping[str, str]) -> dict[str, Any]:
    """What new rows say where the file does not, by the name of the database column.

    `chosen` are keys of options by column; one that is no longer offered says nothing.
    """
    found = {}
    for column in (each for each in sheet.said_once if chosen.get(each.name)):
        values = {key_of(option.value): option.value for option in column.options()}
        if chosen[column.name] in values:
            found[column.attname] = values[chosen[column.name]]
    return found


def differs(value: Any, other: Any) -> bool:
    """Are two values different? How the lines of a text end, and spaces around it, are no difference."""
    if value == other:
        return False
    return not (isinstance(value, str) and isinstance(other, str) and as_text(value) == as_text(other))


def short(text: str) -> str:
    """The beginning of a text, for a sentence that quotes it."""
    return text if len(text) <= 40 else f"{text[:40]}…"
