"""Names that come near a word: what somebody may have meant by "Finance" or "HR"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

LIKELY = 0.5  # from here on a name is proposed, below it is only mentioned
FAINT = 0.3
ABBREVIATED = 0.9  # "HR" for "Human resources"
_WORDS = re.compile(r"[^\W_]+")
_LITTLE = frozenset({"and", "of", "the", "for", "to", "in", "a", "an"})


def parts(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, without "and", "of" and the like."""
    return [word for word in _WORDS.findall(text.casefold()) if word not in _LITTLE]


def trigrams(text: str) -> frozenset[str]:
    """The runs of three letters of each word, with its beginning and its end (as pg_trgm has them)."""
    padded = [f"  {word} " for word in parts(text)]
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))


def likeness(said: frozenset[str], name: frozenset[str]) -> float:
    """From 0 to 1: how much of the shorter is in the longer, a little less for what the longer says more."""
    shared = len(said & name)
    if not shared:
        return 0.0
    return 0.8 * shared / min(len(said), len(name)) + 0.2 * shared / max(len(said), len(name))


@dataclass(frozen=True)
class Near:
    """Names among which the nearest to a word are found."""

    names: Sequence[str]

    @cached_property
    def _known(self) -> list[tuple[str, frozenset[str], str]]:
        return [
            (name, trigrams(name), "".join(word[0] for word in parts(name)))
            for name in dict.fromkeys(self.names)
        ]

    def to(self, word: str, most: int = 3, *, least: float = FAINT) -> list[str]:
        """The nearest names, the best first; none that is not at least so near."""
        asked, letters = trigrams(word), "".join(parts(word))
        scores = [
            (ABBREVIATED if len(letters) > 1 and letters == initials else likeness(asked, known), name)
            for name, known, initials in self._known
        ]
        found = sorted(((score, name) for score, name in scores if score >= least), key=_best_first)
        return [name for _, name in found[:most]]


def _best_first(scored: tuple[float, str]) -> tuple[float, str]:
    score, name = scored
    return -score, name
