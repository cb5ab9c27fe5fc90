"""CSV: whatever it is separated by and however it is encoded."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO

from governance.core.formulas import bared
from governance.exchange.reading.limits import FileRefusedError, Grid

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = (",", ";", "\t", "|")
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SAID = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"?')


def rows(data: bytes) -> tuple[Grid, list[str]]:
    """The rows, and what the person should know of how they were read. Raises FileRefusedError."""
    text, notes = decoded(data)
    grid = Grid()
    separator, text, skipped = separated(text)
    try:
        read_into(grid, text, separator, skipped, strict=True)
    except csv.Error as wrong:
        if "unexpected end of data" in str(wrong):
            number = grid.rows[-1][0] + 1 if grid.rows else 1
            raise FileRefusedError(
                f"A quotation mark that is opened in row {number} is never closed"
            ) from None
        grid = Grid()
        read_loosely(grid, text, separator, skipped)
        notes.append("Some quotation marks stand in odd places. Look closely at what was read")
    return grid, notes


def read_loosely(grid: Grid, text: str, separator: str, skipped: int) -> None:
    """Once more, whatever stands after a closing quotation mark taken as it is."""
    try:
        read_into(grid, text, separator, skipped, strict=False)
    except csv.Error:
        number = grid.rows[-1][0] + 1 if grid.rows else 1
        raise FileRefusedError(
            f"Row {number} cannot be taken apart into cells: check its quotation marks"
        ) from None


def read_into(grid: Grid, text: str, separator: str, skipped: int, *, strict: bool) -> None:
    """The rows into the grid. Raises csv.Error."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=strict)
    for number, cells in enumerate(reader, start=1 + skipped):
        grid.add(number, [bared(cell) if cell[:1] == "'" else cell for cell in cells])


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The text of the file. Raises FileRefusedError where it is none."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "") or guessed(data)
    notes: list[str] = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        text = as_windows(data, encoding, wrong)
        notes.append(
            "The file is not in UTF-8, so it was read as Windows-1252. Check letters with accents and £ signs"
        )
    if found := NOT_TEXT.search(text):
        number = text.count("\n", 0, found.start()) + 1
        raise FileRefusedError(
            f"Line {number} contains a character (code {ord(found[0])}) that no text holds: this is not CSV"
        )
    return text, notes


def guessed(data: bytes) -> str:
    """UTF-8, unless every second byte is nothing: then it is UTF-16 without its mark."""
    head = data[:2000]
    for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[place::2]
        if (
            len(head) > 3
            and half.count(0) > len(half) * 0.7
            and head[1 - place :: 2].count(0) < len(half) * 0.1
        ):
            return name
    return "utf-8"


def as_windows(data: bytes, encoding: str, wrong: UnicodeDecodeError) -> str:
    """What is not UTF-8 as Windows-1252. Raises FileRefusedError."""
    number = data.count(b"\n", 0, wrong.start) + 1
    if encoding == "utf-8" and b"\x00" in data:
        raise FileRefusedError(f"Line {number} holds bytes that are no letters: this is not CSV") from None
    if encoding != "utf-8":
        name = encoding.removesuffix("-sig").upper()
        raise FileRefusedError(
            f"Line {number} is not in {name}, though the file begins as if it were"
        ) from None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as worse:
        number = data.count(b"\n", 0, worse.start) + 1
        raise FileRefusedError(
            f"Line {number} is neither in UTF-8 nor in Windows-1252. Save it as UTF-8"
        ) from None


def separated(text: str) -> tuple[str, str, int]:
    """What stands between the cells, the text, and how many lines of it are no rows (Excel's "sep=;")."""
    if said := _SAID.match(text):
        return said[1], text[said.end() :], 1
    lines = [_QUOTED.sub("", line) for line in text[:20_000].splitlines()[:20]]
    counts = {each: sum(min(line.count(each), 300) for line in lines) for each in SEPARATORS}
    first = {each: lines[0].count(each) for each in SEPARATORS} if lines else {}
    best = max(SEPARATORS, key=lambda each: (min(first.get(each, 0), 1) * counts[each], counts[each]))
    return best, text, 0
