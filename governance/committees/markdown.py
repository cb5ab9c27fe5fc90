"""What authors write, as plain data: Markdown read into paragraphs, lists, tables and links, without HTML.

Nothing here makes HTML: a structure of words is stored with the paper, and templates print it escaped. So
there is nothing to clean: what Markdown does not know, a tag or a script, stays the words that were typed.
Links lead to https and mailto addresses only; there are no images.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Part = dict[str, Any]
Block = dict[str, Any]
# What stands in the text for what is inserted while Markdown is read: no word can have these signs.
OPENS, CLOSES = "\ue000", "\ue001"
STANDS_IN = re.compile(f"{OPENS}(\\d+){CLOSES}")
MARKS_BEFORE = re.compile(r"^(?:>\s*|[-+*]\s+|\d+[.)]\s+)*")
PARTS_CELLS = re.compile(r"(?<!\\)\|")
LINKS = ("https://", "mailto:")
DEEPEST = 12  # lists in lists, each of which counts twice: itself and its item
TOO_DEEP = "Lists and quotations stand too deep in each other here: five lists are the most"
NO_TITLE = "A link has no title. Write [words](https://address)"
NO_FIGURE = "It cannot stand in the address of a link"
TOO_WIDE = "This row has more cells than the head of its table"


class _Reader(MarkdownIt):
    """CommonMark with tables, without HTML, code and images."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": DEEPEST})
        self.enable("table")
        self.disable(["code", "fence", "backticks", "html_block", "html_inline", "image", "hr", "lheading"])
        self.disable("reference")

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Only what leads to the web, securely, or to a mailbox."""
        return url.lower().startswith(LINKS)


READER = _Reader()


def read(text: str, inserted: Sequence[Part] = ()) -> list[Block]:
    """The blocks of a text. `inserted` are the parts that its stand-ins stand for, by their numbers."""
    return list(_blocks(SyntaxTreeNode(READER.parse(text)), inserted))


def losses(text: str) -> Iterator[tuple[str, str]]:
    """What of a text with stand-ins would be left out where it is read: the words and why."""
    lines = text.splitlines()
    for node in SyntaxTreeNode(READER.parse(text)).walk(include_self=False):
        line = lines[node.map[0]].strip() if node.map else ""
        if node.type in ("blockquote", "list_item") and node.level + 1 >= DEEPEST:
            yield line, TOO_DEEP
        elif node.type == "link":
            if title := node.attrs.get("title"):
                yield str(title), NO_TITLE
            if found := STANDS_IN.search(unquote(str(node.attrs["href"]))):
                yield found[0], NO_FIGURE
        elif node.type == "tr" and _width(line) > len(node.children):
            yield line, TOO_WIDE


def _width(line: str) -> int:
    """How many cells are typed in a row, whatever list or quotation it stands in."""
    row = MARKS_BEFORE.sub("", line).strip()
    return len(PARTS_CELLS.split(row.removeprefix("|").removesuffix("|")))


def stand_in(number: int) -> str:
    """The signs that stand for one part while Markdown is read."""
    return f"{OPENS}{number}{CLOSES}"


def without_stand_ins(text: str) -> str:
    """A text as typed, without signs that would be taken for a stand-in."""
    return text.replace(OPENS, "").replace(CLOSES, "")


def _blocks(node: SyntaxTreeNode, inserted: Sequence[Part]) -> Iterator[Block]:
    for child in node.children:
        if make := BLOCKS.get(child.type):
            yield make(child, inserted)


def _paragraph(node: SyntaxTreeNode, inserted: Sequence[Part]) -> Block:
    return {"kind": "paragraph", "parts": _parts(node, inserted)}


def _heading(node: SyntaxTreeNode, inserted: Sequence[Part]) -> Block:
    """One level below the section's own, whatever its signs: no level is left out."""
    return {"kind": "heading", "parts": _parts(node, inserted)}


def _list(node: SyntaxTreeNode, inserted: Sequence[Part]) -> Block:
    items = [list(_blocks(item, inserted)) for item in node.children]
    if node.type == "bullet_list":
        return {"kind": "items", "points": items}
    return {"kind": "items", "ordered": True, "start": int(node.attrs.get("start", 1)), "points": items}


def _quote(node: SyntaxTreeNode, inserted: Sequence[Part]) -> Block:
    return {"kind": "quote", "blocks": list(_blocks(node, inserted))}


def _table(node: SyntaxTreeNode, inserted: Sequence[Part]) -> Block:
    rows = [row for part in node.children for row in part.children]
    head, *body = [[_parts(cell, inserted) for cell in row.children] for row in rows]
    return {"kind": "grid", "head": head, "rows": body}


BLOCKS: Mapping[str, Callable[[SyntaxTreeNode, Sequence[Part]], Block]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "table": _table,
}


def _parts(node: SyntaxTreeNode, inserted: Sequence[Part]) -> list[Part]:
    return [part for inline in node.children for part in _inline(inline, inserted, {})]


def _inline(node: SyntaxTreeNode, inserted: Sequence[Part], style: Part) -> Iterator[Part]:
    if node.type in ("softbreak", "hardbreak"):
        yield {"break": True}
    elif node.type == "text":
        yield from _words(node.content, inserted, style)
    else:
        style = style | _style(node)
        for child in node.children:
            yield from _inline(child, inserted, style)


def _style(node: SyntaxTreeNode) -> Part:
    if node.type == "link":
        return {"link": str(node.attrs["href"])}
    return {"strong": True} if node.type == "strong" else {"em": True} if node.type == "em" else {}


def _words(text: str, inserted: Sequence[Part], style: Part) -> Iterator[Part]:
    """The words of a text, with what is inserted in its place; a figure is a link of its own already."""
    for place, found in enumerate(STANDS_IN.split(text)):
        if place % 2:
            yield style | inserted[int(found)]
        elif found:
            yield {"text": found} | style
