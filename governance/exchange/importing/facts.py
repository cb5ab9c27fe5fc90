"""Facts that a file brings about entries: what its rows come to, and how they are recorded and struck out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from governance.core.steps import StepError
from governance.exchange.importing.cells import SKIP, Fault
from governance.exchange.models import Batch, BatchRow, NotReadyError
from governance.people.registers.facts import RECORDERS, Fact, Facts, Said, Struck, Wanted
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.exchange.importing.checking import Check
    from governance.exchange.importing.outcome import Outcome
    from governance.people.models import User

Entry = dict[str, Any]


class FactRows:
    """What the rows of a file say of facts, where it has columns of them."""

    def __init__(self, checked: Check, by: User) -> None:
        self.checked, facts = checked, checked.sheet.facts
        cells = facts.cells if facts else ()
        self.cells = [column.name for column in cells if column.name in checked.values]
        self.facts = facts if facts and (self.cells or facts.every_new) else None
        self.names = self.facts.names if self.facts else []
        self.find = self.facts.finds(by) if self.facts else None
        self.before: dict[datetime, Mapping[int, Any]] = {}

    def look_at(self, entries: Collection[Entry], written: Iterable[datetime | None]) -> None:
        """Add to each entry what stands for it, and find what stood when the file was written."""
        if self.facts is None:
            return
        self.facts.added_to(entries)
        keys = [entry["id"] for entry in entries]
        self.before = {instant: self.facts.before(instant, keys) for instant in {*written} if instant}

    def read(self, found: Outcome, place: int, good: Entry) -> Entry:
        """The facts of a row that differ from what stands, and what a new entry has by them.

        `good` is what else the row says that can be read. What is wrong is said of the row.
        """
        if self.find is None:
            return {}
        cells = {name: self.checked.values[name][place] for name in self.cells}
        wrong = {name for name, value in cells.items() if isinstance(value, Fault)}
        said = {name: value for name, value in cells.items() if name not in wrong | blank(cells)}
        if not found.entry and not good and not said:
            return {}
        stands = {name: (found.entry or {}).get(name) for name in self.names}
        stood = self.stood(found.entry, place) if found.entry else {}
        origin = f"From {self.checked.batch.file_name}, row {found.number}"
        entry = {**(found.entry or self.checked.for_new), **good}
        named = self.checked.named(place)
        read = self.find(Said(said, wrong, self.cells, stands, stood, origin, entry, named))
        headings = self.checked.headings
        found.faults += [Fault(headings[name], "", sentence) for name, sentence in read.faults]
        found.remarks = [*found.remarks, *read.remarks]
        return {**({} if found.entry else read.entered), **read.facts}

    def stood(self, entry: Mapping[str, Any], place: int) -> Mapping[str, Fact | None]:
        """What stood for an entry when the row was written; what stands now where the file does not say."""
        instant = self.checked.several.moment(place)
        if instant is None:
            return {name: entry[name] for name in self.names}
        return {**dict.fromkeys(self.names), **self.before[instant].get(entry["id"], {})}


def blank(cells: Mapping[str, Any]) -> set[str]:
    """The cells that say nothing."""
    return {name for name, value in cells.items() if value is SKIP or value in (None, "")}


def facts_in(batch: Batch) -> Facts | None:
    """The facts of its register, where the file has columns of them, or each new entry has some."""
    facts, named = SHEETS[batch.register].facts, set(batch.mapping.values())
    said = facts and (facts.every_new or any(cell.name in named for cell in facts.cells))
    return facts if said else None


def moved_facts(batch: Batch) -> list[str]:
    """The references of entries, locked, whose facts are not those with which the row was compared."""
    facts = facts_in(batch)
    rows = list(batch.rows.writing_any_of(facts.names)) if facts else []
    if not facts or not rows:
        return []
    standing = facts.standing([row.entry_id for row in rows if row.entry_id])
    return [row.reference for row in rows if has_moved(row, facts.names, standing.get(row.entry_id or 0, {}))]


def has_moved(row: BatchRow, names: Collection[str], stands: Mapping[str, Fact | None]) -> bool:
    """Does another fact stand than the row was compared with, or than one of its facts rests on?"""
    said = {name: fact for name, fact in {**row.patch, **row.contested}.items() if name in names}
    rests = {name: key for fact in said.values() for name, key in fact.get("rests_on", {}).items()}
    return any(row.before.get(name) != stands.get(name) for name in said) or any(
        key != (stands.get(name) or {}).get("recorded") for name, key in rests.items()
    )


def record_facts(batch: Batch, by: User) -> None:
    """Record the facts of a batch, whose entries are written, and keep with its rows what then stands.

    Raises NotReadyError where the register refuses one.
    """
    facts = facts_in(batch)
    if facts is None:
        return
    rows = batch.rows.to_write().exclude(entry_id=None).order_by("number")
    held = [row for row in rows if set(facts.names) & row.written.keys()]
    asked = [(row, name, row.written[name]) for row in held for name in facts.names if name in row.written]
    wanted = [Wanted(row.entry_id or 0, name, fact) for row, name, fact in asked]
    if not wanted:
        return
    try:
        made = RECORDERS[batch.register].record(wanted, by)
    except StepError as wrong:
        raise NotReadyError(f"Nothing was written. {wrong}") from wrong
    for (row, name, _), fact in zip(asked, made, strict=True):
        (row.contested if name in row.contested else row.patch)[name] = fact
    keep_versions(batch, held)
    BatchRow.objects.bulk_update(held, ["patch", "contested", "version"], batch_size=500)


def keep_versions(batch: Batch, rows: Sequence[BatchRow]) -> None:
    """Note of new entries the version that stands with their facts: an undo tells by it who changed them."""
    new = {row.entry_id: row for row in rows if row.kind == BatchRow.Kind.NEW}
    history: Any = SHEETS[batch.register].model.history  # type: ignore[attr-defined]
    for key, version in history.standing().filter(id__in=new).values_list("id", "history_id") if new else ():
        new[key].version = version


def strike_facts(
    sheet: Sheet, patches: Sequence[tuple[int, Entry]], now: Mapping[int, Entry], *, by: User, reason: str
) -> None:
    """Strike out the facts which patches take back, so that the ones before them stand again.

    Raises NotReadyError where the register refuses it.
    """
    names = sheet.facts.names if sheet.facts else []
    struck = [Struck(key, name, now[key][name], patch[name])
              for key, patch in patches for name in names if name in patch]  # fmt: skip
    if not struck:
        return
    try:
        RECORDERS[sheet.key].strike(struck, by, reason)
    except StepError as wrong:
        raise NotReadyError(f"Nothing was undone. {wrong}") from wrong
