"""Taking a batch back: what it changed is as before, save where somebody has changed it since."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction

from governance.exchange.importing.facts import strike_facts
from governance.exchange.importing.outcome import packed
from governance.exchange.importing.several import add_rows, write_rows
from governance.exchange.importing.standing import Values, among
from governance.exchange.importing.watching import Watching
from governance.exchange.importing.writing import GIVEN, lay_over
from governance.exchange.models import Batch, BatchRow, NotReadyError
from governance.history.trail import because
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.people.models import User


def undo(batch_id: int, *, by: User | None = None) -> int | None:
    """Take a committed batch back; how many rows had fields that others have changed since, which stay.

    None if it had been taken back already. New entries are not deleted, but withdrawn, or taken off where the
    register says so and nothing names them; facts are struck out.
    `by` takes it back: unless it is said, who brought it. Raises NotReadyError for a batch that was never
    committed, or that the rules of the register no longer let go back.
    """
    try:
        with transaction.atomic():
            batch = Batch.objects.for_change().select_related("file").defer("file__data").get(pk=batch_id)
            if batch.state == Batch.State.UNDONE:
                return None
            if batch.state != Batch.State.COMMITTED:
                raise NotReadyError(f"Batch {batch.pk} was never committed, so there is nothing to undo")
            with because(f"Undone: {batch.reason[0].lower()}{batch.reason[1:]}"):
                kept = take_back(batch, by or batch.by)
            batch.move_to(Batch.State.UNDONE)
            if batch.file.emptied_at:  # nobody will come to empty it again
                batch.rows.forget(batch.state)
            return kept
    except IntegrityError as wrong:
        raise NotReadyError(
            "What has changed since does not fit with the values before, so nothing was undone"
        ) from wrong


def take_back(batch: Batch, by: User) -> int:
    """Write the values before; how many rows had something that stays."""
    sheet = SHEETS[batch.register]
    rows = list(batch.rows.to_write().exclude(entry_id=None))
    keys = {row.entry_id or 0: row.written if row.kind == BatchRow.Kind.NEW else None for row in rows}
    new = {key: written for key, written in keys.items() if written is not None}
    undoing = Undoing(sheet, keys, new, {row.entry_id or 0: row.version for row in rows})
    patches = []
    for row in rows:
        patch, row.kept = undoing.reversal(row)
        if patch:
            patches.append((row.entry_id or 0, patch))
    strike_facts(sheet, patches, undoing.now, by=by, reason=f"Undone: {batch.reason}")
    lay_over(sheet.model, undoing.columns, GIVEN, [packed(patches)])
    write_rows(sheet, patches)
    if sheet.taken_off:
        gone = [row.entry_id for row in rows if row.kind == BatchRow.Kind.NEW and not row.kept]
        sheet.model._default_manager.filter(pk__in=gone).delete()
    BatchRow.objects.bulk_update([row for row in rows if row.kept], ["kept"], batch_size=500)
    return sum(bool(row.kept) for row in rows)


class Undoing:
    """The entries of a batch as they stand, locked, and what others have done about them since."""

    def __init__(
        self,
        sheet: Sheet,
        keys: Collection[int],
        new: Mapping[int, Values],
        versions: Mapping[int, int | None],
    ) -> None:
        self.sheet = sheet
        self.withdrawn = plain(dict(sheet.withdrawn()))
        self.facts = sheet.facts.names if sheet.facts else []
        self.headings = {column.attname: column.heading for column in sheet.told_of}
        self.attnames = {column.name: column.attname for column in sheet.own}
        self.columns = [*dict.fromkeys([*(each.attname for each in sheet.columns), *self.withdrawn])]
        entries = sheet.model._default_manager.filter(pk__in=among("bigint", keys)).order_by("pk")
        locked = entries.select_for_update(no_key=True, of=("self",))
        self.now = {row["id"]: plain(row) for row in locked.values("id", "reference", *self.columns)}
        add_rows(sheet.several, list(self.now.values()))
        if sheet.facts:
            sheet.facts.added_to(list(self.now.values()))
        if new:
            hold_back_links(sheet.model)
        tells = sheet.facts.relied_on if sheet.facts else None
        self.relied_on = tells(keys) if tells else {}
        self.worked_on = worked_on_since(sheet, new, self.now, versions)
        self.worked_on |= {key: why for key in new for why in self.relied_on.get(key, {}).values()}
        self.watching = Watching(sheet, [*self.columns, *self.headings])
        self.watching.look_at(self.now)

    def reversal(self, row: BatchRow) -> tuple[dict[str, Any], list[str]]:
        """The values to go back to, and the headings of what stays as others have it since.

        An entry that is over stays, and so does a new one about which others have done something.
        """
        now, is_new = self.now[row.entry_id or 0], row.kind == BatchRow.Kind.NEW
        if is_new and self.sheet.taken_off:
            since = self.worked_on.get(row.entry_id or 0, "")
            return {}, [f"All of it ({since})"] if since else []
        written = row.written
        if is_new:
            facts = {name: fact for name, fact in written.items() if name in self.facts}
            written = {name: written.get(name, default(self.sheet, name)) for name in self.withdrawn} | facts
        stood = {**dict.fromkeys(self.facts), **(self.withdrawn if is_new else row.before)}
        before = {name: stood[name] for name in written}
        why = self.worked_on.get(row.entry_id or 0, "")
        if why or self.sheet.is_over(now):
            return {}, self.staying(before, now, dict.fromkeys(before, why))
        patch = {name: before[name] for name, value in written.items() if now[name] == value}
        relied_on = self.relied_on.get(row.entry_id or 0, {})
        patch, reasons = self.allowed(
            now, {name: value for name, value in patch.items() if name not in relied_on}, whole=is_new
        )
        stays = {name: value for name, value in before.items() if name not in patch}
        return patch, self.staying(stays, now, {**relied_on, **reasons})

    def allowed(
        self, now: Values, patch: dict[str, Any], *, whole: bool
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """What of the patch the rules let go back, and why each of the others stays, by column.

        Asked again without what was refused, until nothing is; a `whole` patch goes back whole or not at all.
        """
        reasons: dict[str, str] = {}
        while faults := self.watching.faults(now, patch):
            column, sentence = faults[0]
            gone = set(patch) if whole else self.at_fault(now, patch, column, sentence)
            reasons |= dict.fromkeys(sorted(gone), sentence)
            patch = {name: value for name, value in patch.items() if name not in gone}
        return patch, reasons

    def at_fault(self, now: Values, patch: Mapping[str, Any], column: str, sentence: str) -> set[str]:
        """The columns without which this is no fault: the one it names, else one that is watched."""
        watched = [name for name in patch if name in self.watching.watched]
        for name in sorted(watched, key=lambda name: name != self.attnames.get(column)):
            rest = {key: value for key, value in patch.items() if key != name}
            if (column, sentence) not in self.watching.faults(now, rest):
                return {name}
        return set(watched)

    def staying(self, before: Values, now: Values, why: Mapping[str, str]) -> list[str]:
        """The headings of what does not go back to the values before, in the order of the register."""
        names = {name for name, value in before.items() if now[name] != value}
        rest = {name: f" ({sentence})" for name, sentence in why.items() if sentence}
        return [f"{said}{rest.get(name, '')}" for name, said in self.headings.items() if name in names]


def hold_back_links(model: Any) -> None:
    """Wait for whoever is just naming an entry in another table, and have others wait to the end.

    A foreign key is checked when it is committed: no lock of the entry makes such a row wait. Facts that are
    only added to are made under a lock of their entry, and their tables are not ours to lock.
    """
    tables = {
        each.related_model._meta.db_table
        for each in model._meta.related_objects
        if each.related_model is not model and not getattr(each.related_model, "append_only", False)
    }
    with connection.cursor() as cursor:
        named = ", ".join(map(connection.ops.quote_name, sorted(tables)))
        cursor.execute(f"LOCK TABLE {named} IN SHARE ROW EXCLUSIVE MODE")


def worked_on_since(
    sheet: Sheet, new: Mapping[int, Values], now: Mapping[int, Values], versions: Mapping[int, int | None]
) -> dict[int, str]:
    """What others have done about new entries since they came in, in words, by the entry's key.

    Changed it, or made a record that names it: a hold, a confirmation, an agreement. Of what it has several
    of, only what is not as the file brought it. `versions` are those in which the file left them.
    """
    model: Any = sheet.model
    keys = among("bigint", new)
    later = model.history.standing().filter(id__in=keys).exclude(history_type="+").order_by()
    found = {key: "changed since" for key, version in later.values_list("id", "history_id")
             if version != versions.get(key)}  # fmt: skip
    own = {column.of: column for column in sheet.several}
    for relation in model._meta.related_objects:
        of: Any = relation.related_model
        if sheet.facts and of in sheet.facts.models:
            found |= {
                key: f"named since by {of._meta.verbose_name_plural}"
                for key, row in new.items()
                if any(now[key][name] != row.get(name) for name in sheet.facts.own_names)
            }
            continue
        words = f"named since by {of._meta.verbose_name_plural}"
        if column := own.get(of):
            name = column.attname
            found |= {key: words for key, row in new.items() if now[key][name] != row.get(name, [])}
            continue
        naming = of._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if of is model:  # part of another new one: both go
            naming = naming.exclude(pk__in=keys)
        found |= dict.fromkeys(naming.values_list(relation.field.attname, flat=True), words)
    return found


def default(sheet: Sheet, name: str) -> Any:
    """What a new entry has where nothing is said."""
    field: Any = sheet.model._meta.get_field(name)
    return plain({name: field.get_default()})[name]


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they are kept in rows of batches."""
    found: dict[str, Any] = json.loads(packed(values))
    return found
