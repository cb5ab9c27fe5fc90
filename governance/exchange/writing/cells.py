"""The cells of a workbook: as XML of values, and as the expressions by which the database makes the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import reduce
from xml.sax.saxutils import escape

from governance.core.formulas import TOO_LONG, dangerous_there, is_dangerous
from governance.exchange.writing import parts
from governance.exchange.writing.spelled import Spelling
from governance.exchange.writing.table import Cell

LONGEST = 32_767  # characters in a cell: more is cut off by the program that opens the file
DAY_NOUGHT = date(1899, 12, 30).toordinal()  # what Excel counts days from, after 28 February 1900
EMPTY = "<c/>"
# XML cannot hold these, and what looks like their escaped form has to be escaped too (ECMA-376, 22.4.2.4).
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_NEEDS_CARE = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_x")


def column(cells: Sequence[Cell]) -> list[str]:
    """The cells of one column. Each value that occurs is written once.

    No cell says where it stands (`r` is optional, ECMA-376 18.3.1.4): each stands after the one before, and
    an empty one is there to keep the place.
    """
    written = {cell: _WRITE[type(cell)](cell) for cell in set(cells)}
    return [written[cell] for cell in cells]


def _string(cell: str) -> str:
    if not cell:
        return EMPTY
    plain = cell[0].isalnum()
    style = "" if plain or not is_dangerous(cell) else f' s="{parts.QUOTED}"'
    kept = "" if plain and cell[-1].isalnum() and "\n" not in cell else ' xml:space="preserve"'
    return f'<c{style} t="inlineStr"><is><t{kept}>{xml_text(cell)}</t></is></c>'


def _number(cell: int) -> str:
    return f"<c><v>{cell}</v></c>"


def _date(cell: date) -> str:
    """Days before Excel's calendar begins are written as text."""
    if cell.year <= 1900:
        return _string(cell.isoformat())
    return f'<c s="{parts.DATE}"><v>{cell.toordinal() - DAY_NOUGHT}</v></c>'


def _empty(cell: None) -> str:
    return EMPTY


_WRITE: dict[type, Callable[..., str]] = {
    str: _string,
    int: _number,
    date: _date,
    datetime: _date,
    type(None): _empty,
}


def xml_text(text: str) -> str:
    """A text as XML holds it. Line ends become the one that cells have; one too long says so."""
    if len(text) > LONGEST:
        return TOO_LONG
    if not _NEEDS_CARE.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


# What the database writes of a cell: the same, but that space is kept in every text, and line ends by number,
# since each line that it hands over is a row.
_CONTROLS = [*range(1, 9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]
_REPLACED = (
    (r"E'\r\n'", r"E'\n'"),
    (r"E'\r'", r"E'\n'"),
    *((f"chr({number})", f"'_x{number:04X}_'") for number in _CONTROLS),
    ("'&'", "'&amp;'"),
    ("'<'", "'&lt;'"),
    ("'>'", "'&gt;'"),
    (r"E'\n'", "'&#10;'"),
)
_CARE_THERE = r"'[&<>\u0001-\u0008\u000a-\u001f\ufffe\uffff]|_x'"
ARGUMENTS = 50  # of a function of Postgres, which takes a hundred at most


def _word_there(word: str) -> str:
    return _string(word).replace("\n", "&#10;")


def _text_there(value: str) -> str:
    style = f"CASE WHEN {dangerous_there(value)} THEN ' s=\"{parts.QUOTED}\"' END"
    escaped = f"regexp_replace({value}, '_(?=x[0-9A-Fa-f]{{4}}_)', '_x005F_', 'g')"
    escaped = reduce(lambda text, each: f"replace({text}, {each[0]}, {each[1]})", _REPLACED, escaped)
    care = f"WHEN {value} ~ {_CARE_THERE} THEN {escaped}"
    said = f"CASE WHEN length({value}) > {LONGEST} THEN '{TOO_LONG}' {care} ELSE {value} END"
    begun = f"""'<c', {style}, ' t="inlineStr"><is><t xml:space="preserve">'"""
    return f"CASE WHEN {value} <> '' THEN concat({begun}, {said}, '</t></is></c>') ELSE '{EMPTY}' END"


def _number_there(value: str) -> str:
    return f"coalesce('<c><v>' || {value} || '</v></c>', '{EMPTY}')"


def _day_there(value: str) -> str:
    early = _text_there(f"to_char({value}, 'YYYY-MM-DD')")
    days = f"""'<c s="{parts.DATE}"><v>' || {value} - date '1899-12-30' || '</v></c>'"""
    return f"CASE WHEN {value} >= date '1901-01-01' THEN {days} ELSE {early} END"


def _line_there(cells: Sequence[str]) -> str:
    """One expression of all cells of a row."""
    some = (", ".join(cells[place : place + ARGUMENTS]) for place in range(0, len(cells), ARGUMENTS))
    return f"concat({', '.join(f'concat({each})' for each in some)})"


SPELLING = Spelling(
    text=_text_there,
    number=_number_there,
    day=_day_there,
    word=_word_there,
    line=_line_there,
    form=r"(FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')",
)
