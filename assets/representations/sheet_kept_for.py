"""How long an asset is kept, as a council says it: a rule of the schedule, or words in the note."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assets.models import RetentionRule
from assets.representations.period_words import Trigger
from assets.representations.periods import Period, Reading, read
from governance.people.registers.columns import Option
from governance.people.registers.finding import folded, short
from governance.people.registers.sheet import Spread, Understood

RULE, NOTE = "retention_rule", "retention_note"
NAMED = 3  # so many rules that say the same are named
MATCH = "How long alone does not say which rule is meant: match it once under “Words of the file”"


class Rule(NamedTuple):
    """A rule of the schedule that is offered today, and the periods that it says."""

    pk: int
    code: str
    record_type: str
    words: str
    periods: frozenset[Period]

    def __str__(self) -> str:
        return f"{self.code} {self.record_type}"

    @property
    def names(self) -> set[str]:
        """Its code and its record type, as words are compared."""
        return {folded(self.code), folded(self.record_type)}

    @property
    def offered(self) -> str:
        """What it is called where one is chosen."""
        return f"{self}: {self.words}"

    @property
    def understood(self) -> Understood:
        """That an officer says that words stand for it."""
        return Understood({RULE: self.pk}, key=f"rule-{self.pk}")


def rules() -> list[Rule]:
    """Those of the schedule that can be chosen today: one query."""
    offered = RetentionRule.objects.offered().order_by("code")
    return [Rule(each.pk, each.code, each.record_type, each.words, periods_of(each)) for each in offered]


def periods_of(rule: RetentionRule) -> frozenset[Period]:
    """The period of its fields, and that of its words, as far as either can be reckoned."""
    said = read(rule.words).period
    if rule.is_permanent:
        return frozenset({Period(is_permanent=True)})
    if rule.months is None and rule.days is None:
        return frozenset()
    found = {said} if said and (said.months, said.days) == (rule.months, rule.days) else set()
    if rule.trigger != Trigger.EVENT:
        adds = rule.adds_current_year or rule.trigger == Trigger.END_OF_YEAR
        found.add(Period(rule.months, rule.days, adds, trigger=rule.trigger))
    return frozenset(found)


def finds() -> Callable[[str], Understood]:
    """What understands the words of a cell: the name of a rule, alone or with the period that it says.

    A period alone is no rule, also where only one rule says it: who keeps a thing for ever need not mean the
    minutes of committees. It stays in the note until somebody says which rule is meant.
    """
    known = rules()
    by_period: dict[Period, list[Rule]] = defaultdict(list)
    for each in known:
        for period in each.periods:
            by_period[period].append(each)

    def find(text: str) -> Understood:
        exactly = [each for each in known if folded(text) in each.names]
        if len(exactly) == 1:
            return Understood({RULE: exactly[0].pk})
        named = list(named_in(text, known))
        if len(named) == 1:
            return Understood({RULE: named[0][0].pk}, of_rule(text, *named[0]))
        reading = read(text)
        fitting = by_period.get(reading.period, []) if reading.period else exactly
        near = tuple(each.offered for each in fitting[:NAMED])
        said, agrees = of_note(text, reading, fitting), tuple(each.pk for each in fitting)
        return Understood({NOTE: text}, said, is_open=True, near=near, agrees=agrees)

    return find


def named_in(text: str, known: Sequence[Rule]) -> Iterator[tuple[Rule, Period]]:
    """The rules whose code or record type a text says besides a period of theirs, each with that period."""
    whole = folded(text)
    for each in known:
        rests = (without(whole, name) for name in each.names if name and name in whole)
        period = next((found for rest in rests if (found := read(rest).period) in each.periods), None)
        if period:
            yield each, period


def without(text: str, name: str) -> str:
    """The text but for a rule's name, "rule" before it and marks about it; "" where the name is not in it."""
    rest, times = re.subn(rf"(?<![\w-])(?:rule )?{re.escape(name)}(?![\w-])", " ", text, count=1)
    return rest.replace("( )", " ").strip(" .,;:-()") if times else ""


def of_rule(text: str, rule: Rule, period: Period) -> str:
    """The sentence for words that name a rule and say its period."""
    said = period.words
    return f"“{short(text)}” is read as {said[0].lower()}{said[1:]}, which is rule {rule}"


def of_note(text: str, reading: Reading, fitting: Sequence[Rule]) -> str:
    """The sentence for words that are left to judgement, with what was understood of them."""
    stays = f"“{short(text)}” stays as words in the retention note"
    if reading.period is None:
        part = f"Only “{reading.part}” was understood: " if reading.part else ""
        return f"{stays}. {part}{reading.why}" if part else f"{stays}, since {reading.why}"
    said = f"It is read as {reading.period.words[0].lower()}{reading.period.words[1:]}"
    if not fitting:
        return f"{stays}. {said}, which no rule of the schedule says"
    more = f" and {len(fitting) - NAMED} more" if len(fitting) > NAMED else ""
    which = "one rule says" if len(fitting) == 1 else "several rules say"
    named = f"{'; '.join(map(str, fitting[:NAMED]))}{more}"
    return f"{stays}. {said}, which {which}: {named}. {MATCH}"


def offers() -> list[Option]:
    """The rules of the schedule, each with its words."""
    return [Option(each.understood, each.offered) for each in rules()]


KEPT_FOR = Spread(
    name="kept_for",
    heading="Kept for (words)",
    aliases=(
        "Kept for", "Keep for", "Retention period", "Retention", "How long retained", "How long kept",
        "How long is it kept", "How long we keep it", "How long it is kept", "Retained for", "Keep until",
        "Retention time", "Length of retention",
    ),
    help="The code or name of a rule, or words such as “6 years after closure”",
    sets=(RULE, NOTE),
    over=RULE,
    finds=finds,
    offers=offers,
    unmatched="Not matched: it stays as words in the retention note",
    empty=Understood({RULE: None, NOTE: ""}),
)  # fmt: skip
