"""Whether a decision can be that of the body which decides: by its days, and by the body that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from governance.core.dates import days_in, long_date

if TYPE_CHECKING:
    from datetime import date

    from actions.models import ProgressUpdate

KINDS = frozenset(
    {"assembly", "board", "cabinet", "commission", "committee", "executive", "forum", "group", "panel"}
)
SMALL = frozenset({"&", "and", "for", "of", "on", "the"})
WORD = re.compile(r"[^\W\d_][\w’'-]*|\S")
# The words begin with a name in capitals, or say so of whom the decision is, and it ends there: what is a
# report of the Executive Director, or a paper for the Board, may be decided by any body.
OF = (
    r"(?:(?:agreed|approved|decided|resolved) by |(?:decision|item|meeting|minutes?|resolution)(?: \d+)? of )"
)
NAMED = re.compile(
    rf"\s*(?i:{OF}?(?:the )?)((?:[A-Z][\w’'-]* (?:(?:and|&) )?)*([A-Z]\w+))"
    r"(?=\s*$|[.,;]|\s+\d|\s+(?:item|minute)\b)"
)

OTHER = (
    "That is a decision of “{}”, and “{}” approves {}: name the decision of that body, or first say who "
    "approves instead"
)


def why_no_decision_on(claim: ProgressUpdate, decision: str, on: date, body: str) -> str:
    """Why the body cannot have approved the claim by the decision that is named, as a sentence: none is, all
    the days in it come before the claim or after the day entered, or it is of another body; "" where nothing
    speaks against it."""
    if not decision:
        return f"Say in which decision {body} approved it"
    days = days_in(decision)
    if days and min(days) > on:
        return f"The decision is of {long_date(min(days))}, later than the day entered"
    if not days or max(days) >= claim.effective_on:
        other = of_another(decision, body)
        return OTHER.format(other, body, claim.action.reference) if other else ""
    which, claimed = "last" if len(set(days)) > 1 else "only", long_date(claim.effective_on)
    named = f"The {which} day named in it, {long_date(max(days))}, is earlier than the claim of {claimed}"
    return f"{named}: name the day of the decision"


def of_another(decision: str, body: str) -> str:
    """The body that a decision is of, by the name with which its words begin, where no name in them can be
    the one that is to decide; "" where they begin with none, or it cannot be told: what could be true is not
    refused.

    Names are compared by their words: Audit Committee may be the Audit and Governance Committee, and is
    neither the Planning Committee nor the Audit Board.
    """
    own, first = _words(body), NAMED.match(decision)
    if not first or first[2].lower() not in KINDS or not own & KINDS:
        return ""
    return "" if any(_may_be(own, _words(each)) for each in _bodies_in(decision)) else first[1]


def _may_be(own: set[str], other: set[str]) -> bool:
    """May these be the words of one body? A name of its kind alone, such as the board, is that of any."""
    first, second = own - KINDS, other - KINDS
    return bool(own & other & KINDS) and (not first or not second or bool(first & second))


def _words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)} - SMALL


def _bodies_in(words: str) -> Iterator[str]:
    """Each body that is named: its kind, with the words in capitals before it."""
    before: list[str] = []
    for word in WORD.findall(words):
        if word.lower() in KINDS:
            yield " ".join([*before, word])
            before = []
        elif word[0].isupper() or (before and word in ("and", "&")):
            before.append(word)
        else:
            before = []
