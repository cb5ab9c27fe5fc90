"""A date typed in three fields: what is understood, and what is said otherwise."""

from datetime import date

import pytest

from governance.core.forms import DateField, Form

DAY = date(2016, 10, 24)


class DueForm(Form):
    due_on = DateField(label="Due date")


def due(day: str, month: str, year: str) -> DueForm:
    return DueForm({"due_on_day": day, "due_on_month": month, "due_on_year": year})


@pytest.mark.parametrize(
    "typed",
    [
        ("24", "10", "2016"),
        ("24", "October", "2016"),
        ("24", "october", "2016"),
        ("24", "OCTOBER", "2016"),
        ("24", "Oct", "2016"),
        ("24", "oct.", "2016"),
        ("24", "octob", "2016"),
        ("24th", "10", "2016"),
        ("24TH", "oct", "2016"),
        (" 24 ", " 10 ", " 2016 "),
    ],
)
def test_a_date_is_understood_as_people_say_it(typed: tuple[str, str, str]) -> None:
    form = due(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_on"] == DAY


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (("1", "jan", "2017"), date(2017, 1, 1)),
        (("01", "01", "2017"), date(2017, 1, 1)),
        (("1st", "January", "2017"), date(2017, 1, 1)),
        (("9", "Sept", "2016"), date(2016, 9, 9)),
        (("2nd", "may", "2016"), date(2016, 5, 2)),
        (("29", "2", "2016"), date(2016, 2, 29)),
    ],
)
def test_short_and_long_months_and_leap_days_are_understood(
    typed: tuple[str, str, str], understood: date
) -> None:
    assert due(*typed).fields["due_on"].clean(due(*typed)["due_on"].data) == understood


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("", "10", "2016"), "Due date must include a day", ["day"]),
        (("24", "", "2016"), "Due date must include a month", ["month"]),
        (("24", "10", ""), "Due date must include a year", ["year"]),
        (("24", "", ""), "Due date must include a month and year", ["month", "year"]),
        (("", "oct", ""), "Due date must include a day and year", ["day", "year"]),
        (("0", "10", "2016"), "Due date must have a day between 1 and 31", ["day"]),
        (("32", "10", "2016"), "Due date must have a day between 1 and 31", ["day"]),
        (("x", "10", "2016"), "Due date must have a day between 1 and 31", ["day"]),
        (
            ("24", "0", "2016"),
            "Due date must have a month from 1 to 12, or a name such as January",
            ["month"],
        ),
        (
            ("24", "13", "2016"),
            "Due date must have a month from 1 to 12, or a name such as January",
            ["month"],
        ),
        (
            ("24", "ju", "2016"),
            "Due date must have a month from 1 to 12, or a name such as January",
            ["month"],
        ),
        (
            ("24", "octember", "2016"),
            "Due date must have a month from 1 to 12, or a name such as January",
            ["month"],
        ),
        (("24", "10", "16"), "Due date must have a year with 4 numbers, such as 2016", ["year"]),
        (("24", "10", "0016"), "Due date must have a year with 4 numbers, such as 2016", ["year"]),
        (("24", "10", "20166"), "Due date must have a year with 4 numbers, such as 2016", ["year"]),
        (("31", "9", "2016"), "Due date must be a real date", ["day", "month", "year"]),
        (("29", "2", "2017"), "Due date must be a real date", ["day", "month", "year"]),
    ],
)
def test_what_cannot_be_read_is_said_and_marked(
    typed: tuple[str, str, str], sentence: str, parts: list[str]
) -> None:
    form = due(*typed)
    assert form.errors["due_on"] == [sentence]
    assert form["due_on"].wrong_parts == parts
    drawn = str(form["due_on"])
    for part, value in zip(("day", "month", "year"), typed, strict=True):
        control = drawn.split(f'id="id_due_on_{part}"')[1].split(">")[0]
        assert ('aria-invalid="true"' in control) is (part in parts)
        assert f'value="{value}"' in control


def test_a_missing_date_is_asked_for_by_its_label() -> None:
    assert due("", "", "").errors["due_on"] == ["Enter the due date"]


def test_a_date_out_of_bounds_is_told_the_bound() -> None:
    field = DateField(label="Due date", earliest=DAY, latest=lambda: DAY)
    form = Form({"due_on_day": "25", "due_on_month": "10", "due_on_year": "2016"})
    form.fields["due_on"] = field
    assert form.errors["due_on"] == ["Due date must be the same as or before 24 October 2016"]
    form = Form({"due_on_day": "23", "due_on_month": "10", "due_on_year": "2016"})
    form.fields["due_on"] = field
    assert form.errors["due_on"] == ["Due date must be the same as or after 24 October 2016"]


def test_an_address_may_carry_the_date_in_one_piece() -> None:
    form = DueForm({"due_on": "2016-10-24"})
    assert form.is_valid()
    assert form.cleaned_data["due_on"] == DAY


def test_a_stored_date_is_shown_in_its_three_parts() -> None:
    drawn = str(DueForm(initial={"due_on": DAY})["due_on"])
    assert all(f'value="{part}"' in drawn for part in (24, 10, 2016))


def test_an_unchanged_date_counts_as_unchanged() -> None:
    typed = {"due_on_day": "24", "due_on_month": "oct", "due_on_year": "2016"}
    assert not DueForm(typed, initial={"due_on": DAY}).has_changed()


def test_a_question_for_a_label_does_not_begin_a_sentence() -> None:
    field = DateField(label="When did this take effect?")
    assert field.named == "The date"
