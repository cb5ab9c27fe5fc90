"""The words of a file that the register does not know: matched once for each source, then remembered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from governance.exchange.importing.cells import SKIP, Fault, different, key_of, words
from governance.exchange.importing.spreading import is_open, may_be
from governance.exchange.models import LEFT_OUT, Batch, Source
from governance.people.registers.cells import FAILED, Cell, is_blank
from governance.people.registers.columns import SheetColumn
from governance.people.registers.finding import folded
from governance.people.registers.nearness import LIKELY, Near
from governance.people.registers.spread import Understood

if TYPE_CHECKING:
    from governance.exchange.importing.checking import Check

MOST_OF_A_COLUMN = 200  # unknown words that are asked for: a column with more of them is another column
LONGEST = 200  # characters of a word that can be matched
AT_A_TIME = 40  # words on a page: each brings a whole list with it


WordOfColumn = tuple[str, str]  # a column and a word of it
Meanings = Mapping[WordOfColumn, str | None]  # the key that each stands for


class UnknownWord(NamedTuple):
    """A word of a file that the register does not know, or only since it was matched for the source.

    `rows` is how many rows hold it, `near` what is nearest to it, `likely` the key of the first of these if
    it is near enough to be proposed, else None.
    """

    column: str
    heading: str
    word: str
    rows: int
    near: Sequence[str]
    likely: str | None
    is_matched: bool


def remembered(source: Source, columns: Sequence[SheetColumn]) -> dict[str, dict[str, Any]]:
    """By column, the digest of each word matched for the source, with its value; SKIP for cells left out.

    A word that was matched with what is no longer offered is unknown again.
    """
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for name, digest, stands_for in source.words.values_list("column", "digest", "stands_for"):
        known[name][digest] = stands_for
    found: dict[str, dict[str, Any]] = {}
    for column in columns:
        if column.name in known:
            values: dict[str, Any] = {key_of(each.value): each.value for each in column.options()}
            values |= {} if column.required else {LEFT_OUT: SKIP}
            said = known[column.name]
            found[column.name] = {digest: values[key] for digest, key in said.items() if key in values}
    return found


def occurring(source: Source, known: Mapping[str, Any], cells: Sequence[Cell]) -> dict[str, Any]:
    """The words of these cells, as words are compared, whose digest is known, each with its value."""
    named = {folded(words(cell)) for cell in different(cells) if not is_blank(cell)} if known else set()
    digests = {word: source.digest_of(word) for word in named}
    return {word: known[digest] for word, digest in digests.items() if digest in known}


def unknown_words(checked: Check) -> list[UnknownWord]:
    """The words of a checked file that have to be matched or were, column by column, the commonest first."""
    found: list[UnknownWord] = []
    for heading, column in checked.columns:
        place = checked.table.headings.index(heading)
        said = checked.said.get(column.name, {})
        cells, values = checked.table.column(place), checked.values[column.name]
        often = counted(cells, values, said)
        if often and (options := column.options()):
            words = of_column(column, heading, often, {folded(word) for word in said}, options)
            found += nearer(words, cells, values)
    return found


def nearer(found: Sequence[UnknownWord], cells: Sequence[Cell], values: Sequence[Any]) -> list[UnknownWord]:
    """These words, with what their column itself says that each may be before what only looks like it."""
    told = {words(cell).strip(): near for cell, value in zip(cells, values, strict=True)
            if (near := may_be(value))}  # fmt: skip
    return [each._replace(near=told.get(each.word, each.near)) for each in found]


def counted(cells: Sequence[Cell], values: Sequence[Any], said: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The words that nobody knows or that were matched, as first written, with how many rows hold each."""
    if not said and not {Fault, Understood} & set(map(type, values)):
        return []
    often: Counter[str] = Counter()
    first: dict[str, str] = {}
    for cell, value in zip(cells, values, strict=True):
        word = words(cell)
        asks = (isinstance(value, Fault) and value.cell) or is_open(value)
        if asks or (said and folded(word) in said):
            often[folded(word)] += 1
            first.setdefault(folded(word), word)
    sound = [(first[same], rows) for same, rows in often.most_common() if can_be_matched(same, first[same])]
    return sound[:MOST_OF_A_COLUMN]


def can_be_matched(same: str, word: str) -> bool:
    """Is it a word at all, and not a formula that failed?"""
    return bool(same) and len(same) <= LONGEST and "\x00" not in word and word.strip() not in FAILED


def of_column(
    column: SheetColumn,
    heading: str,
    often: Sequence[tuple[str, int]],
    known: set[str],
    options: Sequence[Any],
) -> list[UnknownWord]:
    """The words of one column, each with what it may mean."""
    near, keys = Near([each.said for each in options]), {each.said: key_of(each.value) for each in options}
    found = []
    for word, rows in often:
        names, likely = near.to(word), near.to(word, 1, least=LIKELY) if column.proposes else []
        proposed = keys[likely[0]] if likely else None
        found.append(
            UnknownWord(
                column.name, heading, word.strip(), rows, names, proposed, is_matched=folded(word) in known
            )
        )
    return found


def words_of(batch: Batch) -> list[UnknownWord]:
    """The words of the file that had to be matched when it was last checked, or were."""
    found = getattr(batch, "found", None)
    return [UnknownWord(*each) for each in found.words] if found else []


class MatchedSinceError(Exception):
    """Words that somebody has matched otherwise since they were shown; nothing was kept.

    `now` is what each (column, word) stands for by now, None for what was forgotten.
    """

    def __init__(self, now: dict[WordOfColumn, str | None]) -> None:
        super().__init__(now)
        self.now = now


def remember(
    batch: Batch,
    said: Meanings,
    *,
    seen: Meanings | None = None,
) -> None:
    """Keep for the source of a batch what each (column, word) stands for; None forgets what it stood for.

    `seen` is what each stood for on the page that was answered: one left as it was says nothing, so that what
    somebody else has matched meanwhile stays. Raises MatchedSinceError where both have said something, and
    NotReadyError once the batch is closed.
    """
    with transaction.atomic():
        batch.hold_open()
        Source.objects.select_for_update().get(pk=batch.source_id)  # two who match at once: one by one
        if seen is not None:
            said = {each: key for each, key in said.items() if key != seen[each]}
            refuse_moved(batch.source, said, seen)
        for (column, word), key in said.items():
            of: dict[str, Any] = {"column": column, "digest": batch.source.digest_of(word)}
            if key is None:
                batch.source.words.filter(**of).delete()
            else:
                batch.source.words.update_or_create(**of, defaults={"stands_for": key})


def refuse_moved(source: Source, said: Meanings, seen: Meanings) -> None:
    """Raises MatchedSinceError for words that stand neither for what was seen nor for what is said now."""
    stands = kept_of(source)
    now = {(column, word): stands.get((column, source.digest_of(word))) for column, word in said}
    if moved := {each: key for each, key in now.items() if key not in (seen[each], said[each])}:
        raise MatchedSinceError(moved)


def kept_of(source: Source) -> dict[WordOfColumn, str]:
    """What each (column, digest of a word) stands for in the files of a source."""
    kept = source.words.values_list("column", "digest", "stands_for")
    return {(column, digest): stands_for for column, digest, stands_for in kept}
