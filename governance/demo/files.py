"""Reading a council's CSV files: everything that is wrong with them is said at once, by file, row and column.

Nothing here knows what the files are about (that is `tables`) or writes anything down (that is `loader`).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from governance.demo.shape import Files, Problem, Refers, Row, Table


def read_folder(
    folder: Path,
    tables: Collection[Table],
    optional: Iterable[str] = (),
    standing: dict[str, list[Row]] | None = None,
) -> Files:
    """Every file of a folder, read and checked against the others. Raises BrokenFilesError.

    `standing` is what a council has already (see Files).
    """
    files, may_be_missing = Files(folder, standing=standing or {}), set(optional)
    for table in tables:
        if (folder / table.file).is_file():
            _read(table, files)
        elif table.file not in may_be_missing:
            files.problems.append(Problem(table.file, f"There is no such file in {folder}."))
    for table in tables:
        files.problems += [found for refers in table.refers for found in _unknown(table, refers, files)]
        files.problems += _contradictions(table, files)
    files.stop_if_broken()
    return files


def _read(table: Table, files: Files) -> None:
    """Read one file. One whose headings are wrong gives no rows: nothing in it would be in its place."""
    text = (files.folder / table.file).read_bytes().decode("utf-8-sig", errors="replace")
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = [heading.strip() for heading in next(lines, [])]
        numbered = [line for line in enumerate(lines, start=2) if any(map(str.strip, line[1]))]
    except csv.Error as error:
        text = f"The file cannot be read from line {lines.line_num} on: {error}."
        files.problems.append(Problem(table.file, text))
        return
    if wrong := list(_wrong_headings(table, headings)):
        files.problems += wrong
        return
    files.rows[table.file] = [_row(table, headings, *line, files.problems) for line in numbered]
    files.problems += _duplicates(table, files)


def _delimiter(text: str) -> str:
    """What parts the headings: a comma, or what spreadsheets write where numbers have a comma."""
    return max(",;\t", key=text.partition("\n")[0].count)


def _wrong_headings(table: Table, headings: list[str]) -> Iterator[Problem]:
    expected = [column.name for column in table.columns]
    times = Counter(headings)
    for name in expected:
        if name not in times:
            needs = ", ".join(expected)
            yield Problem(table.file, f"The column is missing. The file needs: {needs}.", 1, name)
        elif times[name] > 1:
            yield Problem(table.file, "The column is there more than once.", 1, name)


def _row(table: Table, headings: list[str], number: int, cells: list[str], problems: list[Problem]) -> Row:
    """One row; a cell that cannot be read is reported and left out."""
    if any(map(str.strip, cells[len(headings) :])):
        text = f"{len(cells)} cells for {len(headings)} columns. Put a text with commas in quotation marks."
        problems.append(Problem(table.file, text, number, headings[-1]))
    typed = dict(zip(headings, cells, strict=False))
    found: dict[str, Any] = {}
    for column in table.columns:
        try:
            found[column.name] = column.value(typed.get(column.name, "").strip().replace("\r\n", "\n"))
        except ValueError as wrong:
            problems.append(Problem(table.file, str(wrong), number, column.name))
    return Row(table.file, number, found)


def _duplicates(table: Table, files: Files) -> Iterator[Problem]:
    """Rows whose key is in an earlier row."""
    for row in files[table.file]:
        if not table.unique or not set(table.unique) <= row.cells.keys():
            continue
        first = files.find(table.file, **{name: row[name] for name in table.unique})
        if first is not None and first is not row:
            shown = ", ".join(str(part) for part in row.key(table.unique) if part)
            where = f"row {first.number}" if first.number else "this council"
            yield row.problem(table.unique[-1], f"“{shown}” is already in {where}.")


def _unknown(table: Table, refers: Refers, files: Files) -> Iterator[Problem]:
    """References to nothing. A file that is there but could not be read is not asked."""
    if refers.file not in files.rows and (files.folder / refers.file).is_file():
        return
    known = {row.key(refers.keys) for row in files.known(refers.file)}
    *before, last = refers.columns
    for row in files[table.file]:
        named = row.cells.get(last)
        for name in named if isinstance(named, tuple) else [named]:
            if name and set(before) <= row.cells.keys() and (*row.key(before), name) not in known:
                yield row.problem(last, f"There is no “{name}” in {refers.file}.")


def _contradictions(table: Table, files: Files) -> Iterator[Problem]:
    """What the table's own checks find, in rows whose every cell could be read."""
    for row in files[table.file]:
        if len(row.cells) == len(table.columns):
            yield from (row.problem(*found) for check in table.checks for found in check(row, files))
