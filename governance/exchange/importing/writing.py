"""Writing many entries at once, each with its own fields: one statement, whatever the register.

`jsonb_populate_record` lays the new values of a row over the entry as it stands, so that fields of which the
row says nothing stay. Names of columns come from the model, never from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

WRITTEN = "r.patch || CASE r.choice WHEN 'file' THEN r.contested ELSE '{}'::jsonb END"
OF_BATCH = f"""SELECT r.entry_id AS key, {WRITTEN} AS patch FROM exchange_batchrow r
 WHERE r.batch_id = %s AND r.kind IN ('changed', 'conflict') AND {WRITTEN} <> '{{}}'"""  # noqa: S608
GIVEN = "SELECT (g ->> 0)::bigint AS key, g -> 1 AS patch FROM jsonb_array_elements(%s::jsonb) g"


def lay_over(model: type[Model], columns: Iterable[str], source: str, params: Sequence[Any]) -> int:
    """Change the entries that the source (key, patch) names, in these columns; how many there were."""
    table, known = names(model)
    changed = sorted(set(columns) & known.keys())
    if not changed:
        return 0
    sets = ", ".join(f"{known[name]} = n.{known[name]}" for name in changed)
    taken = ", ".join(f"p.{known[name]}" for name in changed)
    sql = f"""UPDATE {table} t SET {sets} FROM (
 SELECT s.key, {taken} FROM ({source}) s JOIN {table} old ON old.id = s.key
 CROSS JOIN LATERAL jsonb_populate_record(old, s.patch) p) n WHERE t.id = n.key"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def enter_new(model: type[Model], batch: int, defaults: str, within: str = "") -> None:
    """Enter the new rows of a batch, which have their references by now, and note the key of each.

    Where a row says its own reference, it means something `within` the entry alone that this column names.
    """
    table, known = names(model)
    columns = [quoted for name, quoted in known.items() if name != "id"]
    taken = ", ".join(f"p.{quoted}" for quoted in columns)
    enter = f"""INSERT INTO {table} ({", ".join(columns)}) SELECT {taken} FROM exchange_batchrow r
 CROSS JOIN LATERAL jsonb_populate_record(NULL::{table},
  %s::jsonb || jsonb_build_object('reference', r.reference) || r.patch) p
 WHERE r.batch_id = %s AND r.kind = 'new' ORDER BY r.number"""  # noqa: S608
    there = f" AND t.{known[within]} = (r.patch ->> '{within}')::bigint" if within else ""
    note = f"""UPDATE exchange_batchrow r SET entry_id = t.id, reference = t.reference FROM {table} t
 WHERE r.batch_id = %s AND r.kind = 'new'
  AND t.reference = coalesce(r.patch ->> 'reference', r.reference){there}"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(enter, [defaults, batch])
        cursor.execute(note, [batch])


def give_references(batch: int, references: Sequence[str]) -> None:
    """Give the new rows of a batch their references, in the order of the file."""
    sql = """UPDATE exchange_batchrow r SET reference = g.reference FROM (
 SELECT reference, place FROM unnest(%s::text[]) WITH ORDINALITY AS u(reference, place)) g
 JOIN (SELECT id, row_number() OVER (ORDER BY number) AS place FROM exchange_batchrow
  WHERE batch_id = %s AND kind = 'new') n USING (place) WHERE r.id = n.id"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(references), batch])


def names(model: type[Model]) -> tuple[str, dict[str, str]]:
    """The table, and its columns by name, quoted."""
    quote = connection.ops.quote_name
    columns = [str(field.column) for field in model._meta.concrete_fields]
    return quote(model._meta.db_table), {column: quote(column) for column in columns}
