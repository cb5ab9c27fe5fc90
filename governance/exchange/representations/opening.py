"""How many rows of a file make an entry public at once: said before it is committed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from governance.exchange.models import Batch, BatchRow
from governance.people.registers.sheet import SHEETS

Kind, Choice = BatchRow.Kind, BatchRow.Choice


def becoming_public(batch: Batch) -> int:
    """How many entries a checked file would open to the public, as far as conflicts are decided."""
    sheet = SHEETS[batch.register]
    if sheet.opening is None or batch.state != Batch.State.CHECKED:
        return 0
    keys = list(sheet.opening_on)
    named = Q(patch__has_any_keys=keys) | Q(contested__has_any_keys=keys)
    rows = list(batch.rows.filter(named).exclude(kind=Kind.ERROR).defer("cells", "faults", "before"))
    if not rows:
        return 0
    entries = sheet.model._default_manager.filter(pk__in=[row.entry_id for row in rows if row.entry_id])
    before: dict[int, dict[str, Any]] = {each["pk"]: each for each in entries.values("pk", *keys)}
    new = sheet.model()
    defaults = {name: getattr(new, name) for name in keys}
    return sheet.opening((before.get(row.entry_id or 0, {}), said(row, defaults)) for row in rows)


def said(row: BatchRow, defaults: dict[str, Any]) -> dict[str, Any]:
    """What a row would write; of a new entry also what it says where the file does not."""
    decided = row.contested if row.choice == Choice.FILE else {}
    return {**(defaults if row.kind == Kind.NEW else {}), **row.patch, **decided}
