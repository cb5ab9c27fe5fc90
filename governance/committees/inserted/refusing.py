"""What an author wrote that could not be printed as meant, said where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import chain

from governance.committees import markdown
from governance.committees.assurances import ASSURED
from governance.committees.content import PLACEHOLDER, SENTENCES
from governance.committees.inserted.asked import ALONE, ASKED, found_in, no_plan
from governance.committees.inserted.days import InsertionError
from governance.committees.outstanding import ALL, ASKED_FOR
from governance.figures.moment import Moment

LONGEST = 120  # characters of what was typed that are said again
# Whatever is between braces, closed or not, and the word with which it begins.
BRACES = re.compile(r"\{\{[^{}]*\}{0,2}")
FIRST_WORD = re.compile(r"[\w-]+")
ON_ITS_OWN = (*SENTENCES, ASKED_FOR, ASSURED)


def problem_with(texts: Iterable[str], moment: Moment, plans: Collection[str] | None = None) -> str:
    """The first thing in texts of a paper of that moment that cannot be printed, in words; "" if all can.

    That is a figure that cannot be put there, sentences about a plan that is not there, or that is none of
    the `plans` of the paper, braces that mean nothing, or words that Markdown would leave out.
    """
    for text in texts:
        for typed, wrong in chain(_problems(text, moment), _of_no_plan(text, plans), _meaning_nothing(text)):
            return f"{typed[:LONGEST]}: {wrong}"
    return ""


def _problems(text: str, moment: Moment) -> Iterator[tuple[str, object]]:
    for typed, each in found_in([text], moment):
        if isinstance(each, InsertionError):
            yield typed, each
    lines = markdown.without_stand_ins(text).splitlines()
    # A line that stands for something ends what is above it, as a heading does.
    read = "\n".join("#" if _stands_for_something(line.strip()) else line for line in lines)
    inserted = [found[0] for found in ASKED.finditer(read)]
    places = iter(range(len(inserted)))
    for lost, why in markdown.losses(ASKED.sub(lambda _: markdown.stand_in(next(places)), read)):
        yield markdown.STANDS_IN.sub(lambda found: inserted[int(found[1])], lost), why


def _of_no_plan(text: str, plans: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Lines for sentences about a plan that there is not, or that the paper is not about."""
    for line in text.splitlines():
        found = PLACEHOLDER.match(line.strip())
        if found and found[1] == ASKED_FOR:
            if found[2] not in (None, ALL):
                yield line.strip(), f"Write it alone for the body of the paper, or {{{{outstanding {ALL}}}}}"
        elif found and found[2] and found[2] not in (plans or ()):
            of_others = "This paper is not about that plan: choose it, or take the line out"
            if wrong := no_plan(found[2]) or (of_others if plans is not None else ""):
                yield line.strip(), wrong


def _meaning_nothing(text: str) -> Iterator[tuple[str, str]]:
    """What stands between braces and would be printed as it is: mistyped, not closed, or in a sentence."""
    for line in ASKED.sub("·", "\n".join(text.splitlines())).split("\n"):
        if not PLACEHOLDER.match(line.strip()):
            for found in BRACES.finditer(line):
                yield found[0], _meant(found[0])


def _meant(typed: str) -> str:
    """What to do about braces that mean nothing where they stand."""
    if PLACEHOLDER.match(typed):
        return "Put it on a line of its own"
    word = FIRST_WORD.search(typed)
    said = word[0] if word else ""
    if not typed.endswith("}}"):
        return "It is not closed: put }} behind it"
    if said in ON_ITS_OWN:
        more, of = (ALL, "every body") if said == ASKED_FOR else ("ico-2015", "one plan")
        return f"It means nothing. Write {{{{{said}}}}}, or {{{{{said} {more}}}}} for {of}"
    if near := get_close_matches(said.casefold(), [*ON_ITS_OWN, "figure", *ALONE], 1):
        return f"It means nothing. Write {{{{{near[0]}{typed.partition(said)[2]} if that is meant"
    known = ", ".join(f"{{{{{each}}}}}" for each in ON_ITS_OWN)
    return f"It means nothing. There are {known}, and figures such as {{{{figure actions.completed}}}}"


def _stands_for_something(line: str) -> bool:
    found = ASKED.fullmatch(line)
    return bool(PLACEHOLDER.match(line) or (found and found[1] in ALONE))
