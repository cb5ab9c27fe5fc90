"""Totals that do not add up, in words: what a paper says of its parts beside what it says of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from actions.models import Status
from governance.committees.reckoning import ROOM, TOTAL

if TYPE_CHECKING:
    from governance.committees.models import PublishedFigure

MOVED = ("entered", "left")


class Said(NamedTuple):
    """A number as a paper gives it: of which figure, of the whole ("") or of which part."""

    key: str
    title: str
    part: str
    value: int


def in_content(content: Mapping[str, Any]) -> list[str]:
    """What does not add up in the plans of a paper, as sentences; each begins with the plan."""
    return [
        f"{plan['title']}: {sentence}"
        for plan in content["plans"]
        for sentence in sentences(
            Said(line["key"], line["title"], line["part"], line["value"])
            for line in plan["ledger"]
            if line["part"] not in MOVED
        )
    ]


def in_figures(figures: Iterable[PublishedFigure]) -> list[str]:
    """The same in a paper from before the product, whose figures are whole ones only."""
    return [
        sentence[:1].upper() + sentence[1:]
        for sentence in sentences(Said(each.key, each.title, "", each.value) for each in figures)
    ]


def sentences(said: Iterable[Said]) -> Iterator[str]:
    """The statuses beside the total, then the scope areas beside each whole; nothing where all adds up."""
    told = list(said)
    whole = {each.key: each for each in told if not each.part}
    statuses = [
        (whole[key].value, status.label.lower())
        for status in Status
        if (key := f"{ROOM}.{status}") in whole and whole[key].value
    ]
    added = sum(value for value, _ in statuses)
    if TOTAL in whole and statuses and added != whole[TOTAL].value:
        named = ", ".join(f"{value} {label}" for value, label in statuses)
        yield f"the parts add up to {added} ({named}), and the total says {whole[TOTAL].value}."
    for key, each in whole.items():
        parts = [one.value for one in told if one.key == key and one.part]
        if parts and sum(parts) != each.value:
            yield f"“{each.title}” adds up to {sum(parts)} by scope area, and the whole says {each.value}."
