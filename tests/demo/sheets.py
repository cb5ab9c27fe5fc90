"""A council's files to spoil: the examples, written to a folder and changed by row and column."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection

from governance.demo.newcomer import start, write_examples
from governance.demo.shape import BrokenFilesError

ADMINISTRATOR = "systems.officer@council.example"


def examples(folder: Path) -> Path:
    """The example files, in that folder."""
    write_examples(folder)
    return folder


def change(folder: Path, file: str, row: int, /, **cells: str) -> None:
    """Put something else into some cells of a row, counted as a spreadsheet counts (1: the headings)."""
    lines = read(folder, file)
    for column, text in cells.items():
        lines[row - 1][lines[0].index(column)] = text
    write(folder, file, lines)


def append(folder: Path, file: str, *cells: str) -> None:
    """Add a row at the end."""
    write(folder, file, [*read(folder, file), list(cells)])


def read(folder: Path, file: str) -> list[list[str]]:
    """The cells of a file, headings first."""
    return list(csv.reader(StringIO((folder / file).read_text(encoding="utf-8"), newline="")))


def write(folder: Path, file: str, lines: list[list[str]]) -> None:
    """Write a file as a spreadsheet does."""
    with (folder / file).open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(lines)


def refused(folder: Path, administrator: str = ADMINISTRATOR) -> list[str]:
    """Every problem for which the files are refused, after a look that nothing was loaded."""
    before = rows_of_all_tables()
    with pytest.raises(BrokenFilesError) as refusal:
        start(folder, administrator, "a password")
    assert rows_of_all_tables() == before
    return [str(problem) for problem in refusal.value.problems]


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each table holds, histories included."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counted = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counted[table] = cursor.fetchone()[0]
    return counted
