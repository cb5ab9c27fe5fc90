"""How much a paper may hold: what can be issued must be laid out within the worker's lease."""

from __future__ import annotations

from collections.abc import Sequence

from governance.committees.content import PLACEHOLDER
from governance.committees.inserted.asked import ASKED

LONGEST_SECTION = 20_000  # characters
SECTIONS = 60
CHARACTERS = 100_000
LINES = 2_000  # lines with something on them: each may become a paragraph or a point of a list
INSERTED = 60  # figures in sentences, tables, charts and lists: each is counted when the paper is looked at
OVER_TIME = 6  # each is counted at up to 24 days, and each count has its rows in the ledger
LISTS = 6  # each may have 10,000 rows, which stand in the web page and the tables
SENTENCES = 30  # lines such as {{summary}}: each stands for a paragraph on every plan


def beyond_bounds(texts: Sequence[str]) -> str:
    """What is too much in a paper whose sections have these texts, as a sentence; "" if nothing is."""
    lines = [line for text in texts for raw in text.splitlines() if (line := raw.strip())]
    measured = [
        (len(texts), SECTIONS, "sections"),
        (sum(map(len, texts)), CHARACTERS, "characters in all its sections together"),
        (len(lines), LINES, "lines with words in all its sections together"),
        (sum(len(ASKED.findall(text)) for text in texts), INSERTED, "figures such as {{figure …}}"),
        (
            sum("over=" in found[0] for text in texts for found in ASKED.finditer(text)),
            OVER_TIME,
            "tables and charts over time",
        ),
        (
            sum(found[1] == "list" for text in texts for found in ASKED.finditer(text)),
            LISTS,
            "lists of records",
        ),
        (sum(bool(PLACEHOLDER.match(line)) for line in lines), SENTENCES, "lines such as {{summary}}"),
    ]
    for found, bound, what in measured:
        if found > bound:
            return f"A paper has at most {bound:,} {what}. With this it has {found:,}."
    return ""
