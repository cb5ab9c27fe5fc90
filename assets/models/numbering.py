"""References of assets, such as IA-0042: given in turn, never twice."""

from __future__ import annotations

from django.db import connection

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
