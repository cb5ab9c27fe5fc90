"""Searching a register by words, some of which may be mistyped.

Postgres's trigrams find both what holds the words and what is like them; the index is the room's own
(`upper(a || ' ' || b)` with gin_trgm_ops), and without it the search is right but slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, FloatField, Func, Model, QuerySet, TextField, Value

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
HOLDING_WORDS = """
SELECT key FROM ({rows}) found (key, place, text) WHERE {has} ORDER BY {nearness} DESC, place LIMIT %s
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
        texts = rows.order_by().annotate(text=Text(*map(F, self.liked))).values_list("pk", self.then, "text")
        asked = texts.query.sql_with_params()
        found = _holding_words(asked, meant, " AND ")
        return found if found or len(meant) == 1 else _holding_words(asked, meant, " OR ")

    def _first(self, near: QuerySet[Any]) -> list[int]:
        """The keys of the first, in one question: the likeness is set for the rest of the request with it."""
        sql, values = near.order_by("-nearness", self.then).values_list("pk")[:MOST].query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"{SET_LIKENESS}; {sql}", [str(LIKENESS), *values])
            cursor.nextset()
            return [row[0] for row in cursor.fetchall()]


def _holding_words(rows: tuple[str, Any], meant: list[dict[str, float]], joined: str) -> list[int]:
    """The keys of the rows (key, place, text) with a word for each typed, or for any, the most alike first.

    Words are letters and digits, none of which a pattern reads otherwise.
    """
    patterns = [f"%{word}%" for words in meant for word in words]
    alike = [each for words in meant for word, likeness in words.items() for each in (f"%{word}%", likeness)]
    has = joined.join(f"({' OR '.join(['text LIKE %s'] * len(words))})" for words in meant)
    nearness = " + ".join(f"CASE {'WHEN text LIKE %s THEN %s ' * len(words)}ELSE 0 END" for words in meant)
    with connection.cursor() as cursor:
        cursor.execute(
            HOLDING_WORDS.format(rows=rows[0], has=has, nearness=nearness),
            [*rows[1], *patterns, *alike, MOST],
        )
        return [key for (key,) in cursor.fetchall()]


def by_nearness(rows: QuerySet[Any], typed: str, columns: Sequence[str]) -> QuerySet[Any]:
    """The same rows, each with `nearness` to order them by."""
    near: QuerySet[Any] = rows.alias(nearness=Nearness(Value(typed.upper()), Text(*map(F, columns))))
    return near
