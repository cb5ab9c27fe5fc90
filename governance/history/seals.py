"""Which tables are sealed, putting the seals in place, and closing what was written into blocks."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from governance.history.models import Block
from governance.history.rights import recorded_models

IN_PLACE = """
SELECT relname, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE tgname = 'seal_rows' AND NOT tgisinternal
"""
PUT_IN_PLACE = """
DROP TRIGGER IF EXISTS seal_rows ON {table};
CREATE TRIGGER seal_rows AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION seal_rows('{key}', '{unsealed}');
"""
# A column that is gone, or has another name: by their last form the rows cannot be compared any more.
OUTDATED = """
SELECT table_name FROM (SELECT DISTINCT ON (table_name) * FROM history_form ORDER BY table_name, id DESC) form
WHERE EXISTS (
  SELECT FROM unnest(string_to_array(columns, ', ')) named
   WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(table_name)
                     AND quote_ident(attname) = named AND NOT attisdropped))
"""


def sealed_models() -> list[type[models.Model]]:
    """Every model whose rows are sealed: versions, facts that are append-only, what seals themselves need."""
    facts = [
        model
        for model in apps.get_models()
        if getattr(model, "append_only", False) or getattr(model, "sealed", False)
    ]
    return sorted([*recorded_models(versions=True), *facts], key=lambda model: model._meta.db_table)


def put_seals_in_place(owner: BaseDatabaseWrapper) -> None:
    """Have every row sealed that comes from now on, and those that are there as they are found today.

    Runs at the end of every `migrate`, so that no new table is forgotten. A table that has lost a column is
    sealed anew, by those it still has.
    """
    there = set(owner.introspection.table_names())
    if Block._meta.db_table not in there:
        return  # migrated back to before the seals
    with owner.cursor() as cursor:
        cursor.execute(IN_PLACE)
        in_place = dict(cursor.fetchall())
        cursor.execute(OUTDATED)
        outdated = {name for (name,) in cursor.fetchall()}
        for model in sealed_models():
            if model._meta.db_table in there:
                with transaction.atomic(using=owner.alias):
                    _seal_table(cursor, model, in_place, outdated)


def _seal_table(cursor: Any, model: type[models.Model], in_place: dict[str, str], outdated: set[str]) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    unsealed = ",".join(getattr(model, "unsealed", ()))
    if in_place.get(table) != (words := f"{key}\\000{unsealed}\\000"):
        cursor.execute(PUT_IN_PLACE.format(table=table, key=key, unsealed=unsealed))
    if in_place.get(table) != words or table in outdated:
        cursor.execute("SELECT seal_as_found(%s, %s, %s, NULL, NULL)", [table, key, unsealed])


def seal(*, everything: bool = False) -> Block | None:
    """Close what was written into blocks; returns the head of the chain, None while nothing was written.

    With `everything` nobody writes until the end of the transaction, and nothing is left out. Raises
    OperationalError where a lock timeout is set and somebody writes for longer than that.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal_blocks(%s)", [everything])
    return Block.objects.head()
