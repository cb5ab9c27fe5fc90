"""Reading a retention period as people write it, and saying it again (domain.md 1.6).

Nothing is invented: a phrase is understood whole, or it is left to judgement with what was understood of it
and why the rest was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assets.representations.period_words import (
    EVENT,
    FORMS,
    JUDGEMENT,
    LENGTH,
    NO_EVENT,
    NO_PART,
    NUMBER,
    NUMBERS,
    PERMANENT,
    SAID,
    TRIGGERS,
    UNIT,
    Trigger,
)

LONGEST_YEARS = 999
LONGEST_WORDS = 300  # a phrase longer than a rule can hold is not read


@dataclass(frozen=True)
class Period:
    """A length of time that can be reckoned: months or days, from when, or for ever.

    `trigger` is a code of RetentionRule.Trigger, "" where the phrase does not say; `event` are the words of
    another event. `adds_current_year`: it runs from the end of the financial year (31 March).
    """

    months: int | None = None
    days: int | None = None
    adds_current_year: bool = False
    is_permanent: bool = False
    trigger: str = ""
    event: str = ""

    @property
    def length(self) -> str:
        """How long, in words: "6 years", "18 months", "30 days"."""
        if self.days is not None:
            return _counted(self.days, "day")
        months = self.months or 0
        return _counted(months // 12, "year") if months % 12 == 0 else _counted(months, "month")

    @property
    def words(self) -> str:
        """The period as it can be read again: the same words give the same period."""
        if self.is_permanent:
            return "Permanent"
        after = f" after {self.event or SAID[self.trigger]}" if self.trigger else ""
        adds = self.adds_current_year and self.trigger != Trigger.END_OF_YEAR
        return f"{'Current year plus ' if adds else ''}{self.length}{after}"


@dataclass(frozen=True)
class Reading:
    """What a phrase says. Without `period` it needs judgement: `part` was understood, `why` says the rest."""

    period: Period | None
    part: str = ""
    why: str = ""


def read(typed: str) -> Reading:
    """What a phrase says, all of it or with the rest left to judgement. Takes any text; raises nothing."""
    phrase = _plain(typed)
    if not phrase:
        return Reading(None, "", "nothing is said")
    if len(phrase) > LONGEST_WORDS:
        return Reading(None, "", "it is too long to be one period")
    if PERMANENT.fullmatch(phrase):
        return Reading(Period(is_permanent=True))
    found = next((period for period in _computable(phrase)), None)
    return Reading(found) if found else _left_to_judgement(phrase)


def _computable(phrase: str) -> Iterator[Period]:
    """The period of each form that the whole phrase has."""
    for form in FORMS:
        if match := form.fullmatch(phrase):
            groups = match.groupdict()
            length = _length(groups.get("length") or "", groups.get("bare") or "")
            known, adds = groups.get("known"), bool(groups.get("adds"))
            period = _from(length, known or groups.get("since"), adds) if length else None
            if period and not (known and period.event):
                yield period


def _from(length: Period, since: str | None, adds: bool) -> Period | None:  # noqa: FBT001
    """A length with what it runs from; None where that is not wholly understood."""
    period = replace(length, adds_current_year=adds)
    if since is None:
        return period
    since = since.strip().removeprefix("the date of ").removeprefix("date of ") or since
    for code, words in TRIGGERS:
        if re.fullmatch(f"(?:the )?(?:date of )?(?:{words})", since):
            return replace(period, trigger=str(code), adds_current_year=adds or code == Trigger.END_OF_YEAR)
    if not EVENT.fullmatch(since) or any(re.search(sign, since) for sign in [NO_EVENT, *dict(JUDGEMENT)]):
        return None
    return replace(period, trigger=str(Trigger.EVENT), event=since)


def _length(text: str, bare: str) -> Period | None:
    """The months or days of "6 years", "1 year and 6 months", or of a bare number of years."""
    if bare:
        return _within(Period(months=12 * _number(bare)))
    months = days = 0
    for number, again, unit in re.findall(rf"({NUMBER})(?: ?\(({NUMBER})\))?[ -]?({UNIT})", text):
        if again and _number(again) != _number(number):
            return None
        each = _number(number)
        months += each * (12 if "y" in unit[-5:] and "day" not in unit else 1 if "m" in unit else 0)
        days += each * (7 if "week" in unit else 1 if "day" in unit else 0)
    if bool(months) == bool(days):
        return None  # nothing, or months and days: a rule holds one of them
    return _within(Period(months=months or None, days=days or None))


def _within(period: Period) -> Period | None:
    """The period, if it is one that a schedule could mean."""
    months, days = period.months or 0, period.days or 0
    return period if months + days > 0 and months <= 12 * LONGEST_YEARS and days <= 36525 else None


def _left_to_judgement(phrase: str) -> Reading:
    """What can be said of a phrase that is not wholly understood."""
    why = next((reason for sign, reason in JUDGEMENT if re.search(sign, phrase)), "")
    found = re.search(LENGTH, phrase)
    length = _length(found["length"], "") if found else None
    part = length.length if length else "kept permanently" if PERMANENT.search(phrase) else ""
    if why in NO_PART:
        part = ""
    if not why:
        rest = phrase.replace(found["length"], "", 1) if found and length else phrase
        why = f"“{' '.join(rest.split())}” is not understood"
    return Reading(None, part, why)


def _plain(typed: str) -> str:
    """Lower case, one space between words, no full stop at the end."""
    words = " ".join(typed.replace("’", "'").replace("\x00", " ").lower().split())
    return words.strip(" .,;:")


def _number(typed: str) -> int:
    return NUMBERS.get(typed) or int(typed)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
