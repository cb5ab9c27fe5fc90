"""How long an asset is kept, as a council says it: a rule of the schedule, or words in the note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from assets.models import RetentionRule
from assets.representations.period_words import Trigger
from assets.representations.periods import Period, Reading, read
from governance.people.registers.columns import Option
from governance.people.registers.finding import folded, short
from governance.people.registers.sheet import Spread, Understood

RULE, NOTE = "retention_rule", "retention_note"
NAMED = 3  # so many rules that say the same are named


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
    """What understands the words of a cell: the code of a rule, or a period that one rule alone has."""
    known = rules()
    by_name = {folded(word): each for each in known for word in (each.record_type, each.code)}
    by_period: dict[Period, list[Rule]] = defaultdict(list)
    for each in known:
        for period in each.periods:
            by_period[period].append(each)

    def find(text: str) -> Understood:
        if named := by_name.get(folded(text)):
            return Understood({RULE: named.pk})
        reading = read(text)
        fitting = by_period.get(reading.period, []) if reading.period else []
        if len(fitting) == 1:
            return Understood({RULE: fitting[0].pk}, of_rule(text, reading, fitting[0]))
        return Understood({NOTE: text}, of_note(text, reading, fitting), is_open=True)

    return find


def of_rule(text: str, reading: Reading, rule: Rule) -> str:
    """The sentence for words that one rule says."""
    assert reading.period is not None
    said = reading.period.words
    return f"“{short(text)}” is read as {said[0].lower()}{said[1:]}, which is rule {rule}"


def of_note(text: str, reading: Reading, fitting: Iterable[Rule]) -> str:
    """The sentence for words that are left to judgement, with what was understood of them."""
    stays = f"“{short(text)}” stays as words in the retention note"
    if reading.period is None:
        part = f"Only “{reading.part}” was understood: " if reading.part else ""
        return f"{stays}. {part}{reading.why}" if part else f"{stays}, since {reading.why}"
    said = f"It is read as {reading.period.words[0].lower()}{reading.period.words[1:]}"
    codes = [each.code for each in fitting]
    if not codes:
        return f"{stays}. {said}, which no rule of the schedule says"
    more = f" and {len(codes) - NAMED} more" if len(codes) > NAMED else ""
    return f"{stays}. {said}, which several rules say: {', '.join(codes[:NAMED])}{more}"


def offers() -> list[Option]:
    """The rules of the schedule, each with its words."""
    return [Option(each.understood, f"{each}: {each.words}") for each in rules()]


KEPT_FOR = Spread(
    name="kept_for",
    heading="Kept for (words)",
    aliases=(
        "Kept for", "Keep for", "Retention period", "Retention", "How long retained", "How long kept",
        "How long is it kept", "How long we keep it", "How long it is kept", "Retained for", "Keep until",
        "Retention time", "Length of retention",
    ),
    help="“6 years after closure” or the code of a rule",
    sets=(RULE, NOTE),
    finds=finds,
    offers=offers,
    unmatched="Not matched: it stays as words in the retention note",
    empty=Understood({RULE: None, NOTE: ""}),
)  # fmt: skip
