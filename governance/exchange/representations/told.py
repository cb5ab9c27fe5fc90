"""What a file would bring into the register, what it brought, and what an undo took back, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.template.defaultfilters import filesizeformat, pluralize
from django.utils.timezone import localdate

from governance.core.dates import long_date
from governance.exchange.importing.words import words_of
from governance.exchange.models import Batch, BatchFile, BatchRow
from governance.people.registers.sheet import SHEETS

Kind = BatchRow.Kind
PLURALS = {Kind.CONFLICT: "Conflicts", Kind.ERROR: "Errors"}
UNDONE = {Kind.NEW: "New, taken back", Kind.CHANGED: "Changed, taken back"}


class OfKind(NamedTuple):
    """The rows of one kind: what they are called where their number stands before, and over a table."""

    value: str
    label: str
    caption: str
    number: int


def kinds(batch: Batch, counts: Mapping[str, int]) -> list[OfKind]:
    """The kinds of rows with their numbers."""
    found = []
    for kind in Kind:
        undone = UNDONE.get(kind) if batch.state == Batch.State.UNDONE else None
        caption = undone or PLURALS.get(kind, kind.label)
        label = kind.label if counts[kind] == 1 and not undone else caption
        found.append(OfKind(kind.value, str(label), str(caption), counts[kind]))
    return found


def came_in(batch: Batch) -> str:
    """What a committed batch brought: "2 assets are new and 1 changed. 6 rows were left out"."""
    said = said_of(batch, (" is new", " are new"), (" changed", " changed"))
    return f"{said or 'Nothing changed'}{left_out_of(batch.rows.counts())}"


def taken_back(batch: Batch) -> str:
    """What an undo took back: "1 asset is withdrawn and 2 are as before. In 1 row something stays"."""
    undone = SHEETS[batch.register].undone
    kept = batch.rows.exclude(kept=[]).count()
    said = said_of(batch, (f" is {undone}", f" are {undone}"), (" is as before", " are as before"))
    stays = f", save in {kept} row{pluralize(kept)} that others have changed since" if kept else ""
    return f"{said or 'There was nothing to take back'}{stays}"


def said_of(batch: Batch, new: tuple[str, str], changed: tuple[str, str]) -> str:
    """How many entries came in and how many changed, each with what became of them; "" for none."""
    written, sheet = batch.rows.written_counts(), SHEETS[batch.register]
    parts: list[str] = []
    for number, became in ((written[Kind.NEW], new), (written[Kind.CHANGED], changed)):
        if number:
            of = "" if parts else f" {sheet.noun if number == 1 else sheet.plural}"
            parts.append(f"{number:,}{of}{became[number != 1]}")
    return " and ".join(parts)


def outcome_of(batch: Batch) -> str:
    """What came of a batch that was committed; "" where it was not."""
    if batch.state == Batch.State.UNDONE:
        return taken_back(batch)
    return came_in(batch) if batch.state == Batch.State.COMMITTED else ""


def left_out_of(counts: Mapping[str, int]) -> str:
    """How many rows were left out, as a further sentence; "" for none."""
    number = counts[Kind.ERROR]
    return f". {number:,} row{pluralize(number, ' was,s were')} left out" if number else ""


def kept_of(file: BatchFile) -> str:
    """How large a file was, and how long it is kept."""
    size = filesizeformat(file.size)
    if file.emptied_at:
        return f"{size}, emptied on {long_date(localdate(file.emptied_at))}"
    return f"{size}, emptied {settings.UPLOADS_KEPT_DAYS} days after the last step"


def within_of(batch: Batch) -> tuple[str, str] | None:
    """Within which entry of another register its references mean something: the heading and its words."""
    within = SHEETS[batch.register].within
    key = within.chosen(batch.for_new) if within else None
    if within is None or key is None:
        return None
    return within.column.heading, str(within.column.among().get(pk=key))


def said_of_words(batch: Batch) -> str:
    """How many words of the file somebody has matched, and how many nobody; "" where there are none."""
    found = Counter(each.is_matched for each in words_of(batch))
    said = {True: "matched for this source", False: "not known to the register"}
    return "; ".join(f"{found[each]} {words}" for each, words in said.items() if found[each])
