"""What the file of the asset register says beyond its fields: how bad its loss, and what nobody has said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from assets.models import ImpactLevel
from assets.representations.completeness import QUESTIONS, Completeness
from governance.people.registers.derived import Cell, Derived, Say, Values, in_words

# What is asked depends on what these say; of the others it counts only whether they say anything.
DECISIVE = ("form", "contains_personal_data", "publish")
READ = tuple(dict.fromkeys([*DECISIVE, *(question.column for question in QUESTIONS)]))


def complete(words: Callable[[Completeness], Cell]) -> Callable[[], Say]:
    """What says something of how complete each entry is; entries that lack the same are looked at once."""

    def say() -> Say:
        known: dict[tuple[Any, ...], Cell] = {}

        def cells(values: Sequence[Values]) -> Sequence[Cell]:
            lacks = list(
                zip(*(kept(name, column) for name, column in zip(READ, values, strict=True)), strict=True)
            )
            for each in set(lacks) - known.keys():
                entry = SimpleNamespace(**dict(zip(READ, each, strict=True)))
                known[each] = words(Completeness.of_version(entry))
            return [known[each] for each in lacks]

        return cells

    return say


def kept(name: str, values: Values) -> Values:
    """What decides, as it is; of the rest a mark, or nothing."""
    return values if name in DECISIVE else ["" if value in (None, "") else "x" for value in values]


def percentage(found: Completeness) -> Cell:
    """How much of what it should say the entry says, in whole percent; 100 only if nothing is missing."""
    return found.said * 100 // found.of


def missing(found: Completeness) -> Cell:
    """What is missing, in words."""
    return "; ".join(gap.words for gap in found.missing)


def levels() -> Callable[[Any], Cell]:
    """What gives the name of a rating."""
    return dict(ImpactLevel.objects.values_list("number", "name")).get


DERIVED = (
    Derived(name="criticality", heading="Criticality", reads=("criticality",), say=in_words(levels)),
    Derived(name="completeness", heading="Complete (%)", reads=READ, say=complete(percentage)),
    Derived(name="missing", heading="What is missing", reads=READ, say=complete(missing)),
)
