"""Which body a decision is of, by the words that name it."""

from __future__ import annotations

import re
from collections.abc import Iterator

KINDS = frozenset(
    {"assembly", "board", "cabinet", "commission", "committee", "executive", "forum", "group", "panel"}
)
SMALL = frozenset({"&", "and", "for", "of", "on", "the"})
WORD = re.compile(r"[^\W\d_][\w’'-]*|\S")


def of_another(decision: str, body: str) -> str:
    """The body that a decision is of, by the first that its words name, where none of those can be the one
    that is to decide; "" where they name none, or it cannot be told.

    Names are compared by their words: Audit Committee may be the Audit and Governance Committee, and is
    neither the Planning Committee nor the Audit Board.
    """
    own, named = _words(body), list(_bodies_in(decision))
    if not own & KINDS or any(_may_be(own, _words(each)) for each in named):
        return ""
    return named[0] if named else ""


def _may_be(own: set[str], other: set[str]) -> bool:
    """May these be the words of one body? A name of its kind alone, such as the board, is that of any."""
    first, second = own - KINDS, other - KINDS
    return bool(own & other & KINDS) and (not first or not second or bool(first & second))


def _words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)} - SMALL


def _bodies_in(words: str) -> Iterator[str]:
    """Each body that is named: its kind, with the words in capitals before it."""
    before: list[str] = []
    for word in WORD.findall(words):
        if word.lower() in KINDS:
            yield " ".join([*before, word])
            before = []
        elif word[0].isupper() or (before and word in ("and", "&")):
            before.append(word)
        else:
            before = []
