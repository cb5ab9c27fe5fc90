"""Rows that the database spells as the file has them, so that here no cell is touched: only lines go through.

A register of a hundred thousand rows and fifty columns is five million cells. Postgres writes each line by
one statement (COPY), and this process only takes the lines and sends them on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from governance.people.registers.columns import Named

LINES = 1_000  # handed on at a time


@dataclass(frozen=True)
class Outgoing:
    """A column on its way out: its heading, the lookup from a row, and of what kind its values are.

    `named` is what they are called, where they are not written as they are; `reckon` what the database makes
    the value of, where nothing is found under the path.
    """

    heading: str
    path: str
    kind: str = "text"
    named: Named | None = None
    reckon: Any = None

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        """The cells of some values. Each value that occurs is written once."""
        if self.named is None:
            return values
        written = {value: self.named.of(value) for value in set(values)}
        return [written[value] for value in values]


@dataclass(frozen=True)
class Spelling:
    """How a kind of file spells cells: `text`, `number` and `day` make an expression of one, `word` a word.

    `line` makes the columns of COPY of the expressions of all cells, and `form` is how it hands them over.
    Expressions are written by us: whatever was typed is a value of a row, or a parameter.
    """

    text: Callable[[str], str]
    number: Callable[[str], str]
    day: Callable[[str], str]
    word: Callable[[str], str]
    line: Callable[[Sequence[str]], str]
    form: str

    def cell(self, column: Outgoing, value: str) -> tuple[str, list[str]]:
        """The expression of a cell, and its parameters."""
        if column.named is not None:
            return self.called(column.named, value)
        spell = {"number": self.number, "date": self.day}.get(column.kind, self.text)
        return spell(value), []

    def called(self, named: Named, value: str) -> tuple[str, list[str]]:
        """The same where values have names."""
        words = {key: self.word(word) for key, word in named.words.items() if key is not None}
        unsaid = self.word(named.words.get(None, ""))
        if words and all(isinstance(key, bool) for key in words):
            answers = [words.get(True, ""), words.get(False, ""), unsaid]
            return f"nullif(CASE {value} WHEN true THEN %s WHEN false THEN %s ELSE %s END, '')", answers
        itself = self.text(f"('{named.before}' || {value}::text)")
        called = f"coalesce(%s::jsonb ->> {value}::text, {itself})"
        return f"nullif(CASE WHEN {value} IS NULL THEN %s ELSE {called} END, '')", [unsaid, json.dumps(words)]


@dataclass(frozen=True)
class Rows:
    """Rows of a register that are still in the database, and the columns to be written of them."""

    found: QuerySet[Any]
    columns: Sequence[Outgoing]

    def lines(self, spelling: Spelling) -> Iterator[list[bytes]]:
        """The lines of the file, some at a time, as the database finds them."""
        try:
            statement, params = self.statement(spelling)
        except EmptyResultSet:
            return
        with connection.cursor() as cursor, cursor.copy(cursor.mogrify(statement, params)) as copy:
            while some := list(islice(copy, LINES)):
                yield some

    def statement(self, spelling: Spelling) -> tuple[str, list[Any]]:
        """The statement that writes them, and its parameters. Raises EmptyResultSet where there are none."""
        places = {path: f"r.c{place}" for place, path in enumerate(dict.fromkeys(self.paths))}
        reckoned = {column.path: column.reckon for column in self.columns if column.reckon is not None}
        query = self.found.annotate(**reckoned).values_list(*places).query
        inner, inner_params = query.get_compiler(connection=connection).as_sql()
        cells = [spelling.cell(column, places[column.path]) for column in self.columns]
        line = spelling.line([cell for cell, _ in cells])
        names = ", ".join(f"c{place}" for place in range(len(places)))
        params = [each for _, own in cells for each in own]
        return f"COPY (SELECT {line} FROM ({inner}) r({names})) TO STDOUT {spelling.form}", [  # noqa: S608
            *params,
            *inner_params,
        ]

    @property
    def paths(self) -> list[str]:
        """What is read of each row."""
        return [column.path for column in self.columns]
