"""What the words of a file mean that the register does not know."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from governance.core.components import Link
from governance.core.forms.selects import LongSelect
from governance.exchange.importing import check
from governance.exchange.importing.cells import key_of
from governance.exchange.importing.words import (
    MatchedSinceError,
    UnknownWord,
    WordOfColumn,
    kept_of,
    remember,
)
from governance.exchange.models import LEFT_OUT, Batch
from governance.people.registers.columns import SheetColumn
from governance.people.registers.finding import folded
from governance.people.registers.sheet import SHEETS, Lookup, Spread

if TYPE_CHECKING:
    from governance.people.models import User

LEAVE_OUT = "-"  # what the select posts for LEFT_OUT, since "" is "not answered yet"
KEYS: dict[str, str | None] = {"": None, LEAVE_OUT: LEFT_OUT}  # what stands for what is no key
MOVED = "“{}” was {} since you opened the page. Choose again what it stands for"
Choices = list[tuple[str, str]]


class OfColumn(NamedTuple):
    """The questions about the words of one column; `kept_at` is where the officer keeps such words."""

    heading: str
    meaning: str
    fields: list[forms.BoundField]
    kept_at: Link | None


class WordsForm(forms.Form):
    """For each word what it stands for, that its cells are left out, or nothing: then its rows stay errors.

    Fields are named by column and word, so that an answer from an old page is never given for another word.
    `seen` is what each word stood for when the page was opened; it is posted with the answers, so that a word
    which the person left as it was keeps what somebody else has matched it with meanwhile.
    """

    mark_optional = False

    def __init__(
        self, *args: Any, batch: Batch, words: Sequence[UnknownWord], person: User, **options: Any
    ) -> None:
        options["label_suffix"] = ""
        super().__init__(*args, **options)
        self.batch, self.words, self.person = batch, words, person
        self.sheet = SHEETS[batch.register].of(batch.for_new)
        kept = kept_of(batch.source)
        choices = {name: choices_of(self.sheet.column(name)) for name in {each.column for each in words}}
        self.seen: dict[str, str] = {}
        for each in words:
            now = shown(kept.get((each.column, batch.source.digest_of(each.word))))
            name = name_of(each)
            self.fields[name] = question(each, choices[each.column], now or None)
            self.seen[f"seen_{name}"] = self.data.get(f"seen_{name}", "") if self.is_bound else now

    @staticmethod
    def named_in(typed: QueryDict, words: Sequence[UnknownWord]) -> list[UnknownWord]:
        """The words about which an answer was typed, whichever page they stand on by now."""
        return [each for each in words if name_of(each) in typed]

    def new(self) -> list[OfColumn]:
        """The questions about words that nobody has said yet, column by column."""
        return self.columns([each for each in self.words if not each.is_matched])

    def matched(self) -> list[OfColumn]:
        """Those about words that are matched already."""
        return self.columns([each for each in self.words if each.is_matched])

    def columns(self, words: Sequence[UnknownWord] | None = None) -> list[OfColumn]:
        """The questions about these words, or about all, column by column."""
        found, asked = [], self.words if words is None else words
        for (name, heading), each in groupby(asked, lambda word: (word.column, word.heading)):
            column = self.sheet.column(name)
            questions = [self[name_of(word)] for word in each]
            found.append(OfColumn(heading, column.heading, questions, self.kept_at(column)))
        return found

    def kept_at(self, column: SheetColumn) -> Link | None:
        """The page on which old words of a column are kept for every source, for those who may change it."""
        kept = column.kept_at if isinstance(column, Lookup | Spread) else None
        if kept is None or not self.person.has_perm(kept.permission):
            return None
        return Link(kept.title, reverse(kept.page, args=kept.arguments))

    def save(self) -> bool:
        """Remember the words for the source, and check the file again.

        False, with an error at each word that somebody has matched otherwise meanwhile. Raises NotReadyError.
        """
        names: dict[WordOfColumn, str] = {(each.column, each.word): name_of(each) for each in self.words}
        said = {each: key_posted(self.cleaned_data[name]) for each, name in names.items()}
        seen = {each: key_posted(self.seen[f"seen_{name}"]) for each, name in names.items()}
        try:
            with transaction.atomic():
                remember(self.batch, said, seen=seen)
                check(self.batch, self.person)
        except MatchedSinceError as moved:
            for (column, word), key in moved.now.items():
                self.add_moved(names[column, word], word, shown(key))
            return False
        return True

    def add_moved(self, name: str, word: str, now: str) -> None:
        """Say what a word stands for by now; whoever answers once more has seen it."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        said = dict(field.choices).get(now, "something else")  # type: ignore[arg-type]
        became = f"matched with “{said}”" if now else "forgotten"
        self.add_error(name, MOVED.format(word, "left out" if now == LEAVE_OUT else became))
        self.seen[f"seen_{name}"] = now


def shown(key: str | None) -> str:
    """What the select holds for a word that stands for this key; "" for none."""
    return "" if key is None else key or LEAVE_OUT


def key_posted(value: str) -> str | None:
    """The key for what the select held; None for no answer."""
    return KEYS.get(value, value)


def name_of(word: UnknownWord) -> str:
    """The name of the field about a word."""
    return f"word_{sha256(f'{word.column} {folded(word.word)}'.encode()).hexdigest()[:16]}"


def choices_of(column: SheetColumn) -> Choices:
    """What a word of the column may be matched with."""
    out = [] if column.required else [(LEAVE_OUT, "Leave these cells out")]
    return [("", column.unmatched), *out, *((key_of(each.value), each.said) for each in column.options())]


def question(word: UnknownWord, choices: Choices, now: str | None) -> forms.ChoiceField:
    """What does this word stand for?"""
    rows = f"{word.rows:,} row{'' if word.rows == 1 else 's'}"
    if now is None and word.likely:
        hint = f"{rows}. This is a guess: look at it"
    elif now is None and word.near:
        hint = f"{rows}. Nearest: {', '.join(word.near)}"
    else:
        hint = rows
    return forms.ChoiceField(
        label=f"“{word.word}”",
        choices=choices,
        widget=LongSelect,
        initial=word.likely or "" if now is None else now,
        help_text=hint,
        required=False,
        error_messages={"invalid_choice": f"Choose from the list what “{word.word}” stands for"},
    )
