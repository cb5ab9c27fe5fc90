"""Prints the words of a PDF from the standard input: filewords.py runs it as a process of its own.

A file can be made so that reading it takes any time and memory; here that ends only this process, which may
take so much and no more. It knows nothing of Django.

The first line printed has what the file says of itself (metadata, bookmarks, notes) and the number of its
pages; then each page has a line: its words, and whether something is drawn on it. All are JSON.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf

MOST_MEMORY = 1 << 30  # bytes
MOST_SECONDS = 10
MOST_PAGES = 500
MOST_CHARACTERS = 1_000_000
TAG = re.compile(r"<[^<>]*>")


def limit() -> None:
    """Let this process take no more than it may."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(data: bytes) -> None:
    """Print what is read, page by page, so that what was read before it broke off is there."""
    reader = pypdf.PdfReader(BytesIO(data))
    pages, room = len(reader.pages), MOST_CHARACTERS
    _print({"pages": pages, "about": "\n".join(_about(reader))[:MOST_CHARACTERS]})
    for number in range(min(pages, MOST_PAGES)):
        page = reader.pages[number]
        words = "\n".join([page.extract_text(), *_notes(page)])
        if len(words) > room:
            break
        room -= len(words)
        drawing = page.get_contents()
        _print({"words": words, "drawn": drawing is not None and bool(drawing.get_data().strip())})


def _about(reader: pypdf.PdfReader) -> Iterator[str]:
    """Metadata, also as XML, and the titles of bookmarks."""
    yield from map(str, (reader.metadata or {}).values())
    if about := reader.root_object.get("/Metadata"):
        yield TAG.sub("\n", about.get_object().get_data().decode("utf-8", errors="replace"))
    yield from _titles(reader.outline)


def _titles(outline: list[Any]) -> Iterator[str]:
    for each in outline:
        if isinstance(each, list):
            yield from _titles(each)
        else:
            yield str(each.title)


def _notes(page: pypdf.PageObject) -> Iterator[str]:
    """What notes on a page and fields to fill in say."""
    for each in page.get("/Annots") or ():
        note = each.get_object()
        yield from (str(note[name]) for name in ("/Contents", "/V", "/TU") if name in note)


def _print(line: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    limit()
    logging.disable()  # pypdf tells of every small fault
    main(sys.stdin.buffer.read())
