"""Searching a register by words, some of which may be mistyped.

Postgres's trigrams find both what holds the words and what is like them; the index is the room's own
(`upper(a || ' ' || b)` with gin_trgm_ops), and without it the search is right but slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, TextField, Value

# How much of a word has to be found again in an entry: "recrods" shares half of its trigrams with "records".
LIKENESS = 0.45
# A shorter word has too few trigrams to be like another.
SHORTEST = 4


class Found(NamedTuple):
    """What was found; `only_like` says that nothing holds the words, and these come near to them."""

    rows: QuerySet[Any]
    only_like: bool


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


def search(rows: QuerySet[Any], typed: str, columns: Sequence[str]) -> Found:
    """Entries with every word typed somewhere in the columns; where there are none, those that come near."""
    words = typed.upper().split()
    text = Text(*map(F, columns))
    holding = rows.alias(searched=text)
    for word in words:
        holding = holding.filter(searched__contains=word)
    if not any(len(word) >= SHORTEST for word in words) or holding.exists():
        return Found(holding, only_like=False)
    return Found(_near(rows.alias(searched=text), words, text), only_like=True)


def _near(rows: QuerySet[Any], words: list[str], text: Text) -> QuerySet[Any]:
    _set_likeness()
    for word in words:
        near = Like(text, Value(word)) if len(word) >= SHORTEST else None
        rows = rows.filter(near) if near else rows.filter(searched__contains=word)
    return rows


def _set_likeness() -> None:
    """For the rest of the transaction, which is the request's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LIKENESS)])
