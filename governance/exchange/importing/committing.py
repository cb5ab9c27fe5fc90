"""A checked file enters the register: all of it or nothing, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction

from governance.core.refusals import rule_of
from governance.exchange.importing.by_other import taken_since
from governance.exchange.importing.facts import moved_facts, record_facts
from governance.exchange.importing.outcome import packed
from governance.exchange.importing.several import moved_rows, said_in, write_rows
from governance.exchange.importing.watching import refused_now
from governance.exchange.importing.writing import OF_BATCH, enter_new, give_references, lay_over, names
from governance.exchange.models import CHECKED_ANEW, Batch, BatchRow, NotReadyError, Source
from governance.exchange.representations.opening import becoming_public
from governance.history.models import FOREVER
from governance.history.trail import because
from governance.people.registers.sheet import SHEETS

if TYPE_CHECKING:
    from governance.people.models import User

CAME_IN = "came in"


class MovedOnError(Exception):
    """What somebody changed since the file was checked: entries by reference, or another batch of the file.

    `became` says what became of them: they changed, or came in with another file. Nothing was written.
    """

    def __init__(self, references: list[str], became: str = "changed") -> None:
        super().__init__(references)
        self.references, self.became = references, became


def commit(
    batch_id: int, *, seen: str | None = None, opens: str | None = None, by: User | None = None
) -> bool:
    """Write what the check found, in one transaction; False if it had been committed already.

    `seen` is what `rows.seen()` was on the page that the person answered, and `opens` how many entries it
    said become public; None where no page was shown. `by` commits it: unless it is said, who brought it.
    Raises NotReadyError while conflicts are undecided, the batch is closed, or it is not as it was seen,
    MovedOnError if entries have moved on. Two who commit at once, also two uploads of one file: the second
    waits, and then sees that it is done.
    """
    try:
        with transaction.atomic():
            batch = locked(batch_id)
            if batch.state == Batch.State.COMMITTED:
                return False
            ready(batch)
            if seen is not None and seen != batch.rows.seen():
                raise NotReadyError(f"{CHECKED_ANEW}, then commit")
            counts_once(batch)
            hold(batch)
            opens_no_more(batch, opens)
            columns = columns_of(batch)
            if refused := moved_rows(batch) or moved_facts(batch) or refused_now(batch, columns):
                raise MovedOnError(refused)
            with because(batch.reason):
                write(batch, columns)
                record_facts(batch, by or batch.by)
            batch.move_to(Batch.State.COMMITTED)
    except IntegrityError as wrong:
        said = rule_of(wrong) or "a rule"
        raise NotReadyError(f"Nothing was written, since the database refused it ({said})") from wrong
    return True


def locked(batch_id: int) -> Batch:
    """The batch, locked with all others of the same file: what one brings in, no other does at once."""
    same = {batch.pk: batch for batch in Batch.objects.of_one_file_with(batch_id).for_change()}
    return same[batch_id]


def opens_no_more(batch: Batch, opens: str | None) -> None:
    """Raises NotReadyError if the file now makes more entries public than its page said.

    The rows may be the same: a marking that was opened meanwhile opens what bears it.
    """
    if opens is None:
        return
    said = int(opens) if opens.isdecimal() and len(opens) < 10 else 0
    if (number := becoming_public(batch)) > said:
        raise NotReadyError(
            f"{number} of these would become public now, and not {said} as the page said. Nothing was "
            "written: look at the file again, then commit"
        )


def counts_once(batch: Batch) -> None:
    """Raises MovedOnError if another batch has brought new rows in since the check.

    Another batch of the same file, or one of the same source under the references that it gives them.
    """
    new = batch.rows.of_kind("new")
    theirs = set(new.values_list("theirs", flat=True))
    if not theirs:
        return
    sheet = SHEETS[batch.register]
    within = sheet.within.column.name if sheet.within else ""
    before = BatchRow.objects.came_in_before(batch, within)
    if again := before.filter(number__in=new.values("number")).first():
        raise MovedOnError([f"Batch {again.batch_id} of the same file"], CAME_IN)
    # Whoever commits another file of the source waits here.
    Source.objects.select_for_update(no_key=True).get(pk=batch.source_id)
    asks = not within  # else the same word means another thing elsewhere
    if asks and (came_in := BatchRow.objects.known_as(batch, theirs - {""})):
        raise MovedOnError(sorted(came_in.values()), CAME_IN)


def ready(batch: Batch) -> None:
    """Raises NotReadyError unless the batch is checked and every conflict decided."""
    if batch.state != Batch.State.CHECKED:
        raise NotReadyError(
            f"Batch {batch.pk} is {batch.get_state_display().lower()}, so nothing was written"
        )
    if undecided := batch.rows.undecided().count():
        raise NotReadyError(f"Choose first what counts in {undecided} conflict{'s' if undecided > 1 else ''}")


def hold(batch: Batch) -> None:
    """Lock the entries, in the order of their keys. Raises MovedOnError if one is not as it was checked."""
    model: Any = SHEETS[batch.register].model
    table, _ = names(model)
    history, _ = names(model.history.model)
    lock = f"""SELECT t.id FROM {table} t JOIN exchange_batchrow r ON r.entry_id = t.id
 WHERE r.batch_id = %s AND r.kind IN ('changed', 'conflict') ORDER BY t.id FOR NO KEY UPDATE OF t"""  # noqa: S608
    moved = f"""SELECT r.reference FROM exchange_batchrow r
 LEFT JOIN {history} h ON h.id = r.entry_id AND h.history_until = %s AND h.history_type <> '-'
 WHERE r.batch_id = %s AND r.kind IN ('changed', 'conflict') AND h.history_id IS DISTINCT FROM r.version
 ORDER BY r.number"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(lock, [batch.pk])
        cursor.execute(moved, [FOREVER, batch.pk])
        if references := [reference for (reference,) in cursor.fetchall()]:
            raise MovedOnError(references)


def write(batch: Batch, columns: set[str]) -> None:
    """The new entries, then the changed ones, in these columns, then what they have several of.

    Raises MovedOnError where somebody has made a new entry meanwhile that the file was to make.
    """
    sheet = SHEETS[batch.register]
    if new := batch.rows.of_kind("new").count():
        if sheet.references is not None:
            give_references(batch.pk, sheet.references(new))
        if taken := taken_since(batch):
            raise MovedOnError(taken)
        defaults = {field.column: field.get_default() for field in sheet.model._meta.concrete_fields}
        within = sheet.within.column.attname if sheet.within else ""
        enter_new(sheet.model, batch.pk, packed(defaults), within)
    allowed = {column.attname for column in sheet.columns}
    lay_over(sheet.model, columns & allowed, OF_BATCH, [batch.pk])
    if said_in(batch):
        written = batch.rows.to_write().exclude(entry_id=None).order_by("number")
        write_rows(sheet, [(row.entry_id or 0, row.written) for row in written])


def columns_of(batch: Batch) -> set[str]:
    """The columns that rows of the batch change."""
    sql = """SELECT DISTINCT jsonb_object_keys(patch || contested) FROM exchange_batchrow
 WHERE batch_id = %s AND kind IN ('changed', 'conflict')"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [batch.pk])
        return {name for (name,) in cursor.fetchall()}
