"""A file arrives: it is looked at, and kept as it came."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from governance.exchange.importing.likely import likely
from governance.exchange.importing.outcome import sound
from governance.exchange.models import Batch, BatchFile, FoundTable, Source
from governance.exchange.reading import FileRefusedError, Table, read
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.people.models import User


def receive(data: bytes, name: str, *, register: str, source: str, by: User) -> Batch:
    """A batch for the file, its columns not yet matched. Raises FileRefusedError for what cannot be read."""
    table = read(data, known=headings_of(SHEETS[register]))
    name = "".join(letter for letter in name if letter.isprintable())[-200:] or "file"
    with transaction.atomic():
        known, _ = Source.objects.get_or_create(register=register, name=source)
        digest = sha256(data).hexdigest()
        kept = BatchFile.objects.create(name=name, data=data, size=len(data), sha256=digest)
        batch = Batch.objects.create(
            register=register,
            source=known,
            file=kept,
            file_name=name,
            by=by,
            sheet=table.sheet[:200],
            heading_row=table.heading_row,
            row_count=len(table.rows),
            **Batch.objects.options_of_last(known),
        )
        keep_found(batch, table)
        return batch


def table_of(batch: Batch) -> Table:
    """The table in the file of a batch, as it was last read. Raises FileRefusedError."""
    if batch.file.emptied_at:
        raise FileRefusedError("The file has been emptied since its time was over. Bring it in again")
    return read(bytes(batch.file.data), sheet=batch.sheet, heading_row=batch.heading_row)


def headings_of(sheet: Sheet) -> list[str]:
    """Every heading by which a column of the register is known."""
    return [word for column in sheet.all_columns for word in (column.heading, column.name, *column.aliases)]


def keep_found(batch: Batch, table: Table) -> FoundTable:
    """Keep what was found in the file, for the pages about it."""
    said = {
        "sheets": list(table.sheets),
        "headings": list(table.headings),
        "samples": [[sound(each) for each in table.samples(place)] for place in range(len(table.headings))],
        "notes": list(table.notes),
        "likely": likely(SHEETS[batch.register], table),
    }
    batch.found, _ = FoundTable.objects.update_or_create(batch=batch, defaults=said)
    return batch.found


def found_in(batch: Batch) -> FoundTable:
    """What was found in the file; for an older batch it is read once more. Raises FileRefusedError."""
    return getattr(batch, "found", None) or keep_found(batch, table_of(batch))
