"""Every number that names an advisory lock of PostgreSQL: one purpose each, or who does one thing waits for
who does another. Functions in SQL say theirs as numbers; tests/architecture/test_locks.py compares."""

from enum import IntEnum, unique

from django.db import connection


@unique
class Lock(IntEnum):
    """What is done by one at a time."""

    WRITERS = 4711  # who issues a paper waits for everybody who writes
    GUESSES = 4713  # with the account or the address
    REFERENCES = 424201  # with the prefix
    DUPLICATES_OF_ASSETS = 424203
    MATRIX_IN_FORCE = 424204
    MATRIX_NUMBERS = 424205
    ESCALATION_IN_FORCE = 424206
    ESCALATION_NUMBERS = 424207
    COLOURS_IN_FORCE = 424208
    COLOURS_NUMBERS = 424209
    ORDER_OF_WORK = 424230
    MATURITY_CODES = 424231
    EVIDENCE = 424232
    TEMPLATES_IN_FORCE = 424240
    TEMPLATES_NUMBERS = 424241
    RESTATEMENTS = 424250
    REPORTING_LINES = 424251
    SEALS = 424299


def one_at_a_time(lock: Lock) -> None:
    """Wait until nobody else is at it, and keep others out until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock.value])
