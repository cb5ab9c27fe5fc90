"""The dry run: what each row of a file would change, found without a query for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.exchange.importing.by_alias import called_otherwise
from governance.exchange.importing.by_other import ByOther, one_for_each
from governance.exchange.importing.cells import SKIP, Fault, differs, read_column, short, values_for_new
from governance.exchange.importing.council import council_of
from governance.exchange.importing.facts import FactRows
from governance.exchange.importing.outcome import Outcome, store
from governance.exchange.importing.receiving import keep_found, table_of
from governance.exchange.importing.remarks import also_in, read_as
from governance.exchange.importing.several import Rows
from governance.exchange.importing.spreading import decide, spread, understood
from governance.exchange.importing.standing import Standing
from governance.exchange.importing.watching import Watching
from governance.exchange.importing.words import occurring, remembered, unknown_words
from governance.exchange.models import UNKNOWN_ARE_NEW, Batch, BatchRow, NotReadyError
from governance.exchange.reading import Table
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.people.models import User

OWN_NUMBERS = (
    f"For a list with numbers of its own, go to “Change what the columns mean” and tick “{UNKNOWN_ARE_NEW}”. "
    "For this row alone, empty the cell to enter it as new"
)


def check(batch: Batch, by: User) -> None:
    """Find what each row would do and keep it; the register stays as it is.

    Raises FileRefusedError, and NotReadyError once the batch is closed, or while nobody has said what it is
    of.
    """
    sheet = SHEETS[batch.register].of(batch.for_new)
    if sheet.within and sheet.within.chosen(batch.for_new) is None:
        raise NotReadyError(f"{sheet.within.asks} Say that first, then check the file")
    table = table_of(batch)
    checked = Check(sheet, table, batch, by)
    outcomes = checked.outcomes()
    with transaction.atomic():
        batch.hold_open()
        batch.rows.all().delete()
        store(batch, (outcome for outcome in outcomes if outcome.kind), checked.standing.versions)
        unchanged = sum(not outcome.kind for outcome in outcomes)
        counts = {"row_count": len(table.rows), "unchanged_count": unchanged}
        told = council_of(batch.register, table)
        found = getattr(batch, "found", None) or keep_found(batch, table)
        found.keep(words=unknown_words(checked), read_as=read_as(checked), council=told)
        batch.move_to(Batch.State.CHECKED, **counts)


class Check:
    """One file against the register."""

    def __init__(self, sheet: Sheet, table: Table, batch: Batch, by: User) -> None:
        self.sheet, self.table, self.batch = sheet, table, batch
        self.values: dict[str, list[Any]] = {}
        named = {heading: batch.mapping.get(heading, "") for heading in table.headings}
        self.columns = [(heading, sheet.column(name)) for heading, name in named.items() if name]
        known = remembered(batch.source, [column for _, column in self.columns])
        self.said: dict[str, dict[str, Any]] = {}
        for heading, column in self.columns:
            cells = table.column(table.headings.index(heading))
            self.said[column.name] = said = occurring(batch.source, known.get(column.name, {}), cells)
            counts = batch.blank_means_empty and column not in sheet.keys
            self.values[column.name] = read_column(column, heading, cells, said, blank_counts=counts)
        self.own = spread(sheet, self.columns, self.values)
        self.several = Rows(self.own, self.values.get("written", []))
        self.headings = {column.name: heading for heading, column in (*self.own, *self.columns)}
        by_other = (
            sheet.found_by and "reference" not in self.values and sheet.found_by.column.name in self.values
        )
        self.other = ByOther(sheet.found_by, self) if sheet.found_by and by_other else None
        self.for_new = values_for_new(sheet, batch.for_new)
        self.takes_unknown = batch.unknown_are_new or sheet.within is not None
        self.look_up(self.given(), by)
        self.refusers = {column.name: column.refuser() for _, column in self.own}
        self.watching = Watching(sheet, {column.attname for _, column in self.own})
        self.facts = FactRows(self, by)
        before = BatchRow.objects.came_in_before(batch, sheet.within.column.name if sheet.within else "")
        self.came_in = {row.number: row for row in before.only("number", "reference", "batch_id")}

    def look_up(self, given: Sequence[str], by: User) -> None:
        """What the register holds of the entries that the rows name, by their references there.

        What it does not know may be the source's own reference of something that an earlier file brought in.
        """
        if self.other:
            self.standing = Standing(self.sheet, by, self.other.all_references())
            self.references, self.by_theirs = self.other.references(), set()
            return
        named = set(given) - {""}
        self.standing = Standing(self.sheet, by, named)
        unknown = named - self.standing.entries.keys()
        asks = bool(unknown) and self.sheet.within is None  # there the same word means another thing
        theirs = BatchRow.objects.known_as(self.batch, unknown) if asks else {}
        called = [each or theirs.get(word, "")
                  for each, word in zip(called_otherwise(self, given), given, strict=True)]  # fmt: skip
        if others := set(called) - {""}:
            self.standing = Standing(self.sheet, by, named | others)
        self.references = [ours or word for ours, word in zip(called, given, strict=True)]
        self.by_theirs = others - named

    def given(self) -> list[str]:
        """The references that stand in the rows; none where no column finds any."""
        known = self.sheet.known_by
        blank = [SKIP] * len(self.table.rows) if known and known.column.name in self.values else []
        return [self.reference(value) for value in self.values.get("reference", blank)]

    def named(self, place: int) -> str:
        """The reference that stands in a row, as it is written there."""
        value = self.values.get("reference", {place: SKIP})[place]
        return "" if value is SKIP or isinstance(value, Fault) else str(value).strip()

    @staticmethod
    def reference(value: Any) -> str:
        """A reference as the register writes it."""
        return "" if value is SKIP or isinstance(value, Fault) else str(value).upper()

    def outcomes(self) -> list[Outcome]:
        """What each row would do, in the order of the file."""
        self.bases = self.standing.bases(set(self.file_versions().values()))
        entries = list(self.standing.entries.values())
        self.several.look_at(entries)
        self.facts.look_at(entries, self.several.written)
        self.watching.look_at(entry["id"] for entry in self.standing.entries.values())
        self.rows_of: dict[str, list[int]] = defaultdict(list)
        for (number, _), reference in zip(self.table.rows, self.references, strict=False):
            self.rows_of[reference].append(number)
        outcomes = [self.outcome(place, number) for place, (number, _) in enumerate(self.table.rows)]
        if self.other:
            one_for_each(outcomes)
        return outcomes

    def file_versions(self) -> dict[int, int]:
        """The version that each row says it was written from, where that is not the one that stands."""
        found = {}
        for place, version in enumerate(self.values.get("version", [])):
            entry = self.standing.entries.get(self.references[place]) if self.references else None
            if isinstance(version, int) and entry and self.standing.versions.get(entry["id"]) != version:
                found[place] = version
        return found

    def outcome(self, place: int, number: int) -> Outcome:
        """What one row would do."""
        said = {column.attname: value for _, column in self.own
                if (value := self.values[column.name][place]) is not SKIP}  # fmt: skip
        reference = self.references[place] if self.references else ""
        faults = [values[place] for values in self.values.values() if isinstance(values[place], Fault)]
        found = Outcome(number, reference, cells=self.table.rows[place][1])
        found.entry = self.standing.entries.get(reference) if reference else None
        found.remarks = understood(self.columns, self.values, place)
        found.faults = [*self.of_reference(found), *faults]
        good = {name: value for name, value in said.items() if not isinstance(value, Fault)}
        found.faults += self.several.asked_for(good, found.entry)
        good = self.other.laid_out(found, good, place) if self.other else good
        good |= self.facts.read(found, place, good)
        good |= self.own_reference(found, place) if good or reference else {}
        if found.entry is not None:
            self.compare(found, good, place)
        else:
            self.enter(found, good, blank=not good and not reference)
        self.rule(found)
        found.title = self.called(found, said)
        return found

    def called(self, found: Outcome, said: Mapping[str, Any]) -> str:
        """What a row is called on pages: its title, or the beginning of its text."""
        name = self.sheet.titled
        title = said.get(name)
        title = short(title.cell.replace("\x00", "")) if isinstance(title, Fault) else title
        words = str(title or found.patch.get(name) or (found.entry or {}).get(name) or found.title)
        return words if name == "title" else short(words)

    def own_reference(self, found: Outcome, place: int) -> dict[str, Any]:
        """Of a new row, the reference that it gives itself, where the register keeps those of others. What is
        wrong with it is said of the row."""
        within, cell = self.sheet.within, self.values.get("reference", {place: SKIP})[place]
        if within is None or found.entry is not None or isinstance(cell, Fault):
            return {}
        found.reference = named = self.named(place)
        if why := within.wrong(named):
            heading = self.headings.get("reference", self.sheet.reference.heading)
            found.faults.append(Fault(heading, named[:200], why))
        version = self.values.get("version", {place: SKIP})[place]
        if isinstance(version, int):
            found.faults.append(Fault(self.headings["version"], str(version), within.elsewhere))
        return {"reference": named}

    def of_reference(self, found: Outcome) -> Iterator[Fault]:
        """A reference that stands twice, or that the register does not know."""
        heading, reference = self.headings.get("reference", ""), found.reference
        if self.other:
            return
        if reference and len(rows := self.rows_of[reference]) > 1:
            yield Fault(heading, reference[:200], also_in(rows, found.number))
        if reference and found.entry is None and not self.takes_unknown:
            sentence = f"There is no {self.sheet.noun} {short(reference)}. {OWN_NUMBERS}"
            yield Fault(heading, reference[:200], sentence)

    def enter(self, found: Outcome, said: dict[str, Any], *, blank: bool) -> None:
        """A new entry: everything that is required must be there."""
        if blank:
            return
        if row := self.came_in.get(found.number):
            sentence = f"It came in as {row.reference} with batch {row.batch_id} of this very file"
            found.faults = [Fault(self.headings.get("reference", "Row"), "", sentence)]
            return
        if found.reference and not self.other and not self.takes_unknown:
            return  # it names one that is not there, and is no new one
        found.patch = said = self.for_new | said
        for column in self.sheet.columns:
            broken = any(fault.heading == self.headings.get(column.name) for fault in found.faults)
            if column.required and column.attname not in said and not broken:
                heading = self.headings.get(column.name, column.heading)
                found.faults.append(
                    Fault(heading, "", f"It is missing, and every new {self.sheet.noun} needs it")
                )
        self.refuse(found, said)

    def compare(self, found: Outcome, said: dict[str, Any], place: int) -> None:
        """An entry that is there: what differs, and where the register has moved on since."""
        assert found.entry is not None
        version: Any = self.values["version"][place] if "version" in self.values else SKIP
        stale = isinstance(version, int) and version != self.standing.versions.get(found.entry["id"])
        base = self.bases.get(version) if stale else None
        if stale and (base is None or base["id"] != found.entry["id"]):
            sentence = f"{version} is no version of {found.reference}. Leave the cell as it was in the export"
            found.faults.append(Fault(self.headings["version"], str(version), sentence))
            return
        for name, value in said.items():
            stands = found.entry[name]
            if value == stands or not differs(value, stands):
                continue
            was = base[name] if base and name in base else stands
            if name in self.several.columns:
                was = self.several.base(name, value, found.entry, place)
            elif name in self.facts.names:
                was = self.facts.stood(found.entry, place)[name]
            if differs(value, was):
                (found.contested if differs(was, stands) else found.patch)[name] = value
        if found.reference in self.by_theirs and "title" in found.patch:
            # Some lists number their rows anew each year: a person says whether it is the same thing.
            found.patch, found.contested = {}, {**found.contested, **found.patch}
        decide(self, found, place)
        touched = {**found.patch, **found.contested}
        self.refuse(found, touched)
        if touched and not self.standing.may_change(found.entry):
            heading = self.headings.get("reference", "")
            found.faults.append(Fault(heading, found.reference, "You may not change it"))

    def refuse(self, found: Outcome, touched: dict[str, Any]) -> None:
        """Values that a file may not set."""
        for heading, column in self.own:
            if column.attname in touched and (why := self.refusers[column.name](touched[column.attname])):
                found.faults.append(Fault(heading, "", why))

    def rule(self, found: Outcome) -> None:
        """The rules of a whole entry, as the database will check them."""
        if found.faults or not found.kind:
            return
        whole = {**(found.entry or self.standing.defaults), **found.patch, **found.contested}
        for rule in self.sheet.rules:
            if rule.broken(whole):
                heading = self.headings.get(rule.column, self.sheet.column(rule.column).heading)
                found.faults.append(Fault(heading, "", rule.sentence))
        if found.entry is not None and not found.faults:
            for name, sentence in self.watching.faults(found.entry, {**found.patch, **found.contested}):
                heading = self.headings.get(name) or self.sheet.heading_of(name)
                found.faults.append(Fault(heading, "", sentence))
