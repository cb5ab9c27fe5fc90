"""What a fault of verification is about, in words: which paper, and which figure of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from governance.committees.models import (
    Appendix,
    BackgroundPaper,
    Edition,
    Issue,
    Paper,
    PublishedEntry,
    PublishedFigure,
    Rendering,
)
from governance.history.verification import Fault

# How a row of each table leads to its paper and figure; the tables of papers alone, whatever else there is.
FIGURE, OF = "figure__title", "figure__paper__title"
WAYS: dict[type[Any], tuple[str, ...]] = {
    Paper: ("title",),
    **dict.fromkeys((Issue, Edition, Rendering, Appendix, BackgroundPaper), ("paper__title",)),
    PublishedFigure: ("title", "paper__title"),
    PublishedEntry: (FIGURE, OF),
}


def named(faults: Iterable[Fault]) -> list[Fault]:
    """The same faults; those of papers say which. What is not there any more is named by its table alone."""
    told = list(faults)
    words: dict[tuple[str, int | None], str] = {}
    for model, way in WAYS.items():
        table = model._meta.db_table
        keys = {each.key for each in told if each.table == table and each.key is not None}
        if keys:
            found = model._base_manager.filter(pk__in=keys).values_list("pk", *way)
            words |= {(table, pk): " of ".join(f"“{each}”" for each in titles) for pk, *titles in found}
    return [replace(each, of=words.get((each.table, each.key), "")) for each in told]
