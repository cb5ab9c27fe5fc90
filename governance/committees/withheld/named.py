"""Records that are withheld, wherever else a paper names them: their references stay, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

REFERENCES = ("reference", "other_reference")
LINES = "records"  # of restated figures: "ICO-3: corrected on 12 October 2016 by …"


def unnamed(part: Any, rows: Collection[str]) -> Any:
    """The same content; of whatever has the reference of one of the `rows`, that alone."""
    if isinstance(part, list):
        return [unnamed(each, rows) for each in part]
    if not isinstance(part, dict):
        return part
    if any(part.get(name) in rows for name in REFERENCES):
        return {name: each if name in REFERENCES else _nothing(each) for name, each in part.items()}
    made = {name: unnamed(each, rows) for name, each in part.items()}
    return made | {LINES: [_reference(each, rows) for each in part[LINES]]} if LINES in part else made


def _nothing(each: Any) -> Any:
    """What a reader of the content takes for nothing in its place."""
    if isinstance(each, str | list):
        return type(each)()
    return None


def _reference(line: str, rows: Collection[str]) -> str:
    reference, _, _ = line.partition(": ")
    return reference if reference in rows else line
