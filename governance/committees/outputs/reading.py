"""Reading the document of a paper: its parts in their order, as the writers of other formats need them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import html

SPACE = re.compile(r"\s+")
BOLD = ("strong", "b", "th")
NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Run:
    """Words in one hand. `href` is where they lead."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Table:
    """A table: what it is called, its rows of headings and its rows. `named` says that it has a caption."""

    caption: str
    head: list[list[Any]]
    body: list[list[Any]]
    kind: str

    @property
    def named(self) -> bool:
        """Has it a caption, so that it stands in the annex?"""
        return bool(self.caption)


def body_of(document: str) -> Any:
    """The element that holds the paper."""
    return html.document_fromstring(document).body


def tables(body: Any) -> Iterator[Table]:
    """Every table of the paper, in their order; its cells are elements."""
    return (table(each) for each in body.iter("table"))


def table(element: Any) -> Table:
    """One table."""
    caption = element.find("caption")
    rows = [
        (list(row.iterchildren("th", "td")), row.getparent().tag == "thead") for row in element.iter("tr")
    ]
    return Table(
        words(caption) if caption is not None else "",
        [cells for cells, is_head in rows if is_head],
        [cells for cells, is_head in rows if not is_head],
        element.get("class", ""),
    )


def words(element: Any) -> str:
    """The text of an element in one line; a line that ends inside it ends with a space."""
    return SPACE.sub(" ", "".join(run.text for run in _runs(element))).strip()


def value(cell: Any) -> str | int:
    """What a cell holds: a number where it is a count, else its words."""
    text = words(cell)
    is_count = "paper-count" in cell.get("class", "") and NUMBER.fullmatch(text)
    return int(text) if is_count else text


def span(cell: Any) -> int:
    """How many columns a cell stands in."""
    return int(cell.get("colspan", 1))


def runs(element: Any) -> list[Run]:
    """The words of a paragraph or a cell, each in its hand; spaces as a reader sees them."""
    return _seen(_runs(element))


def pieces(element: Any, apart: Container[str]) -> Iterator[Any]:
    """What is in an element, in its order: lists of runs, and between them the children that stand apart."""
    words = [Run(element.text or "")]
    for child in element:
        if child.tag in apart:
            yield _without_ends(words)
            yield child
            words = []
        else:
            words += _of_child(child)
        words.append(Run(child.tail or ""))
    yield _without_ends(words)


def _without_ends(words: list[Run]) -> list[Run]:
    """Runs as a reader sees them, with no space and no end of a line behind the last word."""
    seen = _seen(words)
    while seen and not seen[-1].text.strip():
        seen.pop()
    return [*seen[:-1], *(replace(last, text=last.text.rstrip()) for last in seen[-1:])]


def _seen(words: Iterable[Run]) -> list[Run]:
    made: list[Run] = []
    before = "\n"
    for run in words:
        text = run.text if run.text == "\n" else SPACE.sub(" ", run.text)
        text = text.lstrip(" ") if before.endswith((" ", "\n")) else text
        if text:
            before = text
            made.append(Run(text, run.bold, run.italic, run.href))
    return made


def _runs(element: Any, *, bold: bool = False, italic: bool = False, href: str = "") -> Iterator[Run]:
    if element.text:
        yield Run(element.text, bold, italic, href)
    for child in element:
        yield from _of_child(child, bold=bold, italic=italic, href=href)
        if child.tail:
            yield Run(child.tail, bold, italic, href)


def _of_child(child: Any, *, bold: bool = False, italic: bool = False, href: str = "") -> Iterator[Run]:
    if child.tag == "br":
        yield Run("\n")
    elif isinstance(child.tag, str):
        yield from _runs(
            child,
            bold=bold or child.tag in BOLD,
            italic=italic or child.tag in ("em", "i"),
            href=child.get("href", href),
        )
