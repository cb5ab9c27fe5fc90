"""Rows that call an entry as another list does, such as the auditor's: each is about the entry called so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from governance.exchange.importing.cells import words
from governance.people.registers.several import parts

if TYPE_CHECKING:
    from governance.exchange.importing.checking import Check


def called_otherwise(checked: Check, given: Sequence[str]) -> list[str]:
    """Our reference of the entry that each row calls otherwise; "" for other rows, and where it could be
    several. `given` are the references that stand in the rows. One query, where any is asked."""
    known, entries = checked.sheet.known_by, checked.standing.entries
    if known is None:
        return [""] * len(given)
    cells = checked.values.get(known.column.name, [""] * len(given))
    said = [
        [] if each in entries else [each.lower()] if each else split(cell)
        for each, cell in zip(given, cells, strict=True)
    ]
    asked = {word for each in said for word in each}
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for (within, word), reference in known.references(asked).items() if asked else ():
        found[word][within] = reference
    return [meant(each, found, within_of(checked, place)) for place, each in enumerate(said)]


def split(cell: object) -> list[str]:
    """The references in a cell of several, in small letters."""
    return [each.lower() for each in parts(words(cell))] if isinstance(cell, str) else []


def within_of(checked: Check, place: int) -> int | None:
    """The key of the entry of another register that the row names, or that was chosen for the whole file."""
    known = checked.sheet.known_by
    assert known is not None
    value = checked.values.get(known.within, {place: None})[place]
    chosen = checked.for_new.get(checked.sheet.column(known.within).attname)
    return value if isinstance(value, int) else chosen


def meant(said: Sequence[str], found: Mapping[str, Mapping[int, str]], within: int | None) -> str:
    """The one entry that these words mean there; "" for none, or for several."""
    ours = {
        reference
        for word in said
        for of, reference in found.get(word, {}).items()
        if within is None or of == within
    }
    return ours.pop() if len(ours) == 1 else ""
