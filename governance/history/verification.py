"""Verifying the trail: rows with their seals, versions with the next, entries with what stands of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from governance.core.dates import LONDON, long_date
from governance.history import comparing
from governance.history.models import Block, Era, Form, Redaction, Seal
from governance.history.rights import recorded_models
from governance.history.seals import sealed_models

MOST = 1_000  # faults of one kind in one table that are told: whoever has more has one
CUT = (
    "ends the chain, and no block has a head that was given, so that the end of the trail was cut, this "
    "database was restored from an older copy, or the chain was made anew"
)
COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was sealed: the table, the keys of entry and row, what is wrong, and what
    the row is of in words, where a room says it."""

    table: str
    key: int | None
    version: int | None
    what: str
    of: str = ""

    def __str__(self) -> str:
        entry = f" of entry {self.key}" if self.version is not None and self.key is not None else ""
        named = ": ".join(filter(None, (called(self.table), self.of)))
        return f"{self.table}: row {self.version or self.key}{entry} {self.what}{named and f' ({named})'}"


@cache
def called(table: str) -> str:
    """What the rows of a table are, in words; "" for a table of no model."""
    models = apps.get_models(include_auto_created=True)
    return next((str(each._meta.verbose_name) for each in models if each._meta.db_table == table), "")


@dataclass(frozen=True)
class Removal:
    """A text that was removed by authority: told, and no fault."""

    table: str
    key: int
    column: str
    rows: int
    authority: str
    reason: str
    on: str

    def __str__(self) -> str:
        return (
            f"{self.table}: “{self.column}” of entry {self.key} was redacted by authority "
            f"({self.authority}, {self.on}): {self.reason}"
        )


@dataclass
class Report:
    """What a verification found. `sealed` is how many seals there were, `heads` the blocks whose heads
    somebody held.
    """

    head: str = ""
    block: int = 0
    era: int = 0
    sealed: int = 0
    faults: list[Fault] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    heads: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self) | {"sound": not self.faults}


def verify() -> Report:
    """Compare everything that is sealed with its seals. Waits for nobody, and nobody waits for it."""
    report = Report(sealed=Seal.objects.count())
    if head := Block.objects.head():
        report.head, report.block, report.era = head.digest, head.number, head.era
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        report.faults += _chain(cursor)
        # Tables are compared whole, also where the planner does not know yet how many rows came at once.
        cursor.execute("SET LOCAL enable_nestloop = off")
        for model, forms in _sealed():
            report.faults += _rows(cursor, model, forms)
        for model in recorded_models():
            report.faults += _live(cursor, model)
        cursor.execute("SET LOCAL enable_nestloop = on")
    report.removals = removals()
    return report


def find_heads(report: Report, heads: Iterable[str]) -> None:
    """Find each head that somebody holds, printed or noted, in the chain. One that is in no block is a fault:
    a tail that was cut off whole leaves a chain that is sound by itself.
    """
    for head in heads:
        block = Block.objects.filter(digest=head).first()
        if block:
            report.heads[head] = block.number
        else:
            report.faults.append(Fault(Block._meta.db_table, report.block, None, f"{CUT}: {head}"))


def removals() -> list[Removal]:
    """Every text that was removed from the trail, by whose authority and why."""
    return [
        Removal(
            each.table_name,
            each.object_key,
            each.column_name,
            each.versions,
            each.authority,
            each.reason,
            long_date(each.redacted_at.astimezone(LONDON).date()),
        )
        for each in Redaction.objects.order_by("pk")
    ]


def _chain(cursor: Any) -> Iterator[Fault]:
    """Blocks that do not hold, seals outside them, and eras that no block bears out."""
    yield from _asked(cursor, Block._meta.db_table, comparing.BLOCKS)
    yield from _asked(cursor, Seal._meta.db_table, comparing.STRAY)
    last = Block.objects.head()
    for era in Era.objects.filter(after_block__gt=last.number if last else 0):
        what = f"began after block {era.after_block}, and the chain ends before that"
        yield Fault(Era._meta.db_table, era.number, None, what)


def _sealed() -> Iterator[tuple[type[models.Model], list[Form]]]:
    """Every sealed table with the forms of its rows."""
    forms = Form.objects.order_by("table_name", "pk")
    by_table = {table: list(those) for table, those in groupby(forms, lambda form: form.table_name)}
    for model in sealed_models():
        yield model, by_table.get(model._meta.db_table, [])


def _rows(cursor: Any, model: type[models.Model], forms: list[Form]) -> Iterator[Fault]:
    """Rows that are not as sealed; versions that do not join up; redactions that nobody ordered."""
    table, key = model._meta.db_table, model._meta.pk.column
    register: Any = getattr(model, "instance_type", None)  # of versions alone
    entry = register._meta.pk.column if register else key
    cursor.execute(COLUMNS, [table])
    unsealed = frozenset(getattr(model, "unsealed", ()))
    by = comparing.digests(forms, {name for (name,) in cursor.fetchall()}, unsealed)
    names = {"table": table, "key": key, "entry": entry}
    values = {"forms": [form.pk for form in forms], "table": table, **by}
    for statement in (comparing.ROWS, comparing.RESEALED):
        yield from _asked(cursor, table, statement.format(**names, **by), values)
    if register:
        yield from _asked(cursor, table, comparing.JOINED.format(**names), values)
    yield from _asked(cursor, table, comparing.REDACTED.format(**names), values)


def _live(cursor: Any, model: Any) -> Iterator[Fault]:
    """Entries that are not what their standing version says."""
    history = model.history.model
    kept = {each.column for each in history._meta.local_concrete_fields}
    columns = [each.column for each in model._meta.local_concrete_fields if each.column in kept]
    statement = comparing.LIVE.format(
        table=history._meta.db_table,
        register=model._meta.db_table,
        entry=model._meta.pk.column,
        live=", ".join(f"live.{name}" for name in columns),
        standing=", ".join(f"standing.{name}" for name in columns),
    )
    yield from _asked(cursor, model._meta.db_table, statement)


def _asked(cursor: Any, table: str, statement: str, values: dict[str, Any] | None = None) -> Iterator[Fault]:
    cursor.execute(statement, {"most": MOST} | (values or {}))
    for key, version, what in cursor.fetchall():
        yield Fault(table, key, version, what)
