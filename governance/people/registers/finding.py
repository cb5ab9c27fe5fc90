"""Finding what a word of a file stands for, among the words that a register knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from governance.people.registers.cells import Cell, CellError, as_text

SHOWN = 8  # so many words of a list are named where a cell says another
AMBIGUOUS = object()


def by_word(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Each word with the key it stands for, or AMBIGUOUS."""
    found: dict[str, Any] = {}
    for word, key in pairs:
        same = folded(word)
        found[same] = AMBIGUOUS if found.get(same, key) != key else key
    return found


def finder(known: Mapping[str, Any], names: Sequence[str]) -> Callable[[Cell], Any]:
    """What finds a word, however it is written."""

    def read(cell: Cell) -> Any:
        if isinstance(found := _found(known, names, as_text(cell)), CellError):
            raise found
        return found

    return read


def _found(known: Mapping[str, Any], names: Sequence[str], text: str) -> Any:
    """What the word stands for, or what is wrong with it."""
    found = known.get(folded(text), CellError)
    if found is AMBIGUOUS:
        return CellError(f"More than one is called “{text}”. Use its code")
    if found is not CellError:
        return found
    offered = f". Use one of: {', '.join(names)}" if 0 < len(names) <= SHOWN else ""
    return CellError(f"“{short(text)}” is not in the list{offered}")


def folded(word: str) -> str:
    """A word as it is compared: without regard to case, spaces and kinds of dashes."""
    return " ".join(word.replace("–", "-").replace("—", "-").casefold().split())


def short(text: str, longest: int = 60) -> str:
    """The beginning of a text, for a sentence that quotes it."""
    return text if len(text) <= longest else f"{text[:longest]}…"
