"""Rows that are numbered from 1: sections of a paper, of a form, recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet

if TYPE_CHECKING:
    from governance.history.models import Recorded as _Mixed
else:
    _Mixed = object


class Placed(_Mixed):
    """A row that stands among others. What people write in it is in the columns of `WORDS`."""

    WORDS: ClassVar[Sequence[str]]

    def changed_since(self, seen: int | None) -> bool:
        """Have its words been changed since that version? Its place changes with others that come in."""
        if self.standing_version() == seen:
            return False
        versions: Any = type(self).history  # type: ignore[attr-defined]
        before = versions.filter(history_id=seen, id=self.pk).first()
        return before is None or any(getattr(before, name) != getattr(self, name) for name in self.WORDS)


def place_among(every: QuerySet[Any], placed: Any, place: int) -> None:
    """Give a row its place (1 is the first, beyond the end is the last), and number the others around it in
    one UPDATE. What they belong to is locked; the row itself is left to be saved.
    """
    others = list(every.exclude(pk=placed.pk))
    placed.position = min(place, len(others) + 1)
    moved = []
    for number, other in enumerate(others, 1):
        position = number if number < placed.position else number + 1
        if other.position != position:
            other.position = position
            moved.append(other)
    every.model._base_manager.bulk_update(moved, ["position"])
