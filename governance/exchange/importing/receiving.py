"""A file arrives: it is looked at, and kept as it came."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from governance.exchange.models import Batch, BatchFile, Source
from governance.exchange.reading import Table, read
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.people.models import User


def receive(data: bytes, name: str, *, register: str, source: str, by: User) -> Batch:
    """A batch for the file, its columns not yet matched. Raises FileRefusedError for what cannot be read."""
    table = read(data, known=headings_of(SHEETS[register]))
    name = "".join(letter for letter in name if letter.isprintable())[-200:] or "file"
    with transaction.atomic():
        known, _ = Source.objects.get_or_create(register=register, name=source)
        kept = BatchFile.objects.create(name=name, data=data, sha256=sha256(data).hexdigest())
        return Batch.objects.create(
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


def table_of(batch: Batch) -> Table:
    """The table in the file of a batch, as it was last read. Raises FileRefusedError."""
    return read(bytes(batch.file.data), sheet=batch.sheet, heading_row=batch.heading_row)


def headings_of(sheet: Sheet) -> list[str]:
    """Every heading by which a column of the register is known."""
    return [word for column in sheet.all_columns for word in (column.heading, column.name, *column.aliases)]
