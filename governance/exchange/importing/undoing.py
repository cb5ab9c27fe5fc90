"""Taking a batch back: what it changed is as before, save where somebody has changed it since."""

from __future__ import annotations

import json
from typing import Any

from django.db import IntegrityError, transaction

from governance.exchange.importing.outcome import packed
from governance.exchange.importing.standing import among
from governance.exchange.importing.writing import GIVEN, lay_over
from governance.exchange.models import Batch, BatchRow, NotReadyError
from governance.history.trail import because
from governance.people.registers.sheet import SHEETS, Sheet


def undo(batch_id: int) -> int | None:
    """Take a committed batch back; how many rows had fields that others have changed since, which stay.

    None if it had been taken back already. New entries are not deleted, but withdrawn. Raises NotReadyError
    for a batch that was never committed, or that the rules of the register no longer let go back.
    """
    try:
        with transaction.atomic():
            batch = Batch.objects.for_change().get(pk=batch_id)
            if batch.state == Batch.State.UNDONE:
                return None
            if batch.state != Batch.State.COMMITTED:
                raise NotReadyError(f"Batch {batch.pk} was never committed, so there is nothing to undo")
            with because(f"Undone: {batch.reason[0].lower()}{batch.reason[1:]}"):
                kept = take_back(batch)
            batch.move_to(Batch.State.UNDONE)
            return kept
    except IntegrityError as wrong:
        raise NotReadyError(
            "What has changed since does not fit with the values before, so nothing was undone"
        ) from wrong


def take_back(batch: Batch) -> int:
    """Write the values before; how many rows had something that stays."""
    sheet = SHEETS[batch.register]
    rows = list(batch.rows.to_write().exclude(entry_id=None))
    entries = sheet.model._default_manager.filter(pk__in=[row.entry_id for row in rows]).order_by("pk")
    columns = [column.attname for column in sheet.columns]
    locked = entries.select_for_update(no_key=True, of=("self",))
    now = {row["pk"]: plain(row) for row in locked.values("pk", *columns)}
    patches = []
    changed = changed_since_entered(sheet, rows)
    for row in rows:
        stays = row.entry_id in changed or sheet.is_over(now[row.entry_id])
        patch, row.kept = reversal(row, now[row.entry_id], sheet, stays=stays)
        if patch:
            patches.append((row.entry_id, patch))
    lay_over(sheet.model, columns, GIVEN, [packed(patches)])
    BatchRow.objects.bulk_update([row for row in rows if row.kept], ["kept"], batch_size=500)
    return sum(bool(row.kept) for row in rows)


def changed_since_entered(sheet: Sheet, rows: list[BatchRow]) -> set[int]:
    """The keys of new entries that somebody has worked on: another version stands than the first."""
    model: Any = sheet.model
    new = [row.entry_id for row in rows if row.kind == BatchRow.Kind.NEW]
    later = model.history.standing().filter(id__in=among("bigint", new)).exclude(history_type="+")
    return set(later.order_by().values_list("id", flat=True))


def reversal(
    row: BatchRow, now: dict[str, Any], sheet: Sheet, *, stays: bool
) -> tuple[dict[str, Any], list[str]]:
    """The values to go back to, and the headings of the fields that others have changed since.

    An entry that stays keeps all of them.
    """
    before: dict[str, Any] = dict(sheet.withdrawn) if row.kind == BatchRow.Kind.NEW else row.before
    written = row.written
    if row.kind == BatchRow.Kind.NEW:
        written = {name: written.get(name, default(sheet, name)) for name in before}
    patch, kept = {}, []
    headings = {column.attname: column.heading for column in sheet.columns}
    for name, value in written.items():
        if now[name] == value and not stays:
            patch[name] = before[name]
        elif now[name] != before[name]:
            kept.append(headings[name])
    return patch, kept


def default(sheet: Sheet, name: str) -> Any:
    """What a new entry has where nothing is said."""
    field: Any = sheet.model._meta.get_field(name)
    return plain({name: field.get_default()})[name]


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they are kept in rows of batches."""
    found: dict[str, Any] = json.loads(packed(values))
    return found
