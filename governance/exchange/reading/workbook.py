"""XLSX and ODS: one sheet of a workbook, read by python-calamine in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from governance.exchange.reading.limits import (
    AS_XLSX,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    TAKEN,
    FileRefusedError,
    Grid,
    column_letters,
)
from governance.exchange.reading.package import DAMAGED, Package
from governance.people.registers.cells import Cell

READER = Path(__file__).with_name("calamine.py")
LONGEST = 30  # seconds by the clock; calamine.py says how much of the processor
PROTECTED = "The workbook is protected by a password. Save it without one"
TOO_SCATTERED = (
    "The workbook could not be read within the time and memory there is for it. Delete rows and columns that "
    "are not needed, also far below or to the right, or save the sheet as CSV"
)
MERGED_IN_ODS = re.compile(rb"<table:table-cell\b[^<>]*\btable:number-(?:columns|rows)-spanned=")


class Sheet(NamedTuple):
    """The rows of a sheet, what the person should know of them, its name, and all sheets that can be seen."""

    grid: Grid
    notes: list[str]
    name: str
    names: list[str]


def sheet_of(data: bytes, asked: str = "") -> Sheet:
    """The sheet of that name, else the first that holds anything. Raises FileRefusedError."""
    package = Package(data)
    check_kind(package)
    about, rows = cells_of(package.repacked(), asked)
    names = about["sheets"]
    if not names:
        raise FileRefusedError("The workbook has no sheet that can be seen")
    if asked and asked not in names:
        raise FileRefusedError(f"There is no sheet “{asked[:60]}” in the workbook")
    grid = Grid()
    for number, cells in rows:
        grid.add(number, cells)
    return Sheet(grid, merged(about, package), about["sheet"], names)


def check_kind(package: Package) -> None:
    """Refuse what is no XLSX and no ODS, saying what it is. Raises FileRefusedError."""
    if package.has("xl/workbook.xml"):
        return
    if package.has("content.xml") and package.has("mimetype"):
        if b"spreadsheet" not in package.read("mimetype"):
            raise FileRefusedError("This is an OpenDocument file, but no spreadsheet", TAKEN)
        manifest = "META-INF/manifest.xml"
        if package.has(manifest) and b"encryption-data" in package.read(manifest):
            raise FileRefusedError(PROTECTED)
    elif package.has("xl/workbook.bin"):
        raise FileRefusedError("This is a binary Excel workbook (XLSB)", AS_XLSX)
    elif package.has("word/document.xml"):
        raise FileRefusedError("This is a Word document", TAKEN)
    else:
        raise FileRefusedError("This is a packed file, but no workbook", TAKEN)


def cells_of(data: bytes, asked: str) -> tuple[dict[str, Any], Sequence[tuple[int, list[Cell]]]]:
    """What the reader prints: of the sheets, and each row that is not blank. Raises FileRefusedError."""
    question = json.dumps(
        {"sheet": asked, "rows": MOST_ROWS + 2, "columns": MOST_COLUMNS, "characters": MOST_CHARACTERS}
    )
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and the file is only on its standard input
            [sys.executable, "-I", str(READER)],
            input=question.encode() + b"\n" + data,
            capture_output=True,
            timeout=LONGEST,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileRefusedError(TOO_SCATTERED) from None
    if done.returncode:
        raise FileRefusedError(why_not(done))
    about, *rows = (json.loads(line, object_hook=moment) for line in done.stdout.splitlines())
    return about, rows


def why_not(done: subprocess.CompletedProcess[bytes]) -> str:
    """Why the reader gave up: what it stumbled on, or that it went beyond its memory or time."""
    if done.returncode < 0 or b"MemoryError" in done.stderr or b"Cell limit" in done.stderr:
        return TOO_SCATTERED
    return PROTECTED if b"PasswordError" in done.stderr else DAMAGED


def moment(about: dict[str, Any]) -> Any:
    """A moment as a cell; the words about the sheets as they are."""
    return datetime.fromisoformat(about["at"]) if "at" in about else about


def merged(about: dict[str, Any], package: Package) -> list[str]:
    """A sentence on merged cells, since only the first of them holds anything."""
    rest = "Only the first of them counts; the others are blank"
    if about["merges"]:
        ((top, left), (bottom, right)), more = about["merged"][0], about["merges"] - 1
        area = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        return [f"Cells are merged ({area}{f' and {more} more' if more else ''}). {rest}"]
    places = len(MERGED_IN_ODS.findall(package.read("content.xml"))) if package.has("content.xml") else 0
    return [f"Cells are merged in {places} places. {rest}"] if places else []
