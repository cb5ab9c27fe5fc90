"""Guesses at what a column is: by the words in its heading, and by its values. They are shown as guesses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from governance.exchange.importing.cells import words
from governance.exchange.reading import Table
from governance.people.registers.cells import Cell, CellError, is_blank
from governance.people.registers.columns import Read, SheetColumn
from governance.people.registers.nearness import parts
from governance.people.registers.sheet import Sheet

LOOKED_AT = 500  # rows
ENOUGH = 0.8  # of the different values of a column have to be words of the list
# Headings that say too little beside another word: "Contact name" is no title, "Access to building" no rule.
VAGUE = frozenset(
    parts(
        "Access, asset, details, form, format, held, holds, ID, kept, link, name, place, ref, retention, "
        "state, status, type, URL, users"
    )
)
BY_HEADING, BY_VALUES = "a guess by a word of its heading", "a guess by its values"


class Guess(NamedTuple):
    """A column of the register, and by what it was guessed."""

    name: str
    why: str


def suppose(
    sheet: Sheet, headings: Iterable[str], known: Mapping[str, str], likely: Mapping[str, str]
) -> dict[str, Guess]:
    """A guess for each heading that is not known, if there is one; no column is given twice."""
    given = set(known.values())
    found: dict[str, Guess] = {}
    for heading in headings:
        if not heading or heading in known:
            continue
        guesses = [Guess(by_heading(sheet, heading), BY_HEADING), Guess(likely.get(heading, ""), BY_VALUES)]
        for guess in guesses:
            if guess.name and guess.name not in given:
                found[heading] = guess
                given.add(guess.name)
                break
    return found


def by_heading(sheet: Sheet, heading: str) -> str:
    """The column of which a whole name stands in the heading, the longest first; "" for none or several."""
    said = set(parts(heading))
    scores: dict[str, int] = {}
    for column in (*sheet.columns, *sheet.spreads):
        for name in (column.heading, *column.aliases):
            own = set(parts(name))
            if own and own <= said and not own <= VAGUE:
                scores[column.name] = max(scores.get(column.name, 0), sum(map(len, own)))
    best = [name for name, score in scores.items() if score == max(scores.values())]
    return best[0] if len(best) == 1 else ""


def likely(sheet: Sheet, table: Table) -> dict[str, str]:
    """For headings whose cells are nearly all words of one list, the column with that list.

    Of several columns with the same list (owner and custodian are both posts) it is the one that every entry
    needs; where there is none such, nothing is guessed.
    """
    lists = [
        (column, column.reader())
        for column in sheet.columns
        if column.kind in ("choice", "list") and column.options()
    ]
    found = {}
    for place, heading in enumerate(table.headings):
        values = different(table.column(place)[:LOOKED_AT])
        speaks_for = [column for column, read in lists if heading and reads(read, values)]
        if len(speaks_for) > 1:
            speaks_for = [column for column in speaks_for if column.required]
        if len(speaks_for) == 1:
            found[heading] = speaks_for[0].name
    return found


def different(cells: Sequence[Cell]) -> list[Cell]:
    """The different cells that are not blank."""
    return list({words(cell): cell for cell in cells if not is_blank(cell)}.values())


def reads(read: Read, values: Collection[Cell]) -> bool:
    """Can nearly all of these values be read?"""
    wrong = 0
    for value in values:
        try:
            read(value)
        except CellError:
            wrong += 1
        if wrong > (1 - ENOUGH) * len(values):
            return False
    return bool(values)


def named_columns(columns: Iterable[SheetColumn]) -> list[tuple[str, str]]:
    """Columns as a select offers them."""
    return [(column.name, column.heading) for column in columns]
