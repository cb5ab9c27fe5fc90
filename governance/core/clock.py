"""The clock of the database, by which everything is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def clock() -> datetime:
    """What it says at this instant, also where the transaction began long ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
