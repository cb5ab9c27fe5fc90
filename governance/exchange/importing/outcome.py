"""What one row of a file would do, and how it is kept until somebody commits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from governance.exchange.importing.cells import Fault
from governance.exchange.importing.standing import Values
from governance.exchange.models import Batch, BatchRow
from governance.people.registers.cells import Cell

Kind = BatchRow.Kind
ENCODER = json.JSONEncoder(default=str)  # made once: there are tens of thousands to pack
COPY = (
    "COPY exchange_batchrow (batch_id, number, kind, reference, theirs, title, entry_id, version, before, "
    "patch, contested, faults, choice, kept, cells, remarks) FROM STDIN"
)


@dataclass
class Outcome:
    """What one row would do."""

    number: int
    reference: str = ""
    title: str = ""
    entry: Values | None = None
    patch: dict[str, Any] = field(default_factory=dict)
    contested: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    cells: Sequence[Cell] = ()
    remarks: Sequence[str] = ()

    @property
    def kind(self) -> str:
        """New, changed, conflict or error; "" where nothing would happen."""
        if self.faults:
            return Kind.ERROR
        if self.entry is None:
            return Kind.NEW if self.patch else ""
        return Kind.CONFLICT if self.contested else Kind.CHANGED if self.patch else ""


def store(batch: Batch, outcomes: Iterable[Outcome], versions: dict[int, int]) -> None:
    """The rows that would do something, by COPY. Of one in error, what is wrong and the row as it came."""
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for outcome in outcomes:
            entry = outcome.entry or {}
            patch, contested = ({}, {}) if outcome.faults else (outcome.patch, outcome.contested)
            theirs = outcome.reference if len(outcome.reference) <= 40 else ""
            before = {name: entry.get(name) for name in (*patch, *contested)}
            copy.write_row((
                batch.pk, outcome.number, outcome.kind, outcome.reference[:40], theirs, outcome.title[:300],
                entry.get("id"), versions.get(entry.get("id", 0)), packed(before), packed(patch),
                packed(contested), packed(outcome.faults), "", "[]",
                packed([sound(cell) for cell in outcome.cells] if outcome.faults else []),
                packed([str(sound(each)) for each in outcome.remarks]),
            ))  # fmt: skip


def sound(cell: Cell) -> Cell:
    """A cell as it can be kept: without NUL, which no text of the database holds."""
    return cell.replace("\x00", "") if isinstance(cell, str) else cell


def packed(values: Any) -> str:
    """Values as JSON; dates as 2016-10-24."""
    return ENCODER.encode(values)
