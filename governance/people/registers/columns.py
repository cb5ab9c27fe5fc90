"""The kinds of columns of a file: how each reads a cell and writes a value.

A column is asked for a reader or a writer once for each file: whatever it has to look up (units, posts,
words of a list) it then looks up at once, and not cell by cell. A reader raises CellError, whose words are
the sentence for the person who brought the file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from governance.core.numbers import LARGEST_NUMBER
from governance.people.registers.cells import Cell, CellError, as_day, as_number, as_text, as_yes_or_no
from governance.people.registers.finding import short

Read = Callable[[Cell], Any]
Write = Callable[[Any], str | int | date | None]
# Why a value may not be set by a file, or "". Asked only of values that a file changes.
Refuse = Callable[[Any], str]


class Named(NamedTuple):
    """What values are called in a file; one without a word is called by itself, after `before`."""

    words: Mapping[Any, str]
    before: str = ""

    def of(self, value: Any) -> str | None:
        """The word for a value."""
        if value is None or value in self.words:
            return self.words.get(value)
        return f"{self.before}{value}"


class Option(NamedTuple):
    """What a word of a file may be matched with: the value, and how it is called."""

    value: Any
    said: str


def allow(value: Any) -> str:
    """Any value may be set."""
    return ""


@dataclass(frozen=True, kw_only=True)
class SheetColumn(ABC):
    """One column: the field it ends in, its heading, other headings it is known by, a word of help.

    `empty` is what a blank cell means where blanks count; None in a column that is required is an error.
    """

    name: str
    heading: str
    aliases: Sequence[str] = ()
    help: str = ""
    required: bool = False
    attname: str = ""
    empty: Any = None
    kind = "text"
    reads_by_words = False  # does the reader need the words of the column beforehand?
    proposes = True  # may what is near to an unknown word be chosen for a person to look at?
    unmatched = "Not matched"  # what becomes of a word that nobody matches

    def __post_init__(self) -> None:
        if not self.attname:
            object.__setattr__(self, "attname", self.name)

    @abstractmethod
    def reader(self, words: Collection[str] = ()) -> Read:
        """What reads a cell that is not blank; `words` are all the texts that occur in the column."""

    def named(self) -> Named | None:
        """What values of `attname` are called; None where a value is written as it is."""
        return None

    def writer(self) -> Write:
        """What writes a value of `attname`."""
        named = self.named()
        return named.of if named else lambda value: value

    def write(self, entry: Any) -> str | int | date | None:
        """The cell of one entry or version. For many, ask for the `writer` once."""
        return self.writer()(getattr(entry, self.attname))

    def refuser(self) -> Refuse:
        """What says why a value may not be set, though entries may have it."""
        return allow

    def options(self) -> Sequence[Option]:
        """What a person may match a word of a file with; nothing where a cell may say what it likes."""
        return ()

    def proposals(self, words: Collection[str]) -> Mapping[str, str]:
        """Words of the file that are not the register's own, each with what it would be read as."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Text(SheetColumn):
    """Words, of a length at most (0: as long as anybody likes)."""

    longest: int = 0
    empty: Any = ""

    def reader(self, words: Collection[str] = ()) -> Read:
        """The text, without spaces around it and with one kind of line ending."""

        def read(cell: Cell) -> str:
            text = as_text(cell)
            if self.longest and len(text) > self.longest:
                raise CellError(f"It has {len(text):,} characters. {self.longest} is the most")
            return text

        return read


@dataclass(frozen=True, kw_only=True)
class Address(Text):
    """The address of a page on the web."""

    def reader(self, words: Collection[str] = ()) -> Read:
        """The address, if it is one that a browser may follow."""
        read, check = super().reader(words), URLValidator(["http", "https"])

        def address(cell: Cell) -> str:
            text: str = read(cell)
            try:
                check(text)
            except ValidationError:
                raise CellError(f"“{short(text)}” is not an address like https://example.org") from None
            return text

        return address


@dataclass(frozen=True, kw_only=True)
class YesNo(SheetColumn):
    """Yes or no; where `empty` is None, a blank says that nobody has looked. `no` is what is written for no:
    nothing, where it may be that nobody was asked."""

    kind = "yes or no"
    unknown: str = ""
    no: str = "No"

    def reader(self, words: Collection[str] = ()) -> Read:
        """True or False, and None for the word that says that nobody has looked."""

        def read(cell: Cell) -> bool | None:
            if self.unknown and isinstance(cell, str) and cell.strip().casefold() == self.unknown.casefold():
                return None
            return as_yes_or_no(cell)

        return read

    def options(self) -> Sequence[Option]:
        """Yes, no, and that nobody has looked."""
        return [Option(True, "Yes"), Option(False, "No")] + [Option(None, self.unknown)] * bool(self.unknown)  # noqa: FBT003

    def named(self) -> Named:
        """Yes, no, or the word for not known."""
        return Named({True: "Yes", False: self.no, None: self.unknown})


@dataclass(frozen=True, kw_only=True)
class Number(SheetColumn):
    """A whole number from nought to the highest."""

    kind = "number"
    highest: int = LARGEST_NUMBER

    def reader(self, words: Collection[str] = ()) -> Read:
        """The number."""
        return lambda cell: as_number(cell, self.highest)


@dataclass(frozen=True, kw_only=True)
class Day(SheetColumn):
    """A date."""

    kind = "date"

    def reader(self, words: Collection[str] = ()) -> Read:
        """The date."""
        return as_day
