"""Rows that name an entry of another register: each is about the one entry here that goes with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from governance.exchange.importing.cells import SKIP, Fault, words
from governance.exchange.importing.remarks import also_in
from governance.exchange.models import Batch, BatchRow
from governance.people.registers.columns import SheetColumn
from governance.people.registers.finding import short
from governance.people.registers.several import parts
from governance.people.registers.sheet import SHEETS, FoundBy

if TYPE_CHECKING:
    from governance.exchange.importing.checking import Check
    from governance.exchange.importing.outcome import Outcome

Values = Mapping[str, Any]
SEVERAL = (
    "{} work with {}, so it is not clear which is meant. Bring in the file of the record of processing itself"
)
NOT_IN_IT = "It says No, but {} works with {}: end it, or take the {} off it, on its page"


class ByOther:
    """The rows of a file whose entries are found by another register's references."""

    def __init__(self, found_by: FoundBy, checked: Check) -> None:
        self.found_by, self.checked = found_by, checked
        entered = BatchRow.objects.entered_from(checked.batch, found_by.register)
        given = [checked.reference(value) for value in checked.values[found_by.column.name]]
        numbers = [number for number, _ in checked.table.rows]
        self.named = [entered.get(number) or each for number, each in zip(numbers, given, strict=True)]
        self.origins = found_by.origins(set(self.named) - {""})
        self.rows_of: dict[str, list[int]] = defaultdict(list)
        for number, each in zip(numbers, self.named, strict=True):
            self.rows_of[each].append(number)

    def references(self) -> list[str]:
        """The reference of the entry that each row is about; "" where there is none, or several."""
        found = (self.origins.get(each) for each in self.named)
        return [each.references[0] if each and len(each.references) == 1 else "" for each in found]

    def all_references(self) -> set[str]:
        """The references of all entries that rows could be about."""
        return {reference for each in self.origins.values() for reference in each.references}

    def laid_out(self, found: Outcome, said: dict[str, Any], place: int) -> dict[str, Any]:
        """What the row says of its entry, or of a new one. What is not clear becomes a fault of the row."""
        named, wants = self.named[place], self.wants(place)
        found.title = named
        origin, says = self.origins.get(named), any(said.values()) or bool(found.faults)
        if origin and len(origin.references) > 1:
            found.faults = self.of_several(named, origin.references, place)
            return {}
        asks = says or wants or (origin is not None and wants is False)
        if asks and (fault := self.fault(found, place, says=says)):
            found.faults = [fault, *found.faults]
            return {}
        if origin and not origin.references and wants:
            return {**origin.fresh, **{name: value for name, value in said.items() if value}}
        return said if says and origin else {}

    def wants(self, place: int) -> bool | None:
        """Does the row say that there is to be an entry? None where it says nothing of that."""
        value = self.checked.values.get(self.found_by.wanted.name, {place: None})[place]
        return value if isinstance(value, bool) else None

    def fault(self, found: Outcome, place: int, *, says: bool) -> Fault | None:
        """What keeps the row from being about one entry."""
        named, noun, heading = self.named[place], self.found_by.noun, self.heading(self.found_by.column)
        if not named:
            return Fault(heading, "", f"It names no {noun}. Bring the file in as {noun}s first")
        if (origin := self.origins.get(named)) is None:
            return Fault(heading, named[:200], f"There is no {noun} {short(named)}")
        if len(rows := self.rows_of[named]) > 1:
            return Fault(heading, named, also_in(rows, found.number))
        wanted = self.heading(self.found_by.wanted)
        if origin.references and self.wants(place) is False:
            return Fault(wanted, "", NOT_IN_IT.format(origin.references[0], named, noun))
        if not origin.references and says and not self.wants(place):
            sentence = f"No {self.checked.sheet.noun} works with {named}. Say Yes here to enter one"
            return Fault(wanted, "", sentence)
        return None

    def of_several(self, named: str, references: Sequence[str], place: int) -> list[Fault]:
        """A row about several entries may only say what they say together, as the layout writes it."""
        together = f"{', '.join(references[:-1])} and {references[-1]}"
        if self.wants(place) is False:
            sentence = SEVERAL.format(together, named)
            return [Fault(self.heading(self.found_by.wanted), "", f"It says No. {sentence}")]
        entries = [self.checked.standing.entries[each] for each in references]
        for heading, column in self.checked.own:
            cell = self.checked.table.column(self.checked.table.headings.index(heading))[place]
            write = column.writer()
            stands = {part for each in entries for part in parts(str(write(each[column.attname]) or ""))}
            if self.checked.values[column.name][place] is not SKIP and set(parts(words(cell))) != stands:
                return [Fault(heading, "", SEVERAL.format(together, named))]
        return []

    def heading(self, column: SheetColumn) -> str:
        """The file's heading of a column, or our own."""
        return self.checked.headings.get(column.name, column.heading)


def one_for_each(outcomes: Iterable[Outcome]) -> None:
    """Of several rows that change one entry alike only the first does; those that differ are in error."""
    of_entry: dict[int, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        if each.entry is not None and each.patch and not each.faults:
            of_entry[each.entry["id"]].append(each)
    for first, *others in of_entry.values():
        if all(each.patch == first.patch for each in others):
            for each in others:
                each.patch = {}
            continue
        rows = [each.number for each in (first, *others)]
        for each in (first, *others):
            other = next(number for number in rows if number != each.number)
            sentence = f"Row {other} says otherwise of {each.reference}: let both say the same"
            each.faults = [Fault("Row", "", sentence)]


def taken_since(batch: Batch) -> list[str]:
    """What new rows of a batch are about, of which somebody else has made an entry since the check.

    To be asked under the lock that gives new entries their references.
    """
    found_by, taken = SHEETS[batch.register].found_by, set(batch.mapping.values())
    if found_by is None or found_by.column.name not in taken or "reference" in taken:
        return []
    new = batch.rows.of_kind(BatchRow.Kind.NEW)
    named = {row["said"] for each in new for row in each.patch.get(found_by.linked, ())}
    return sorted(each for each, origin in found_by.origins(named).items() if origin.references)
