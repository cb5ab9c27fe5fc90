"""How a batch is shown: what each row would change, in words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Any, NamedTuple

from governance.core.components import Change
from governance.core.formulas import guarded
from governance.core.together import ask_together
from governance.exchange.importing.words import AT_A_TIME, UnknownWord
from governance.exchange.models import OF_LEFT_OUT, BatchRow
from governance.people.registers.columns import Day, SheetColumn, Write
from governance.people.registers.finding import folded
from governance.people.registers.sheet import Lookup, Sheet


class Told(NamedTuple):
    """What is wrong: the heading that begins the sentence, the sentence, and for a word the page of words."""

    heading: str
    sentence: str
    words_page: int


@dataclass(frozen=True)
class Line:
    """A row of a file as the page of the check shows it."""

    row: BatchRow
    changes: Sequence[Change]
    contested: Sequence[Change] = field(default_factory=list)
    asked_on: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def faults(self) -> list[Told]:
        """What is wrong, and for a word that can be matched, where it is asked for."""
        return [
            Told(headed(heading), sentence, self.asked_on.get((heading, folded(cell)), 0))
            for heading, cell, sentence in self.row.faults
        ]


def lines(rows: Iterable[BatchRow], sheet: Sheet, words: Sequence[UnknownWord] = ()) -> list[Line]:
    """The rows in words. What has to be looked up is looked up once for each column that occurs.

    `words` are those of the file that the register does not know.
    """
    held = list(rows)
    asked = {(each.heading, folded(each.word)): 1 + place // AT_A_TIME for place, each in enumerate(words)}
    named = {name for row in held for name in (*row.patch, *row.contested)}
    columns = {column.attname: column for column in sheet.told_of if column.attname in named}
    say = sayers(columns, held)
    return [Line(row, changes(row, row.patch, say), changes(row, row.contested, say), asked) for row in held]


def sayers(columns: Mapping[str, SheetColumn], rows: Sequence[BatchRow]) -> dict[str, tuple[str, Write]]:
    """The heading of each column and what says its values in words: lists are looked up in one query."""
    asked = {}
    for name, column in columns.items():
        if isinstance(column, Lookup):
            cells = (values.get(name) for row in rows for values in (row.before, row.patch, row.contested))
            asked[name] = column.asked({each for each in cells if each is not None})
    ask_together(asked.values())
    return {name: (each.heading, sayer(each, asked.get(name))) for name, each in columns.items()}


def sayer(column: SheetColumn, named: Any = None) -> Write:
    """What says a kept value of a column in words; kept dates are texts."""
    if isinstance(column, Lookup):
        return column.named_of(list(named)).of
    write = column.writer()
    return (lambda value: value and write(date.fromisoformat(value))) if isinstance(column, Day) else write


def changes(row: BatchRow, values: Mapping[str, Any], say: Mapping[str, tuple[str, Write]]) -> list[Change]:
    """Each value with the one before, in words; what a new entry begins with is said by its facts."""
    found = []
    for name, value in values.items():
        if name not in say:
            continue
        heading, write = say[name]
        before = "" if row.kind == BatchRow.Kind.NEW else write(row.before.get(name))
        found.append(Change(heading, before, write(value)))
    return found


def headed(heading: str) -> str:
    """A heading before a sentence: with a colon, unless it ends in a mark of its own ("What is it?")."""
    return heading if heading.endswith(("?", ":", "!", ".")) else f"{heading}:"


def left_out(headings: Sequence[str], rows: Iterable[BatchRow]) -> Iterator[bytes]:
    """The rows in error as CSV, as they came, with a column more that says why; formulas are guarded."""
    yield b"\xef\xbb\xbf" + line([*OF_LEFT_OUT, *headings])
    for row in rows:
        why = "; ".join(f"{headed(heading)} {said}" for heading, _, said in row.faults)
        yield line([why, str(row.number), *("" if cell is None else str(cell) for cell in row.cells)])


def line(cells: Sequence[str]) -> bytes:
    """One line of CSV."""
    text = StringIO(newline="")
    csv.writer(text).writerow([guarded(cell) for cell in cells])
    return text.getvalue().encode(errors="replace")
