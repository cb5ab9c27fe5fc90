"""Typed numbers that a figure of the paper equals or contradicts: they are pointed out, and never refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.committees.content import PLACEHOLDER
from governance.committees.inserted.asked import ASKED
from governance.committees.models import PaperSection
from governance.committees.reckoning import TOTAL

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?(?:{MONTHS}))(?:,? \d{{4}})?|(?:{MONTHS}),? \d{{1,4}}\b"
)
DAY = re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?\b")
NUMBERED = re.compile(
    r"(?:^\s*\d+[.)]\s)|\b(?:sections?|paragraphs?|append(?:ix|ices)|pages?|parts?|levels?|minutes?|articles?|"
    r"schedules?|versions?|rooms?|numbers?|no\.)\s+\d[\d.]*",
    re.IGNORECASE | re.MULTILINE,
)
ROW = re.compile(r"(?<![\w/.,])\d{1,6}(?:\s+/\s+\d{1,6})+(?![\w/])")
NUMBER = re.compile(r"(?<![\w£$€#.,:/–-])(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\w%/–-]|[.,:]\d)")
FOLLOWING = re.compile(r"[^.;:,()\d\n]{0,45}")
LEAST = 5  # a smaller number is pointed out only where the words behind it are those of a figure
# By the name of a figure: the words behind a number that say the same; with a stop, those that end there.
SAID: Mapping[str, tuple[str, ...]] = {
    "actions.not_started": (
        "not started",
        "not begun",
        "to begin",
        "to start",
        "to be commenced",
        "to commence",
    ),
    "actions.awaiting_approval": ("awaiting approval", "requiring final approval", "awaiting final approval"),
    "actions.in_progress": ("in progress", "under way", "underway"),
    "actions.completed": ("completed", "complete"),
    "actions.withdrawn": ("withdrawn",),
    "actions.remaining": ("remaining", "outstanding"),
    "risks.above_appetite": ("above appetite", "above the appetite", "above our appetite"),
    "risks.above_tolerance": ("above tolerance", "above the tolerance", "above our tolerance"),
    "risks.unscored": ("not scored", "without a score"),
    "risks.total": ("information risks.", "risks on the register", "risks in the register"),
    "assets.ownerless": ("without an owner", "without owner", "have no owner"),
    "assets.without_retention_rule": ("without a retention rule", "have no retention rule"),
    "assets.with_personal_data": ("with personal data", "hold personal data", "holding personal data"),
    "assets.key": ("key assets.", "key information assets."),
    "assets.total": ("information assets.", "assets on the register", "assets in the register"),
}
REGISTERS = ("risks.", "assets.")


@dataclass(frozen=True)
class Known:
    """A figure of the paper, and how it is put into a text."""

    key: str
    title: str
    value: int
    of: str
    code: str

    @property
    def words(self) -> str:
        """What to write instead of the number."""
        return f"{{{{figure {self.key}{f' plan={self.code}' if self.code else ''}}}}}"

    @property
    def named(self) -> str:
        """Its title, and the plan that it is of."""
        return f"{self.title} ({self.of})" if self.of else self.title


@dataclass(frozen=True)
class Note:
    """Something to look at in a section."""

    section: PaperSection
    words: str


def notes(sections: Iterable[PaperSection], content: Mapping[str, Any]) -> list[Note]:
    """What is to be looked at in the numbers that were typed, section by section."""
    known = list(known_in(content))
    return [
        Note(section, words)
        for section in sections
        for words in dict.fromkeys(_looked_through(plain(section.text), known))
    ]


def known_in(content: Mapping[str, Any]) -> Iterator[Known]:
    """The figures of whole plans and of the council, as the paper has them."""
    told = [(plan["ledger"], plan["title"], plan["code"]) for plan in content["plans"]]
    told += [(content[name]["ledger"], "", "") for name in ("risks", "maturity") if name in content]
    told.append((_asked_for(content), "", ""))
    known: dict[Known, None] = {}  # what a text asks for beside the paper's own is one figure
    for ledger, title, code in told:
        for entry in ledger:
            if not entry["part"]:
                known[Known(entry["key"], entry["title"], entry["value"], title, code)] = None
    yield from known


def _asked_for(content: Mapping[str, Any]) -> list[Any]:
    """The figures of whole registers that the texts of a paper ask for, of its own day."""
    blocks = [each for each in content.get("inserted", ()) if not each["code"]]
    ledgers = [each["ledger"] for each in blocks if each["as_at"] == content["dates"]["frozen"]]
    every = [entry for ledger in ledgers for entry in ledger if entry.get("row") == entry["key"]]
    return [each for each in every if each["key"].startswith(REGISTERS)]


def plain(text: str) -> str:
    """A text without what is no typed count: figures inserted, dates, years, numbered things."""
    lines = [line for line in text.splitlines() if not PLACEHOLDER.match(line.strip())]
    found = ASKED.sub("·", "\n".join(lines))
    for pattern in (DATE, DAY, NUMBERED):
        found = pattern.sub("·", found)
    return found


def _looked_through(text: str, known: list[Known]) -> Iterator[str]:
    for row in ROW.finditer(text):
        yield from _added_up(row[0], known)
    text = ROW.sub("·", text)
    for found in NUMBER.finditer(text):
        following = FOLLOWING.match(text, found.end())
        total = text[: found.start()].rstrip().casefold().endswith(" of")
        yield from _compared(found[1], following[0] if following else "", known, out_of=total)


def _added_up(typed: str, known: list[Known]) -> Iterator[str]:
    """A row such as 48 / 27 / 4 that comes near a total and misses it."""
    total = sum(int(number) for number in typed.split("/"))
    totals = [each for each in known if each.key == TOTAL]
    if total in [each.value for each in totals]:
        return
    near = [each for each in totals if each.value / 2 < total < each.value * 2]
    if near:
        nearest = min(near, key=lambda each: abs(each.value - total))
        yield f"“{typed}” adds up to {total}, not {nearest.value}: {nearest.named}"


def _compared(typed: str, following: str, known: list[Known], *, out_of: bool) -> Iterator[str]:
    """What one number equals, or contradicts by the words behind it; `out_of` a total, as in “46 of 77”."""
    number, said = int(typed.replace(",", "")), f"{following.casefold().strip()}."
    about = next((key for key, words in SAID.items() if any(each in said for each in words)), "")
    same = [each for each in known if each.value == number]
    meant = [each for each in known if each.key == about]
    if match := next((each for each in same if each.key == about), None):
        yield f"“{typed}” equals {match.named}: insert it as {match.words}"
    elif out_of and (ours := _totals(same, meant)):
        yield f"“{typed}” equals {ours[0].named}: insert it as {ours[0].words}"
    elif meant:
        word = next(each for each in SAID[about] if each in said).rstrip(".")
        values = " and ".join(f"{each.value}, {each.named}" for each in meant)
        yield (
            f"“{typed} … {word}” contradicts {values}. If it is of another day, insert it with that day: "
            f"{meant[0].words[:-2]} as_at=…}}}}"
        )
    elif same and number >= LEAST:
        yield f"“{typed}” equals {same[0].named}: insert it as {same[0].words}"


def _totals(same: Iterable[Known], meant: Iterable[Known]) -> list[Known]:
    """The totals of plans whose figure is meant: “75 of 77 actions are completed” gives one."""
    plans = {each.code for each in meant}
    return [each for each in same if each.code in plans and each.key == TOTAL]
