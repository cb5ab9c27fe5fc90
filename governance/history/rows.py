"""What was added to an entry, changed and taken away of the rows that it has several of, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from governance.core.components import Change
from governance.history.models import Recorded
from governance.history.timeline import NOTHING, Event, Words, differing, event_of, label_of


@dataclass(frozen=True)
class Rows:
    """One kind of row of an entry: what one is called, and the fields that name it.

    `of` is the path from the row to its entry. Of `told` alone changes are told, where it names any field.
    """

    model: type[Recorded]
    of: str
    noun: str
    names: tuple[str, ...]
    told: Collection[str] = ()

    def events(self, key: Any, before: datetime) -> Iterator[Event]:
        """What happened to the rows of one entry before an instant."""
        rows: Any = self.model.history.filter(**{self.of: key}, history_date__lt=before)  # type: ignore[attr-defined]
        versions = list(rows.order_by("id", "history_date", "history_id"))
        words = Words(versions)
        for _, of_one in groupby(versions, key=lambda version: version.id):
            for earlier, later in pairwise([None, *of_one]):
                changes = tuple(self._changes(earlier, later, words))
                if changes:
                    yield replace(event_of(later, ()), kind="changed", changes=changes, version=None)

    def _changes(self, earlier: Any, later: Any, words: Words) -> Iterator[Change]:
        if earlier is None:
            yield Change(self.noun, NOTHING, self._name(later, words))
        elif later.history_type == "-":
            yield Change(self.noun, self._name(later, words), NOTHING)
        else:
            for field in differing(earlier, later):
                if not self.told or field.name in self.told:
                    about = f"{self.noun} “{self._name(earlier, words)}”: {label_of(field).lower()}"
                    said = (words.say(field, each, getattr(each, field.attname)) for each in (earlier, later))
                    yield Change(about, *said)

    def _name(self, version: Any, words: Words) -> str:
        fields = {field.name: field for field in version.tracked_fields}
        said = (
            words.say(fields[name], version, getattr(version, fields[name].attname)) for name in self.names
        )
        return ", ".join(each for each in said if each != NOTHING) or NOTHING


def with_rows(events: list[Event], kinds: Iterable[Rows], key: Any, before: datetime) -> list[Event]:
    """The events of an entry with those of its rows up to an instant, the latest first."""
    told = [event for kind in kinds for event in kind.events(key, before)]
    return sorted([*events, *told], key=lambda event: event.when, reverse=True)
