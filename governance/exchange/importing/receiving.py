"""A file arrives: it is looked at, and kept as it came."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.exchange.importing.likely import likely
from governance.exchange.importing.outcome import sound
from governance.exchange.models import Batch, BatchFile, FoundTable, Source
from governance.exchange.reading import FileRefusedError, Table, read
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.people.models import User


def receive(
    data: bytes,
    name: str,
    *,
    register: str,
    source: str,
    by: User,
    sheet: str = "",
    heading_row: int = 0,
    of: str = "",
) -> Batch:
    """A batch for the file, its columns not yet matched. Raises FileRefusedError for what cannot be read.

    `of` is the code of the entry within which its references mean something, such as an audit.
    """
    table = read(data, known=headings_of(SHEETS[register]), sheet=sheet, heading_row=heading_row)
    name = "".join(letter for letter in name if letter.isprintable())[-200:] or "file"
    with transaction.atomic():
        known, _ = Source.objects.get_or_create(register=register, name=source)
        digest = sha256(data).hexdigest()
        options = Batch.objects.options_of_last(known)
        options["for_new"] = said_anew(SHEETS[register], options.get("for_new", {}), of)
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
            **options,
        )
        keep_found(batch, table)
        return batch


def said_anew(sheet: Sheet, before: Mapping[str, str], of: str) -> dict[str, str]:
    """The words for new rows of the last file of a source, save within which entry it is: said anew."""
    if sheet.within is None:
        return dict(before)
    column = sheet.within.column
    found = column.among().filter(**{column.by[0]: of}).values_list("pk", flat=True).first()
    others = {name: key for name, key in before.items() if name != column.name}
    return others | ({column.name: str(found)} if found else {})


def receive_for(batch: Batch, register: str, by: User) -> Batch:
    """A batch of the same file for another register. Raises FileRefusedError once it is emptied."""
    return receive(
        data_of(batch),
        batch.file_name,
        register=register,
        source=batch.source.name,
        by=by,
        sheet=batch.sheet,
        heading_row=batch.heading_row,
    )


def table_of(batch: Batch) -> Table:
    """The table in the file of a batch, as it was last read. Raises FileRefusedError."""
    return read(data_of(batch), sheet=batch.sheet, heading_row=batch.heading_row)


def data_of(batch: Batch) -> bytes:
    """The file of a batch as it came. Raises FileRefusedError once it is emptied."""
    if batch.file.emptied_at:
        raise FileRefusedError("The file has been emptied since its time was over. Bring it in again")
    return bytes(batch.file.data)


def headings_of(sheet: Sheet) -> list[str]:
    """Every heading by which a column of the register is known."""
    return [word for column in sheet.all_columns for word in (column.heading, column.name, *column.aliases)]


def keep_found(batch: Batch, table: Table) -> FoundTable:
    """Keep what was found in the file, for the pages about it."""
    batch.found, _ = FoundTable.objects.update_or_create(batch=batch, defaults=found_of(batch, table))
    return batch.found


def found_of(batch: Batch, table: Table) -> dict[str, Any]:
    """What is found in the file of a batch, by field."""
    return {
        "sheets": list(table.sheets),
        "headings": list(table.headings),
        "samples": [[sound(each) for each in table.samples(place)] for place in range(len(table.headings))],
        "notes": list(table.notes),
        "likely": likely(SHEETS[batch.register], table),
    }


def found_in(batch: Batch) -> FoundTable:
    """What was found in the file. Of an older batch it is read once more, and kept by its next check alone.

    Raises FileRefusedError.
    """
    return getattr(batch, "found", None) or FoundTable(**found_of(batch, table_of(batch)))
