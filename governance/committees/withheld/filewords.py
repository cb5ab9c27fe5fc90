"""The words in a PDF that somebody adds, by which the public part is compared with what is withheld."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.committees.withheld.leaks import WORD

logger = logging.getLogger(__name__)
READER = Path(__file__).with_name("pages.py")
LONGEST = 20  # seconds by the clock; pages.py says how much of the processor
CUT = re.compile(r"[-\u00ad\u2010]\n\s*")  # a word that goes on in the next line
NOT_OPENED = "it could not be opened to be read"


@dataclass(frozen=True)
class Words:
    """What could be read in a file, in small letters with a space between words, and what could not be.

    `unread` is the second half of a sentence; empty where every page was read.
    """

    words: str
    unread: str


def words_in(data: bytes) -> Words:
    """The words in a PDF. One that cannot be read, or not within the time there is, says so."""
    lines = _lines(_printed(data))
    if not lines:
        return Words("", NOT_OPENED)
    about, pages = lines[0], lines[1:]
    return Words(
        plain("\n".join([about["about"], *(each["words"] for each in pages)])), _unread(about, pages)
    )


def plain(text: str) -> str:
    """A text as it is compared. Words cut at the end of a line are there as they stand, and whole."""
    whole = CUT.sub("", text)
    return " ".join(WORD.findall((text if whole == text else f"{text}\n{whole}").casefold()))


def _printed(data: bytes) -> bytes:
    """What the reader prints; what it printed until then, where it breaks off."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and the file is only on its standard input
            [sys.executable, "-I", str(READER)],
            input=data,
            capture_output=True,
            timeout=LONGEST,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        logger.warning("The reader of PDFs was ended after %s seconds", LONGEST)
        return late.stdout or b""
    if done.returncode:
        logger.warning("The reader of PDFs ended with %s %s", done.returncode, _fault(done.stderr))
    return done.stdout


def _fault(told: bytes) -> str:
    """The name of the fault that ended it, without what it says: that may be words of the file."""
    return told.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]


def _lines(printed: bytes) -> list[dict[str, Any]]:
    """The lines that are whole: the last one may have broken off."""
    return [json.loads(line) for line in printed.splitlines(keepends=True) if line.endswith(b"\n")]


def _unread(about: dict[str, Any], pages: list[dict[str, Any]]) -> str:
    if not about["pages"]:
        return "it has no pages"
    silent = [n for n, each in enumerate(pages, 1) if each["drawn"] and not WORD.search(each["words"])]
    said = []
    if silent:
        said.append(f"no words could be read on {_named(silent)}, perhaps because it is a picture")
    if len(pages) < about["pages"]:
        rest = range(len(pages) + 1, about["pages"] + 1)
        said.append(f"{_named(list(rest))} could not be read, or not within the time and room there is")
    return "; ".join(said)


def _named(numbers: list[int]) -> str:
    """Page 2; pages 2 to 9; 4 of its pages, the first of them page 2."""
    first, last = numbers[0], numbers[-1]
    if first == last:
        return f"page {first}"
    if last - first + 1 == len(numbers):
        return f"pages {first} to {last}"
    return f"{len(numbers)} of its pages, the first of them page {first}"
