"""Searching a register by words, some of which may be mistyped.

Postgres's trigrams find both what holds the words and what is like them; the index is the room's own
(`upper(a || ' ' || b)` with gin_trgm_ops), and without it the search is right but slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, FloatField, Func, QuerySet, TextField, Value

# How much of what was typed has to be found again in an entry: "recrods" shares three of eight trigrams with
# "records".
LIKENESS = 0.36
# So many of the nearest are worth reading; whoever wants others types the words again.
MOST = 200
# Shorter words have too few trigrams to be like others.
SHORTEST = 4


class Text(Func):
    """The columns searched as one text in capitals, as the index has it."""

    function = "UPPER"
    arg_joiner = " || ' ' || "
    output_field = TextField()


class Like(Func):
    """Does the text hold a word like that? Postgres asks the index, at the likeness set for it."""

    template = "(%(expressions)s)"
    arg_joiner = " %%> "
    output_field = BooleanField()


class Nearness(Func):
    """How much of what was typed is found again in the text, from 0 to 1."""

    function = "WORD_SIMILARITY"
    output_field = FloatField()


def holding(rows: QuerySet[Any], typed: str, columns: Sequence[str]) -> QuerySet[Any]:
    """Entries with every word typed somewhere in the columns."""
    found: QuerySet[Any] = rows.alias(searched=Text(*map(F, columns)))
    for word in typed.upper().split():
        found = found.filter(searched__contains=word)
    return found


def nearest(rows: QuerySet[Any], typed: str, columns: Sequence[str], then: str) -> list[int]:
    """The keys of the entries that have something like the words, the nearest first, at most MOST.

    `then` is the order of those equally near. None where all the words are too short.
    """
    words = typed.upper()
    if max(map(len, words.split()), default=0) < SHORTEST:
        return []
    _set_likeness()
    like = by_nearness(rows, typed, columns).filter(Like(Text(*map(F, columns)), Value(words)))
    return list(like.order_by("-nearness", then).values_list("pk", flat=True)[:MOST])


def by_nearness(rows: QuerySet[Any], typed: str, columns: Sequence[str]) -> QuerySet[Any]:
    """The same rows, each with `nearness` to order them by."""
    near: QuerySet[Any] = rows.alias(nearness=Nearness(Value(typed.upper()), Text(*map(F, columns))))
    return near


def _set_likeness() -> None:
    """For the rest of the transaction, which is the request's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LIKENESS)])
