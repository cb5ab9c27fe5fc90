"""The reader of retention periods understands a phrase whole, or leaves it to judgement and says why."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.models import RetentionRule
from assets.representations.period_words import JUDGEMENT, SAID
from assets.representations.periods import LONGEST_YEARS, Period, read

T = RetentionRule.Trigger

UNDERSTOOD = [
    ("6 years", Period(months=72)),
    ("6yrs", Period(months=72)),
    ("Six years.", Period(months=72)),
    ("six (6) years", Period(months=72)),
    ("for 6 years", Period(months=72)),
    ("a year", Period(months=12)),
    ("18 months", Period(months=18)),
    ("1 year and 6 months", Period(months=18)),
    ("30 calendar days", Period(days=30)),
    ("1 day", Period(days=1)),
    ("12 weeks", Period(days=84)),
    ("31 days after recording made", Period(days=31, trigger=T.EVENT, event="recording made")),
    ("6 years after employment ceases", Period(months=72, trigger=T.END_OF_EMPLOYMENT)),
    ("6 years after termination of employment", Period(months=72, trigger=T.END_OF_EMPLOYMENT)),
    ("End of employment + 6 years", Period(months=72, trigger=T.END_OF_EMPLOYMENT)),
    ("6 years after end of contract", Period(months=72, trigger=T.END_OF_CONTRACT)),
    ("12 years from expiry of the agreement", Period(months=144, trigger=T.END_OF_CONTRACT)),
    ("6 years after termination or cessation of contract", Period(months=72, trigger=T.END_OF_CONTRACT)),
    ("6 years from closure", Period(months=72, trigger=T.CLOSURE)),
    ("Closure of file plus 6 years", Period(months=72, trigger=T.CLOSURE)),
    ("closure: 6 years", Period(months=72, trigger=T.CLOSURE)),
    ("6 years from the date of closure", Period(months=72, trigger=T.CLOSURE)),
    ("2 years from creation", Period(months=24, trigger=T.CREATION)),
    ("15 years after completion of the works", Period(months=180, trigger=T.COMPLETION)),
    ("75 years from date of birth", Period(months=900, trigger=T.DATE_OF_BIRTH)),
    ("DOB + 25 years", Period(months=300, trigger=T.DATE_OF_BIRTH)),
    ("7 years after last contact", Period(months=84, trigger=T.LAST_CONTACT)),
    ("3 years from date of visit", Period(months=36, trigger=T.LAST_CONTACT)),
    (
        "6 years after the end of the financial year",
        Period(months=72, adds_current_year=True, trigger=T.END_OF_YEAR),
    ),
    (
        "6 years from close of financial year",
        Period(months=72, adds_current_year=True, trigger=T.END_OF_YEAR),
    ),
    ("current year plus 6", Period(months=72, adds_current_year=True)),
    ("Current year + 6 years", Period(months=72, adds_current_year=True)),
    ("CY+6", Period(months=72, adds_current_year=True)),
    ("6 years plus the current year", Period(months=72, adds_current_year=True)),
    ("6 years plus current", Period(months=72, adds_current_year=True)),
    ("current financial year plus 2 years", Period(months=24, adds_current_year=True)),
    ("current year plus 3 after closure", Period(months=36, adds_current_year=True, trigger=T.CLOSURE)),
    ("6 years from last court date", Period(months=72, trigger=T.EVENT, event="last court date")),
    ("1 year after results published", Period(months=12, trigger=T.EVENT, event="results published")),
    ("3 years after close of survey", Period(months=36, trigger=T.EVENT, event="close of survey")),
    ("Permanent", Period(is_permanent=True)),
    ("Retain permanently", Period(is_permanent=True)),
    ("indefinite", Period(is_permanent=True)),
    ("Permanent preservation", Period(is_permanent=True)),
    ("for ever", Period(is_permanent=True)),
]
# Phrase, what was understood of it, a word of the reason.
LEFT = [
    ("", "", "nothing"),
    ("n years plus current", "", "not understood"),
    ("10 working days", "", "working days"),
    ("two to six years", "", "range"),
    ("2-6 years", "", "range"),
    ("between 2 and 6 years", "", "range"),
    ("6 or 7 years", "", "range"),
    ("various", "", "how long"),
    ("see note 4", "", "how long"),
    ("life of building", "", "life of something"),
    ("Life of the asset plus 6 years", "6 years", "life of something"),
    ("current", "", "not understood"),
    ("current year", "", "not understood"),
    ("current term only", "", "term"),
    ("current cycle plus previous cycle", "", "cycle"),
    ("until superseded", "", "event"),
    ("until data entered and checked", "", "event"),
    ("as long as the officer is in post", "", "event"),
    ("longer of 6 years and the contract", "", "longer"),
    ("6 years or 2 years, whichever is longer", "", "longer"),
    ("6 years, or longer if ban over six years", "6 years", "condition"),
    ("6 years unless litigation is pending", "6 years", "condition"),
    ("at least 6 years", "6 years", "limit"),
    ("minimum 6 years", "6 years", "limit"),
    ("up to 2 years", "2 years", "limit"),
    ("6 calendar years", "", "not understood"),
    ("calendar year plus 6", "", "financial year"),
    ("end of academic year + 1 year", "1 year", "financial year"),
    ("6 years then destroy", "6 years", "then destroy"),
    ("6 years after closure then review", "6 years", "then review"),
    ("6 years after closure destroy", "6 years", "closure destroy"),
    ("6 years after closure and then 2 years", "6 years", "then 2 years"),
    ("6 years after closure or death", "6 years", "choice"),
    ("six (7) years", "", "not understood"),
    ("1 year and 30 days", "", "not understood"),
    ("0 years", "", "not understood"),
    ("99999 years", "", "not understood"),
    ("6", "", "not understood"),
    ("permanent for minutes, 2 years for agendas", "2 years", "not understood"),
]


@pytest.mark.parametrize(("phrase", "period"), UNDERSTOOD, ids=[phrase for phrase, _ in UNDERSTOOD])
def test_a_phrase_that_says_all_is_understood(phrase, period):
    reading = read(phrase)
    assert reading.period == period
    assert (reading.part, reading.why) == ("", "")


@pytest.mark.parametrize(("phrase", "part", "why"), LEFT, ids=[phrase for phrase, _, _ in LEFT])
def test_what_is_not_wholly_understood_is_left_to_judgement_with_the_reason(phrase, part, why):
    reading = read(phrase)
    assert reading.period is None
    assert reading.part == part
    assert why in reading.why


def test_there_are_enough_phrases_and_every_trigger_is_among_them():
    assert len(UNDERSTOOD) + len(LEFT) >= 60
    assert {period.trigger for _, period in UNDERSTOOD} >= set(T)


def test_two_spellings_of_one_number_must_agree():
    assert read("six (6) years").period == read("6 years").period
    assert read("six (5) years").period is None


LENGTHS = st.one_of(
    st.builds(dict, months=st.integers(1, 12 * LONGEST_YEARS)), st.builds(dict, days=st.integers(1, 36525))
)
EVENTS = st.sampled_from(["results published", "last court date", "the sale", "close of survey", "award"])


@st.composite
def periods(draw):
    """Every period that a rule can hold."""
    if draw(st.booleans()) and draw(st.booleans()):
        return Period(is_permanent=True)
    length, adds = draw(LENGTHS), draw(st.booleans())
    trigger = draw(st.sampled_from(["", *SAID, T.EVENT]))
    if trigger == T.END_OF_YEAR:
        adds = True
    event = draw(EVENTS) if trigger == T.EVENT else ""
    return Period(**length, adds_current_year=adds, trigger=str(trigger), event=event)


@given(periods())
def test_what_a_period_is_called_is_read_as_that_period(period):
    assert read(period.words).period == period


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(typed):
    reading = read(typed)
    assert (reading.period is None) == bool(reading.why)


WORDS = st.lists(
    st.sampled_from(
        ["6", "six", "years", "months", "current", "year", "plus", "+", "after", "closure", "until", "or",
         "permanent", "(", ")", "-", "to", "the", "date", "of", "birth", "then", "destroy", "contract", "end",
         "financial", "working", "days", "a", "if", "longer"]
    ),
    max_size=12,
)  # fmt: skip


@given(WORDS)
def test_a_period_is_never_read_out_of_words_it_does_not_account_for(words):
    """Whatever is understood says every number of the phrase and nothing that calls for judgement."""
    reading = read(" ".join(words))
    if reading.period is None or reading.period.is_permanent:
        return
    assert not {"until", "or", "then", "destroy", "if", "longer", "working", "to"} & {*words}
    assert {word for word in words if word in {"6", "six", "a"}} or "(" in words


@given(
    periods(),
    st.sampled_from(["whichever is longer", "unless told otherwise", "or so", "then destroy"]),
)
def test_a_condition_added_to_a_period_takes_it_back_to_judgement(period, condition):
    assert read(f"{period.words} {condition}").period is None


@given(periods(), st.sampled_from([" ", "  ", "\n", "\t"]), st.sampled_from(["", ".", ";"]))
def test_case_spaces_and_a_full_stop_change_nothing(period, space, stop):
    words = period.words.upper() if not period.event else period.words
    assert read(space + words.replace(" ", space) + stop).period == period


def test_the_reasons_are_sentences_without_an_end():
    for _, reason in JUDGEMENT:
        assert reason[0] in string.ascii_lowercase
        assert not reason.endswith(".")
