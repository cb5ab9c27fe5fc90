"""Prints the cells of a workbook from the standard input: workbook.py runs it as a process of its own.

python-calamine is quick, but it sets aside room for every cell between the first and the last that hold
anything: two cells, A1 and XFD1048576, would be 512 GB, and an allocation that fails ends the whole process.
Here it ends only this one, which may take so much memory and time and no more. It knows nothing of Django.

The first line printed tells of the sheets, and each further line is a row: [number, cells], as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import chain
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 1 << 30  # bytes
MOST_SECONDS = 15
LONGEST_PRINTED = 100_000  # characters of a cell: more than any may have, and no more than can be passed on
MOST_SHEETS = 20  # looked at for the first that holds anything


def limit() -> None:
    """Let this process take no more than it may."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(data: bytes, asked: dict[str, Any]) -> None:
    """Print the sheet that is asked for, else the first that holds anything, else the last."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    said: dict[str, Any] = {"sheets": names, "sheet": "", "merged": [], "merges": 0}
    found: Iterator[Any] = iter(())
    for name in [name for name in names if asked["sheet"] in ("", name)][:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        merged = sheet.merged_cell_ranges or []
        said |= {"sheet": name, "merged": merged[:1], "merges": len(merged)}
        found = rows(sheet, asked["rows"], asked["columns"], asked["characters"])
        if first := next(found, None):
            found = chain([first], found)
            break
    for line in chain([said], found):
        sys.stdout.write(f"{ENCODER.encode(line)}\n")


def rows(sheet: CalamineSheet, most: int, widest: int, characters: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows that are not blank, as far as the first that is one too many, too wide or too much."""
    _, left = sheet.start or (0, 0)
    given = printed = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            cells = [cell[:LONGEST_PRINTED] if isinstance(cell, str) else cell for cell in cells]
            yield number, [""] * left + cells
            given += 1
            printed += sum(len(cell) for cell in cells if isinstance(cell, str))
            if given == most or left + len(cells) > widest or printed > characters:
                return


def plain(cell: Any) -> Any:
    """A day or a moment as an object with "at", whatever else JSON does not know as words."""
    return {"at": cell.isoformat()} if isinstance(cell, date) else str(cell)


ENCODER = json.JSONEncoder(default=plain)

if __name__ == "__main__":
    limit()
    question = json.loads(sys.stdin.buffer.readline())
    main(sys.stdin.buffer.read(), question)
