"""The words of retention schedules: numbers, lengths, triggers, what calls for judgement (domain.md 1.6)."""

from __future__ import annotations

import re

from assets.models import RetentionRule

Trigger = RetentionRule.Trigger

# What a trigger is called in a period, and what schedules call it (phrases are matched whole).
SAID: dict[str, str] = {
    Trigger.CREATION: "creation",
    Trigger.CLOSURE: "closure of the file",
    Trigger.COMPLETION: "completion",
    Trigger.END_OF_CONTRACT: "the end of the contract",
    Trigger.END_OF_EMPLOYMENT: "the end of employment",
    Trigger.END_OF_YEAR: "the end of the financial year",
    Trigger.DATE_OF_BIRTH: "the date of birth",
    Trigger.LAST_CONTACT: "the last contact or visit",
}
_ENDS = "(?:end|ending|termination|cessation|expiry|expiration|termination or cessation|end or termination)"
_CEASES = "(?:ceases|ends|ended|terminates|terminated|has ended|has ceased|expires)"
TRIGGERS: tuple[tuple[str, str], ...] = (
    (Trigger.CREATION, "creation|created|(?:creation|date) of (?:the )?(?:record|document|file)|"
     "(?:being )?made|(?:record|document|file) (?:is |was )?created"),
    (Trigger.CLOSURE, "closure|closed|closing|(?:closure|closing) of (?:the )?(?:file|case|record|account)|"
     "(?:the )?(?:file|case|account)(?: is| was)? (?:closed|closure|closes)"),
    (Trigger.COMPLETION, "completion|completed|completion of (?:the )?(?:work|project|works|case|process)"),
    (Trigger.END_OF_CONTRACT, f"{_ENDS} of (?:the )?(?:contract|agreement)|(?:the )?contract {_CEASES}|"
     f"contract {_ENDS}"),
    (Trigger.END_OF_EMPLOYMENT, f"{_ENDS} of (?:the )?employment|(?:the )?employment {_CEASES}|"
     f"employment {_ENDS}|leaving employment|(?:the )?employee leaves"),
    (Trigger.END_OF_YEAR, "(?:the )?(?:end|close|closing) of (?:the )?(?:current |relevant )?financial year|"
     "(?:the )?financial year[ -]end"),
    (Trigger.DATE_OF_BIRTH, "birth|(?:the )?date of birth|dob|d\\.o\\.b"),
    (Trigger.LAST_CONTACT, "last contact|(?:the )?last contact or visit|last visit|visit|date of visit"),
)  # fmt: skip
NUMBERS = {
    name: number
    for number, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        start=1,
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}  # fmt: skip

NUMBER = rf"(?:\d{{1,5}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
UNIT = "(?:(?:calendar )?(?:months?|days?)|years?|yrs?|mths?|weeks?)"
_TERM = rf"\b{NUMBER}(?: ?\({NUMBER}\))?[ -]?{UNIT}"
LENGTH = rf"(?P<length>{_TERM}(?:(?: and |, | ){_TERM})?)"
_CURRENT = "(?:the )?(?:current financial year|current year|current|cy)"
_YEARS = rf"(?:{LENGTH}|(?P<bare>{NUMBER}))"
_PLUS = "(?: ?\\+ ?| plus | and )"
_FROM = "(?: after | from | following | since )"
PERMANENT = re.compile(
    "(?:(?:to be )?(?:kept|keep|retain(?:ed)?|hold|held) )?(?:permanent(?:ly)?|indefinite(?:ly)?|for ?ever"
    "|in perpetuity)(?: retention| preservation)?"
)
# Forms of a computable period. It runs `since` any event, or from a trigger that is `known`.
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:for )?{LENGTH}(?:{_FROM}(?P<since>.+))?",
        rf"(?P<adds>{_CURRENT}){_PLUS}{_YEARS}(?:{_FROM}(?P<since>.+))?",
        rf"{_YEARS}{_PLUS}(?P<adds>{_CURRENT})(?:{_FROM}(?P<since>.+))?",
        rf"(?:from )?(?P<known>[^+:]+?)(?: ?\+ ?| plus |: ?){LENGTH}",
    )
)
RANGE = "it gives a range: choose one length"
LONGER = "it is the longer or shorter of several periods"
NO_PART = (RANGE, LONGER)  # one of the lengths named is no part of what was meant
# What makes a phrase a matter of judgement: the first that occurs gives the reason.
JUDGEMENT: tuple[tuple[str, str], ...] = (
    (r"\bworking days?\b|\bbusiness days?\b|\bclear days?\b",
     "working days depend on holidays: give calendar days"),
    (r"\b(?:whichever|longer of|later of|shorter of|earlier of|the longer|the later)\b",
     LONGER),
    (r"\b(?:if|unless|except|subject to|where|provided|depending|depends)\b", "it depends on a condition"),
    (r"\b(?:minimum|min|at least|not less than|no less than|maximum|max|up to|at most|no more than|"
     r"or longer|or more|or less|about|approximately|approx|around|circa|normally|usually)\b|[~<>≥≤]",
     "it gives a limit and not the period"),
    (rf"\bbetween\b|{NUMBER} ?(?:to|-|–|/|or) ?{NUMBER}\b", "it gives a range: choose one length"),
    (r"\b(?:various|varies|variable|as required|as necessary|see|tbc|n/?a|none|unknown)\b",
     "it does not say how long"),
    (r"\b(?:life|lifetime|life-time)\b", "nobody can reckon how long a life of something will be"),
    (r"\b(?:cycle|cycles)\b", "the length of a cycle is not said"),
    (r"\b(?:term|session|parliament|tenure)\b", "when a term ends is not said"),
    (r"\b(?:calendar|academic|school|tax) year\b",
     "only the financial year, ending on 31 March, can be reckoned with"),
    (r"\b(?:until|till|pending|while|whilst|as long as|so long as|for as long)\b|^on\b",
     "it ends with an event and names no length of time"),
    (r"\bor\b", "it offers a choice: give one"),
)  # fmt: skip
# Another event is a few plain words, and says neither how long nor what is done then.
EVENT = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,7}")
NO_EVENT = (
    rf"\b(?:{UNIT}|plus|then|less|minus|current|permanent\w*|indefinite\w*|destr\w+|shred\w*|delet\w+|"
    r"dispos\w+|transfer\w*|archiv\w+|retain\w*|retention|keep|kept|offer\w*|weed\w*|review\w*)\b"
)
