"""References of assets, such as IA-0042, and of what is about them: given in turn, never twice."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast, Substr

from governance.core.locks import Lock

# The advisory locks under which references are given, one for each prefix, to the end of the transaction.
NUMBERING = Lock.REFERENCES.value


def number_after(prefix: str) -> Cast:
    """The number in a reference. Assets have an index of it, so that their highest is not sought."""
    return Cast(Substr("reference", len(prefix) + 2), models.BigIntegerField())


def next_references(kind: type[models.Model], prefix: str, count: int) -> list[str]:
    """So many references after the highest ever given, to be used in this transaction.

    Two who ask at once get different ones: the second waits for the first's transaction. Who asks for a
    reference of another register does not wait.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NUMBERING, prefix])
    entries: Any = kind._default_manager.filter(reference__regex=rf"^{prefix}-\d+$")
    highest = entries.aggregate(highest=models.Max(number_after(prefix)))["highest"] or 0
    return [f"{prefix}-{number:04}" for number in range(highest + 1, highest + 1 + count)]


def next_reference(kind: type[models.Model], prefix: str) -> str:
    """The one after the highest, such as HO-0002, to be used in this transaction."""
    (reference,) = next_references(kind, prefix, 1)
    return reference
