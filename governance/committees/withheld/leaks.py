"""Whether the public part says what is withheld: eight words of it in their order are too many.

Only words that somebody typed are looked for: a figure or a sentence made of figures stands where it may.
Public files are gone through for them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

LONGEST = 8
WORD = re.compile(r"\w+")
# Blocks that the paper makes itself, from what the registers hold; it also lists its own appendices.
MADE = ("withheld", "sentences", "table", "records", "outstanding", "assurances", "list")
# Names for programs, not words for readers.
UNREAD = frozenset(("kind", "code", "key", "sha256", "link", "href", "address", "definition"))
PLACES = {
    "title": "the title",
    "front": "the front sheet",
    "plans": "the list of actions",
    "uploaded": "the titles of the appendices",
    "overridden": "what was overridden, and why",
    "requests": "why a request is answered late",
    "before": "what another body was recommended, or resolved",
    "restated": "the notes on figures told before",
    "meeting": "the meeting",
    "lifted": "what was lifted, and why",
    "corrects": "which report it corrects",
    "clearances": "the table of clearances",
}
Content = dict[str, Any]
Run = tuple[str, ...]


@dataclass(frozen=True)
class Leak:
    """Where the public part repeats what is withheld, and where that stands."""

    where: str
    of: str

    def __str__(self) -> str:
        return f"Words of what is withheld in {self.of} are repeated in {self.where}"


def leaks(public: Content, apart: Content, files: Iterable[tuple[str, str]] = ()) -> list[Leak]:
    """Each public place that repeats something withheld, once for each.

    `files` are the public ones: what they are called, and the words that could be read in them.
    """
    withheld = [(of, set(runs(texts))) for of, texts in _withheld(apart)]
    told = [(where, set(runs(texts))) for where, texts in _public(public)]
    found = [Leak(where, of) for of, kept in withheld for where, said in told if not said.isdisjoint(kept)]
    return list(dict.fromkeys([*found, *_in_files(files, withheld)]))


def _in_files(files: Iterable[tuple[str, str]], withheld: Sequence[tuple[str, Set[Run]]]) -> Iterator[Leak]:
    """Each file is gone through once for all, since there may be many words in it."""
    every = frozenset().union(*(kept for _, kept in withheld))
    for title, words in files:
        if repeated := {run for run in runs([words]) if run in every}:
            where = f"the file of “{title}”"
            yield from (Leak(where, of) for of, kept in withheld if not repeated.isdisjoint(kept))


def runs(texts: Iterable[str]) -> Iterator[Run]:
    """Every eight words that follow each other in a text."""
    for text in texts:
        words = WORD.findall(text.casefold())
        for start in range(len(words) - LONGEST + 1):
            yield tuple(words[start : start + LONGEST])


def _withheld(apart: Content) -> Iterator[tuple[str, list[str]]]:
    for section in apart.get("sections", ()):
        if "exempt" in section:
            typed = [each for block in section["blocks"] for each in _typed(block)]
            heading = [section["heading"]] if section["hidden"] else []
            yield f"the section “{_named(section)}”", [*heading, *typed]
    for each in apart.get("rows", ()):
        row = each.get("row")
        texts = [row["action"], row["evidence"]] if row else each["cells"][1:]
        reference = row["reference"] if row else each["cells"][0]
        yield f"row {reference}", texts
    for each in apart.get("uploaded", ()):
        yield f"the appendix “{each['title']}”", [each["title"].partition(": ")[2], each["file_name"]]


def _public(public: Content) -> Iterator[tuple[str, list[str]]]:
    for section in public["sections"]:
        yield f"the section “{_named(section)}”", [section["heading"], *_all_of(section["blocks"])]
    for name, part in public.items():
        if name != "sections":
            yield PLACES.get(name, "the figures"), list(_texts(part))


def _all_of(blocks: list[Content]) -> list[str]:
    return [text for block in blocks for text in _texts(block)]


def _typed(block: Content) -> list[str]:
    return [] if block["kind"] in MADE else list(_texts(block))


def _named(section: Content) -> str:
    return f"{section['number']} {section['heading']}".strip()


def _texts(part: Any) -> Iterator[str]:
    """The words of some content; those of one paragraph together."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        if all(isinstance(each, dict) and ("text" in each or "break" in each) for each in part):
            yield " ".join(str(each.get("text", "")) for each in part)
            return
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        for name, each in part.items():
            if name not in UNREAD:
                yield from _texts(each)
