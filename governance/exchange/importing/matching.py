"""Which column of a file is which column of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from governance.exchange.models import LEFT_OUT, OF_LEFT_OUT, Batch
from governance.exchange.reading import Table
from governance.people.registers.finding import folded
from governance.people.registers.sheet import Sheet


def guess(sheet: Sheet, headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """A column of the register for each heading that is known: as last time from this source, else by name.

    No column is given twice. A heading that nobody knows is not in the answer: a person must say.
    """
    ours = [*OF_LEFT_OUT, *(column.heading for column in sheet.only_out)]
    only_out = {folded(heading): LEFT_OUT for heading in ours}
    names = only_out | {folded(word): column.name for column in sheet.all_columns
             for word in (*column.aliases, column.name, column.heading)}  # fmt: skip
    before = {folded(heading): name for heading, name in remembered.items()}
    existing = {column.name for column in sheet.all_columns} | {LEFT_OUT}
    found: dict[str, str] = {}
    for known in (before, names):
        for heading in filter(None, headings):
            name = known.get(folded(heading))
            if heading not in found and name in existing and (name == LEFT_OUT or name not in found.values()):
                found[heading] = str(name)
    return found


def unmatched(table: Table, mapping: Mapping[str, str]) -> list[str]:
    """Headings for which nobody has said what they are: none is dropped in silence."""
    return [heading for heading in table.headings if heading and heading not in mapping]


def match(batch: Batch, mapping: Mapping[str, str], **options: bool | dict[str, str]) -> None:
    """Keep what the columns mean, with the batch and for the next of this source. Raises NotReadyError."""
    with transaction.atomic():
        batch.hold_open()
        batch.mapping = dict(mapping)
        for name, value in options.items():
            setattr(batch, name, value)
        batch.save(update_fields=["mapping", *options])
        batch.source.mapping = {**batch.source.mapping, **mapping}
        batch.source.save(update_fields=["mapping"])
