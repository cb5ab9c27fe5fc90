"""Texts that repeat what registers say, such as a signed evidence pack: they lose what is removed there.

A model that keeps such texts names the column in `keeps_copies`, and says in `without(texts)` what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Protocol, cast, runtime_checkable

from django.apps import apps

# What stands where a text was removed and something has to stand.
STRUCK = "[Redacted by authority]"


@runtime_checkable
class Copy(Protocol):
    """A row that repeats texts of other entries."""

    keeps_copies: str  # the column

    def without(self, texts: Collection[str]) -> str:
        """What is left of that column when each part of it that contains one of the texts is struck."""


def copies_of(texts: Collection[str]) -> Iterator[tuple[Any, str]]:
    """Rows that repeat one of the texts whole: the row, and what is left of what it says."""
    for model in apps.get_models():
        if hasattr(model, "keeps_copies"):
            for row in model._default_manager.using("owner").order_by("pk").iterator():
                if (left := left_of(row, texts)) is not None:
                    yield row, left


def left_of(row: Any, texts: Collection[str]) -> str | None:
    """What is left of a row that repeats one of the texts; None where it does not."""
    found = cast(Copy, row)
    left = found.without(texts)
    return None if left == getattr(row, found.keeps_copies) else left
