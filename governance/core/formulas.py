"""Text that a spreadsheet would take for a formula leaves with a mark in front, and comes back without it.

A cell of a CSV file that begins with = + - @ (or their full-width forms), a tab or a line end may be run as
a formula by whoever opens it (OWASP, "CSV Injection"). The mark is an apostrophe. Text that already looks
marked is marked once more, so that taking one mark off always gives back what was there.
"""

from __future__ import annotations

import re

MARK = "'"
# Instead of a text that no cell of a workbook can hold; read, it leaves the register as it is.
TOO_LONG = "[Too long for a cell of a spreadsheet: unchanged in the register, whole in the CSV file]"
# What spreadsheets pass over before they look for a formula.
_SKIPPED = "\\s\ufeff\u200b\u2060\x00-\x1f"
_DANGER = "=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\t\r\n"
# The same for Postgres, which has no NUL in a text, and takes a letter or a digit by its number more quickly.
_SKIPPED_THERE = r"\u0001-\u0020\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_DANGER_THERE = r"-=+@\uff1d\uff0b\uff0d\uff20\u2212\t\r\n"
_DANGEROUS = re.compile(f"[{_SKIPPED}{MARK}]*[{_DANGER}]")
_MARKED = re.compile(f"{MARK}[{_SKIPPED}{MARK}]*[{_DANGER}]")


def is_dangerous(text: str) -> bool:
    """Might a spreadsheet take this text for a formula?"""
    return _DANGEROUS.match(text) is not None


def dangerous_there(text: str) -> str:
    """The same question about an expression of Postgres, as one; `text` is written by us, never typed."""
    plain = " OR ".join(f"ascii({text}) BETWEEN {ord(a)} AND {ord(z)}" for a, z in ("AZ", "az", "09"))
    return f"(NOT ({plain}) AND {text} ~ '^[{_SKIPPED_THERE}{MARK * 2}]*[{_DANGER_THERE}]')"


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file."""
    return MARK + text if _DANGEROUS.match(text) else text


def bared(text: str) -> str:
    """The text of a cell without the mark that `guarded` put in front."""
    return text[1:] if _MARKED.match(text) else text
