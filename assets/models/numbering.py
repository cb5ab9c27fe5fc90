"""References of assets, such as IA-0042, and of what is about them: given in turn, never twice."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast, Substr

# The advisory lock under which references are given, to the end of the transaction.
NUMBERING = 424_201
HIGHEST = "SELECT coalesce(max(substr(reference, 4)::bigint), 0) FROM assets_asset"


def next_references(count: int) -> list[str]:
    """So many references after the highest ever given, to be used in this transaction.

    Two who ask at once get different ones: the second waits for the first's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
        cursor.execute(HIGHEST)
        (highest,) = cursor.fetchone()
    return [f"IA-{number:04}" for number in range(highest + 1, highest + 1 + count)]


def next_reference(kind: type[models.Model], prefix: str) -> str:
    """The one after the highest of another register, such as HO-0002, to be used in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    number = Cast(Substr("reference", len(prefix) + 2), models.BigIntegerField())
    entries: Any = kind._default_manager.filter(reference__regex=rf"^{prefix}-\d+$")
    return f"{prefix}-{(entries.aggregate(highest=models.Max(number))['highest'] or 0) + 1:04}"
