"""A day and a time typed as a clock in London shows them, also on the nights when the clocks are moved."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from governance.core.components import in_words
from governance.core.dates import LONDON, long_moment
from governance.core.forms import Form, MomentField
from governance.core.forms.moments import TypedMoment
from governance.core.forms.versioned import put


class WhenForm(Form):
    """A form that asks when."""

    at = MomentField(label="When was that?", subject="The time")


def typed(day, month, year, time):
    return WhenForm({"at_day": day, "at_month": month, "at_year": year, "at_time": time})


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        (("1", "6", "2026", "14:05"), utc(2026, 6, 1, 13, 5)),
        (("1", "January", "2026", "14.05"), utc(2026, 1, 1, 14, 5)),
        (("1", "jan", "2026", "2:05pm"), utc(2026, 1, 1, 14, 5)),
        (("1", "1", "2026", "2 PM"), utc(2026, 1, 1, 14, 0)),
        (("1", "1", "2026", "12am"), utc(2026, 1, 1, 0, 0)),
        (("1", "1", "2026", "12:30pm"), utc(2026, 1, 1, 12, 30)),
        (("25", "10", "2025", "23:59"), utc(2025, 10, 25, 22, 59)),
        (("26", "10", "2025", "00:59"), utc(2025, 10, 25, 23, 59)),
        (("26", "10", "2025", "02:00"), utc(2025, 10, 26, 2, 0)),
        (("26", "10", "2025", "01:30 BST"), utc(2025, 10, 26, 0, 30)),
        (("26", "10", "2025", "1:30 gmt"), utc(2025, 10, 26, 1, 30)),
        (("29", "3", "2026", "00:59"), utc(2026, 3, 29, 0, 59)),
        (("29", "3", "2026", "02:00"), utc(2026, 3, 29, 1, 0)),
    ],
)
def test_a_time_is_read_as_people_write_it(said, moment):
    form = typed(*said)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == moment


@pytest.mark.parametrize(
    ("said", "sentence", "parts"),
    [
        (("", "", "", ""), "Answer “When was that?”", ()),
        (("1", "6", "2026", ""), "The time must include a time, such as 14:05", ("time",)),
        (("1", "6", "", "14:05"), "The time must include a year", ("year",)),
        (("31", "6", "2026", "14:05"), "The time must be a real date", ("day", "month", "year")),
        (("1", "6", "2026", "25:00"), "The time must have a time such as 14:05 or 2:05pm", ("time",)),
        (("1", "6", "2026", "14:60"), "The time must have a time such as 14:05 or 2:05pm", ("time",)),
        (("1", "6", "2026", "14"), "The time must have a time such as 14:05 or 2:05pm", ("time",)),
        (("1", "6", "2026", "13pm"), "The time must have a time such as 14:05 or 2:05pm", ("time",)),
        (("1", "6", "2026", "\x00"), "The time must have a time such as 14:05 or 2:05pm", ("time",)),
        (("1", "6", "2026", "１４:05"), "The time must have a time such as 14:05 or 2:05pm", ("time",)),
        (
            ("29", "3", "2026", "01:30"),
            "On 29 March 2026 there was no 01:30: the clocks went forward an hour. Enter a time before or "
            "after it",
            ("time",),
        ),
        (
            ("26", "10", "2025", "01:30"),
            "On 26 October 2025 it was 01:30 twice: the clocks went back an hour. Write BST after the first, "
            "GMT after the second",
            ("time",),
        ),
        (("1", "6", "2026", "14:05 GMT"), "The time cannot be GMT: London had BST then", ("time",)),
        (("1", "1", "2026", "14:05 BST"), "The time cannot be BST: London had GMT then", ("time",)),
        (("1", "6", "2199", "14:05"), "“The time” must be in the past", ("day", "month", "year", "time")),
    ],
)
def test_what_no_clock_shows_is_refused_in_words_and_kept(said, sentence, parts):
    form = typed(*said)
    assert form.errors["at"] == [sentence]
    assert tuple((form.errors.as_data()["at"][0].params or {}).get("parts", ())) == parts
    assert 'value="' + said[0] in str(form)


def test_the_field_is_drawn_as_four_boxes_in_one_group():
    html = str(WhenForm(initial={"at": utc(2026, 6, 1, 13, 5)}))
    assert html.count("<fieldset") == 1
    for part, value in (("day", "1"), ("month", "6"), ("year", "2026"), ("time", "14:05")):
        assert f'name="at_{part}"' in html
        assert f'value="{value}"' in html
    time = next(line for line in html.splitlines() if 'name="at_time"' in line)
    assert "inputmode" not in time, "a keyboard of digits has no colon"


@pytest.mark.parametrize(
    "moment", [utc(2025, 10, 26, 0, 30), utc(2025, 10, 26, 1, 30), utc(2026, 3, 29, 1, 0)]
)
def test_what_is_shown_and_sent_back_unchanged_is_no_change(moment):
    day, month, year, time = TypedMoment.of(moment)
    form = WhenForm(
        {"at_day": day, "at_month": month, "at_year": year, "at_time": time}, initial={"at": moment}
    )
    assert form.is_valid(), form.errors
    assert form.changed_data == []
    assert form.cleaned_data["at"] == moment


def test_a_moment_is_said_with_its_time_and_an_hour_that_comes_twice_with_its_zone():
    assert long_moment(utc(2026, 6, 1, 13, 5)) == "1 June 2026 at 14:05"
    assert long_moment(utc(2025, 10, 26, 0, 30)) == "26 October 2025 at 01:30 BST"
    assert long_moment(utc(2025, 10, 26, 1, 30)) == "26 October 2025 at 01:30 GMT"
    assert in_words(utc(2026, 6, 1, 13, 5)) == "1 June 2026 at 14:05"


def test_their_moment_in_a_conflict_goes_back_into_the_four_boxes():
    data = QueryDict(mutable=True)
    put(data, WhenForm().fields["at"], "at", datetime(2026, 6, 1, 14, 5, tzinfo=LONDON))
    assert data.dict() == {"at_day": "1", "at_month": "6", "at_year": "2026", "at_time": "14:05"}
