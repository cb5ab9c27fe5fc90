"""How one cell of a file is read, whatever the spreadsheet made of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

# What a spreadsheet may hand over. None and "" are blank.
Cell = str | int | float | bool | date | datetime | time | timedelta | None

YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
NO = frozenset({"no", "n", "false", "0"})
# What a spreadsheet shows where a formula failed.
FAILED = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
# Excel counts days from here, since it believes that there was a 29 February 1900.
FIRST_DAY = date(1899, 12, 30)
EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ ,-]+(\d{4})", re.ASCII | re.IGNORECASE)
LONGEST_NUMBER = 18  # digits; longer ones are no numbers of a register, and slow to read


class CellError(ValueError):
    """A cell that cannot be read; its words say why, without a full stop."""


def is_blank(cell: Cell) -> bool:
    """Is there nothing in the cell?"""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """The cell as words: numbers without a needless ".0", dates as 2016-10-24, line ends alike."""
    if isinstance(cell, str):
        if "\x00" in cell:
            raise CellError("It contains a character (NUL) that no text can hold")
        if cell[:1] == "#" and cell.strip() in FAILED:
            raise CellError(f"It holds {cell.strip()}: a formula of the spreadsheet failed")
        return "\n".join(cell.strip().splitlines()) if "\r" in cell or "\n" in cell else cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**LONGEST_NUMBER:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def as_yes_or_no(cell: Cell) -> bool:
    """Yes or no, as people write it."""
    if isinstance(cell, bool):
        return cell
    word = as_text(cell).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError(f"“{_short(word)}” is neither yes nor no")


def as_number(cell: Cell, highest: int) -> int:
    """A whole number from nought to the highest."""
    text = as_text(cell).replace(",", "")
    if len(text) > LONGEST_NUMBER + 1 or not (text.isascii() and text.isdigit()):
        raise CellError(f"“{_short(text)}” is not a whole number, such as 12")
    if int(text) > highest:
        raise CellError(f"{text} is too high. {highest:,} is the most")
    return int(text)


def as_day(cell: Cell) -> date:
    """A date: a real one, Excel's number of a day, or words in the British order."""
    found = _day(cell)
    if found is None:
        raise CellError(f"“{_short(as_text(cell))}” is not a date. Write it like 24/10/2016")
    if not EARLIEST <= found <= LATEST:
        raise CellError(f"The year {found.year} cannot be right. Write the date like 24/10/2016")
    return found


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return None
    text = as_text(cell)
    if re.fullmatch(r"\d{4,6}(\.\d{1,10})?", text, re.ASCII):
        return FIRST_DAY + timedelta(days=int(float(text))) if float(text) >= 10_000 else None
    return _written(text)


def _written(text: str) -> date | None:
    """24/10/2016, 2016-10-24, 24 October 2016."""
    try:
        if found := _ISO.fullmatch(text):
            return date(*map(int, found.groups()))
        if found := _BRITISH.fullmatch(text):
            return date(*map(int, reversed(found.groups())))
        if found := _WORDS.fullmatch(text):
            day, month, year = found.groups()
            return date(int(year), MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None
    return None


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
