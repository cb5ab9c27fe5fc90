"""What a council's CSV files are made of, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHOWN = 20  # problems printed at once: more than a page of them helps nobody
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. Row 1 is the row of headings, as a spreadsheet counts."""

    file: str
    text: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        place = [self.file]
        place += [f"row {self.row}"] if self.row else []
        place += [f"column “{self.column}”"] if self.column else []
        return f"{', '.join(place)}: {self.text}"


class BrokenFilesError(Exception):
    """The files cannot be brought in, and nothing of them was. `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        more = len(problems) - SHOWN
        lines = [str(problem) for problem in problems[:SHOWN]]
        lines += [f"... and {more} more."] if more > 0 else []
        super().__init__("\n".join([*lines, "Nothing was loaded."]))


@dataclass(frozen=True)
class Row:
    """One row of a file: what its cells mean. A cell that could not be read is left out."""

    file: str
    number: int
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def key(self, columns: Iterable[str]) -> tuple[Any, ...]:
        """The cells of several columns, to look something up by."""
        return tuple(self.cells.get(column) for column in columns)

    def problem(self, column: str, text: str) -> Problem:
        """Something wrong with one cell of this row."""
        return Problem(self.file, text, self.number, column)


@dataclass(frozen=True)
class Column:
    """A column: what a cell means. `read` raises ValueError with the sentence to show.

    `note` tells the person who fills it in; `empty` is what an empty cell means where it may be empty.
    """

    name: str
    read: Callable[[str], Any] = str
    required: bool = True
    empty: Any = None
    note: str = ""

    def value(self, cell: str) -> Any:
        """What the cell means. Raises ValueError, in words, if it cannot mean anything."""
        if UNREADABLE in cell:
            raise ValueError("This is not written in UTF-8. Save the file as “CSV UTF-8”.")
        if "\x00" in cell:
            raise ValueError("This holds a character that cannot be stored.")
        if not cell and self.required:
            raise ValueError("This is empty, but has to be filled in.")
        return self.read(cell) if cell else self.empty


@dataclass(frozen=True)
class Refers:
    """Cells of a row name a row of another file. A last cell that is a tuple names several."""

    columns: tuple[str, ...]
    file: str
    keys: tuple[str, ...]


def to(file: str, key: str, *columns: str) -> tuple[Refers, ...]:
    """Columns that each name a row of that file."""
    return tuple(Refers((column,), file, (key,)) for column in columns)


@dataclass(frozen=True)
class Table:
    """A file: its columns, what may be there only once, what it refers to, and checks (column, sentence)."""

    file: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    refers: tuple[Refers, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass
class Files:
    """The rows of every file that is there, and what was found wrong so far.

    `standing` holds what a council has already, as rows of number 0: to be pointed at, not to be brought in.
    """

    folder: Path
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    standing: dict[str, list[Row]] = field(default_factory=dict)
    _indexes: dict[tuple[str, ...], dict[tuple[Any, ...], Row]] = field(default_factory=dict)

    def __getitem__(self, file: str) -> list[Row]:
        return self.rows.get(file, [])

    def known(self, file: str) -> list[Row]:
        """What a row may point at: what stands already, then the rows of the file."""
        return [*self.standing.get(file, []), *self[file]]

    def find(self, file: str, **cells: Any) -> Row | None:
        """The first row with these cells, of what stands already or of the file."""
        index = self._indexes.get((file, *cells))
        if index is None:
            index = self._indexes[(file, *cells)] = {}
            for row in self.known(file):
                index.setdefault(row.key(cells), row)
        return index.get(tuple(cells.values()))

    def stop_if_broken(self) -> None:
        """Raises BrokenFilesError with everything found."""
        if self.problems:
            raise BrokenFilesError(self.problems)


Check = Callable[[Row, Files], Iterator[tuple[str, str]]]
