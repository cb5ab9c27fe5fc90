"""What is not allowed as things stand: steps of a state, and what other records about an entry forbid."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from governance.exchange.importing.standing import Values, among
from governance.exchange.models import Batch
from governance.people.registers.sheet import SHEETS, Sheet, Watch


class Watching:
    """The watch that a register keeps over entries that change in these columns, if it keeps one."""

    def __init__(self, sheet: Sheet, columns: Collection[str]) -> None:
        self.watched = set(sheet.watched) & set(columns)
        self.sheet = sheet
        self.watch: Watch | None = None

    def look_at(self, keys: Iterable[int]) -> None:
        """Find what stands about the entries of these keys, once."""
        if self.sheet.watch and self.watched:
            self.watch = self.sheet.watch(list(keys))

    def faults(self, entry: Values, patch: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What is not allowed of the patch: column and sentence."""
        if self.watch is None or not self.watched & patch.keys():
            return []
        return list(self.watch(entry, {**entry, **patch}))


def refused_now(batch: Batch, columns: Collection[str]) -> list[str]:
    """The references of locked entries that may not change in these columns any more, as others worked on.

    What stands about an entry may change without a new version of the entry itself.
    """
    sheet = SHEETS[batch.register]
    watching = Watching(sheet, columns)
    if not sheet.watch or not watching.watched:
        return []
    rows = list(batch.rows.writing_any_of(watching.watched))
    keys = [row.entry_id for row in rows if row.entry_id is not None]
    watching.look_at(keys)
    standing = sheet.model._default_manager.filter(pk__in=among("bigint", keys)).values()
    entries: dict[Any, Values] = {entry["id"]: entry for entry in standing}
    return [row.reference for row in rows if watching.faults(entries[row.entry_id], row.written)]
