"""Finding what a word of a file stands for, among the words that a register knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from governance.people.registers.cells import Cell, CellError, as_text
from governance.people.registers.nearness import Near

SHOWN = 8  # so many words of a list are named where a cell says another; of a longer list, the nearest
COMPARED = 100  # so many unknown words of a column are compared with a long list: there may be 20,000
LONGEST_COMPARED = 200  # characters
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
    near, compared = Near(names), iter(range(COMPARED))

    def offered(text: str) -> str:
        if 0 < len(names) <= SHOWN:
            return f". Use one of: {', '.join(names)}"
        found = near.to(text[:LONGEST_COMPARED]) if next(compared, None) is not None else []
        return f". Nearest: {', '.join(found)}" if found else ""

    def read(cell: Cell) -> Any:
        text = as_text(cell)
        found = known.get(folded(text), CellError)
        if found is AMBIGUOUS:
            raise CellError(f"More than one is called “{short(text)}”. Use its code")
        if found is CellError:
            raise CellError(f"“{short(text)}” is not in the list{offered(text)}")
        return found

    return read


def folded(word: str) -> str:
    """A word as it is compared: without regard to case, spaces and kinds of dashes."""
    return " ".join(word.replace("–", "-").replace("—", "-").casefold().split())


def short(text: str, longest: int = 60) -> str:
    """The beginning of a text, for a sentence that quotes it."""
    return text if len(text) <= longest else f"{text[:longest]}…"
