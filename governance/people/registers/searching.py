"""Searching a register by words, some of which may be mistyped.

Postgres's trigrams find both what holds the words and what is like them; the index is the room's own
(`upper(a || ' ' || b)` with gin_trgm_ops), and without it the search is right but slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    F,
    FloatField,
    Func,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

# How much of what was typed has to be found again in an entry: "recrods" shares three of eight trigrams with
# "records".
LIKENESS = 0.36
# So many of the nearest are worth reading; whoever wants others types the words again.
MOST = 200
# Shorter words have too few trigrams to be like others.
SHORTEST = 4


# What may be meant by a word: those most like it of all the words there are.
MEANT = """
SELECT typed.place, alike.word, alike.likeness
FROM unnest(%s::text[]) WITH ORDINALITY AS typed (word, place) CROSS JOIN LATERAL (
  SELECT DISTINCT known.word, similarity(known.word, typed.word) AS likeness
  FROM {table} known WHERE known.word %% typed.word ORDER BY likeness DESC, known.word LIMIT 5) alike
"""
SET_LIKENESS = "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)"


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


@dataclass(frozen=True)
class Alike:
    """Finds entries by words that may be mistyped in what is `liked`; those equally near stand by `then`.

    `vocabulary` holds the words there are, in a column `word`: with it each word typed is compared with these
    and not with every text.
    """

    liked: Sequence[str]
    then: str
    vocabulary: type[Model] | None = None

    def keys(self, rows: QuerySet[Any], typed: str) -> list[int]:
        """The keys of the entries that come near, the nearest first, at most MOST.

        No keys where all the words are too short, or nothing is like them.
        """
        words = [word for word in typed.upper().split() if len(word) >= SHORTEST]
        if not words:
            return []
        if self.vocabulary:
            return self._by_words(rows, self._meant(words, self.vocabulary._meta.db_table))
        near = by_nearness(rows, typed, self.liked)
        return self._first(near.filter(Like(Text(*map(F, self.liked)), Value(typed.upper()))))

    def _meant(self, words: list[str], table: str) -> list[dict[str, float]]:
        """For each word typed that anything is like, what may be meant and how much alike that is."""
        found: dict[int, dict[str, float]] = {}
        with connection.cursor() as cursor:
            cursor.execute(MEANT.format(table=table), [words])
            for place, word, likeness in cursor.fetchall():
                found.setdefault(place, {})[word] = likeness
        return list(found.values())

    def _by_words(self, rows: QuerySet[Any], meant: list[dict[str, float]]) -> list[int]:
        """The entries with a word for each typed; where none has, those with a word for any."""
        if not meant:
            return []
        has = [reduce(or_, (Q(text__contains=word) for word in words)) for words in meant]
        near = rows.alias(text=Text(*map(F, self.liked)))
        near = near.alias(nearness=reduce(add, map(_likeness, meant)))
        found = self._first(near.filter(*has))
        return found if found or len(has) == 1 else self._first(near.filter(reduce(or_, has)))

    def _first(self, near: QuerySet[Any]) -> list[int]:
        """The keys of the first, in one question: the likeness is set for the rest of the request with it."""
        sql, values = near.order_by("-nearness", self.then).values_list("pk")[:MOST].query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"{SET_LIKENESS}; {sql}", [str(LIKENESS), *values])
            cursor.nextset()
            return [row[0] for row in cursor.fetchall()]


def _likeness(words: dict[str, float]) -> Case:
    """How much alike what an entry has is to a word typed, where these may be meant."""
    return Case(
        *(When(text__contains=word, then=Value(likeness)) for word, likeness in words.items()),
        default=Value(0.0),
        output_field=FloatField(),
    )


def by_nearness(rows: QuerySet[Any], typed: str, columns: Sequence[str]) -> QuerySet[Any]:
    """The same rows, each with `nearness` to order them by."""
    near: QuerySet[Any] = rows.alias(nearness=Nearness(Value(typed.upper()), Text(*map(F, columns))))
    return near
