"""What a file says of the council itself: offered to be taken over, never taken in silence."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.exchange.importing.cells import words
from governance.exchange.importing.receiving import found_in
from governance.exchange.layouts import LAYOUTS, recognised
from governance.exchange.models import Batch
from governance.exchange.reading import Table
from governance.history.trail import because
from governance.people.models import Controller


class Said(NamedTuple):
    """One thing that the file says otherwise than the record: what it is about, and both."""

    label: str
    before: str
    after: str


def council_of(register: str, table: Table) -> dict[str, str]:
    """What the first row says of the council by field, where a layout has columns for it."""
    layout = recognised(LAYOUTS.values(), register, table.headings)
    if layout is None:
        return {}
    _, cells = table.rows[0]
    said = [words(cell).replace("\x00", "") for cell in cells]
    return layout.council(dict(zip(table.headings, said, strict=False)))


def said_otherwise(batch: Batch) -> dict[str, Said]:
    """What differs from the council's record, by field."""
    stands = Controller.objects.current()
    labels: dict[str, Any] = {each.name: each for each in Controller._meta.fields}
    return {
        field: Said(str(labels[field].verbose_name), on_record(stands, field), text)
        for field, text in found_in(batch).council.items()
        if text != on_record(stands, field)
    }


def on_record(council: Controller, field: str) -> str:
    """What a file that leaves says: until its name is entered, that under which Custodian is run."""
    return str(council) if field == "name" else str(getattr(council, field))


def faults_of_council(batch: Batch) -> list[str]:
    """Why what the file says cannot be the council's record: a sentence for each field."""
    council, said = Controller.objects.current(), said_otherwise(batch)
    for field, one in said.items():
        setattr(council, field, one.after)
    try:
        council.clean_fields(exclude={field.name for field in Controller._meta.fields} - said.keys())
    except ValidationError as wrong:
        faults = wrong.message_dict
        return [f"The file's {said[field].label}: {' '.join(found)}" for field, found in faults.items()]
    return []


def take_over(batch: Batch) -> None:
    """Let the council's record say what the file says."""
    with transaction.atomic(), because(batch.reason):
        council = Controller.objects.for_change().get()
        said = said_otherwise(batch)
        for field, one in said.items():
            setattr(council, field, one.after)
        council.save(update_fields=list(said))
