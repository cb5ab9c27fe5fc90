"""Columns that name an entry of another list: a unit, a post, a marking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models

from governance.people.registers.columns import Named, Option, Read, Refuse, SheetColumn, allow
from governance.people.registers.finding import by_word, finder, folded


class KeptAt(NamedTuple):
    """Where a list is kept: its title, the address of its page, and the permission to change it."""

    title: str
    page: str
    arguments: Sequence[str]
    permission: str


@dataclass(frozen=True, kw_only=True)
class Lookup(SheetColumn):
    """An entry of another list, by one of its fields, such as code or name; `key` is what is stored.

    `offered` are those that can be chosen today; the others are known, since entries may have them.
    `only_named` reads no more entries than the file names: for long lists. `synonyms` gives old words and the
    key each stands for: they are only proposals. They are `kept_at` a page of their own.
    """

    kind = "list"
    among: Callable[[], models.QuerySet[Any]]
    offered: Callable[[], models.QuerySet[Any]] | None = None
    by: Sequence[str] = ("code", "name")
    key: str = "pk"
    only_named: bool = False
    synonyms: Callable[[], Mapping[str, Any]] = dict
    kept_at: KeptAt | None = None

    @property
    def reads_by_words(self) -> bool:  # type: ignore[override]
        """Only of a long list: it then reads no more than is named."""
        return self.only_named

    def reader(self, words: Collection[str] = ()) -> Read:
        """The key of the entry that the cell names."""
        rows = self._rows(words if self.only_named else None)
        known: dict[str, Any] = {folded(word): key for word, key in self.synonyms().items()}
        for place in reversed(range(len(self.by))):  # the first field settles it: two posts may share a title
            known |= by_word((str(row[place + 1]), row[0]) for row in rows)
        return finder(known, [str(row[-1]) for row in rows])

    def named(self) -> Named:
        """The last of `by` (its name), or the first (its code) where two have the same name."""
        return self.named_of(self._rows())

    def asked(self, keys: Collection[Any]) -> models.QuerySet[Any]:
        """What `named_of` reads, for who asks it together with others; of a long list no more than these."""
        found = self.among().filter(**{f"{self.key}__in": list(keys)}) if self.only_named else self.among()
        return found.values_list(self.key, *self.by)

    def named_of(self, rows: Collection[tuple[Any, ...]]) -> Named:
        """What the values are called in these rows, `asked`."""
        often = Counter(row[-1] for row in rows)
        said = {row[0]: str(row[-1] if often[row[-1]] == 1 else row[1]) for row in rows}
        return Named(said, before="Number ")

    def refuser(self) -> Refuse:
        """Refuses what is no longer offered."""
        if self.offered is None:
            return allow
        offered = set(self.offered().values_list(self.key, flat=True))
        return lambda key: "" if key is None or key in offered else "It is no longer offered. Choose another"

    def options(self) -> Sequence[Option]:
        """Those that can be chosen today; none of a list so long that only what is named is read of it.

        Two of the same name are told apart by the first of `by`.
        """
        if self.only_named:
            return ()
        rows = self._rows(among=self.offered or self.among)
        often = Counter(row[-1] for row in rows)
        return [
            Option(row[0], str(row[-1]) if often[row[-1]] == 1 else f"{row[-1]} ({row[1]})") for row in rows
        ]

    def proposals(self, words: Collection[str]) -> Mapping[str, str]:
        """Old words that occur, each with the name of what it would be read as."""
        stands = {folded(word): key for word, key in self.synonyms().items()}
        if not stands:
            return {}
        rows = self._rows()
        names = {row[0]: str(row[-1]) for row in rows}
        own = {folded(str(said)) for row in rows for said in row[1:]}
        asked = {word: folded(word) for word in words}
        return {
            word: names[stands[asked_]]
            for word, asked_ in asked.items()
            if asked_ in stands and asked_ not in own
        }

    def _rows(
        self, words: Collection[str] | None = None, among: Callable[[], models.QuerySet[Any]] | None = None
    ) -> Sequence[tuple[Any, ...]]:
        """The entries: key, then what they are known by; where words are given, no more than they name."""
        found = (among or self.among)()
        if words is not None:
            found = found.filter(**{f"{self.by[0]}__in": [word.strip() for word in words]})
        return list(found.values_list(self.key, *self.by))
