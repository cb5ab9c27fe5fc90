"""Seals measured: what a change costs with and without them, how long blocks and a verification take.

Everything is written in one transaction and rolled back. Only the owner can switch the seals off, so that the
cost of a change is measured as the owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any, NamedTuple

from django.db import connection, connections, transaction

from governance.demo.measuring import timed
from governance.history.models import Seal
from governance.history.seals import seal
from governance.history.trail import because
from governance.history.verification import verify

MILLION = 1_000_000
ROWS, CHANGES = MILLION, 300
LIMIT = 60.0  # seconds, for a verification of a million rows
POSTS = """
INSERT INTO people_post (code, title, unit_id)
SELECT 'measured-' || n, 'Measured ' || n, (SELECT min(id) FROM people_organisationalunit)
FROM generate_series(1, %s) n
"""
CHANGE = "UPDATE assets_asset SET purpose = %s WHERE id = (SELECT max(id) FROM assets_asset)"


class Timed(NamedTuple):
    """What was measured, in which unit, and of how many."""

    name: str
    took: float
    unit: str
    of: str

    def __str__(self) -> str:
        return f"{self.name:<34}{self.took:>10.2f} {self.unit:<4}{self.of}"


def measure(rows: int = ROWS) -> Iterator[Timed]:
    """The cost of a change, then so many rows sealed and verified. Raises RuntimeError on a fault."""
    yield from _change()
    with transaction.atomic(), because("Measured"):
        _write(rows)
        sealed = Seal.objects.count()
        _, took = timed(lambda: seal(everything=True))
        yield Timed("closed into blocks", took / 1000, "s", f"{sealed:,} rows")
        found, took = timed(verify)
        if faults := found.faults:
            raise RuntimeError(f"{len(faults)} false alarms, the first: {faults[0]}")
        allowed = LIMIT * sealed / MILLION
        kept = "kept" if took / 1000 <= allowed else "NOT KEPT"
        yield Timed("verified", took / 1000, "s", f"{sealed:,} rows, limit {LIMIT:.0f} s a million, {kept}")
        transaction.set_rollback(True)


def _write(rows: int) -> None:
    """Posts, each with the version that the database writes of it, until there are so many seals."""
    missing = rows - Seal.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(POSTS, [missing])


def _change() -> Iterator[Timed]:
    """One change with its history, with the seal and without it: the median of each."""
    if "owner" not in connections:
        return
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        spent = {"with its seal": _spent(cursor)}
        cursor.execute("ALTER TABLE assets_historicalasset DISABLE TRIGGER seal_rows")
        spent["without a seal"] = _spent(cursor)
        transaction.set_rollback(True, using="owner")
    for name, took in spent.items():
        yield Timed(f"one change {name}", took, "ms", f"median of {CHANGES}")


def _spent(cursor: Any) -> float:
    turns = [partial(cursor.execute, CHANGE, [f"Version {turn}"]) for turn in range(CHANGES)]
    return median(took for _, took in map(timed, turns))
