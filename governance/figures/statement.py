"""Questions that no single QuerySet can group, over the rows of figures: several of them in one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# The name of some rows with the names of their columns, such as "risk (id, unit)", and what they are.
Named = Mapping[str, QuerySet[Any]]
# SELECTs written by hand with what fills their places, by the names under which the next ones speak of them.
Steps = Mapping[str, tuple[str, Sequence[Any]]]
Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A SELECT whose columns have names, the rows (values_list) that it speaks of, and what fills its places.

    `sql` is written by hand in the code, never made of what somebody typed; that goes into `values`.
    `derived` are SELECTs over those rows, by the names under which the question speaks of them, in the order
    in which they build on each other; they have no places. `steps` are such SELECTs that have some.
    """

    sql: str
    named: Named
    values: Sequence[Any] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    steps: Steps = field(default_factory=dict)


def ask(*questions: Question) -> list[list[Row]]:
    """The rows that answer each question, by column; one query. Dates come as text (2016-10-24).

    Rows of one name are the same rows, and are found once for all questions that speak of them.
    """
    parts: list[str] = []
    said: list[Any] = []
    for name, rows in {name: rows for each in questions for name, rows in each.named.items()}.items():
        sql, given = compiled(rows.order_by())
        parts.append(f"{name} AS ({sql})")
        said += given
    for name, (sql, given) in {name: step for each in questions for name, step in each.steps.items()}.items():
        parts.append(f"{name} AS ({sql})")
        said += given
    for name, sql in {name: sql for each in questions for name, sql in each.derived.items()}.items():
        parts.append(f"{name} AS ({sql})")
    answers = [f"SELECT {n}, to_jsonb(q) FROM ({each.sql}) q" for n, each in enumerate(questions)]  # noqa: S608
    said += [value for each in questions for value in each.values]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {' UNION ALL '.join(answers)}", said)
        found = [(n, json.loads(row)) for n, row in cursor.fetchall()]
    return [[row for at, row in found if at == n] for n in range(len(questions))]


def compiled(rows: QuerySet[Any]) -> tuple[str, Sequence[Any]]:
    """The SQL of a QuerySet and what fills its places, also of one that Django knows to be empty."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return compiled(rows.model._default_manager.filter(pk=None).values_list(*rows.query.values_select))
