"""How a cell of a file is read, whatever the spreadsheet made of it."""

from datetime import date, datetime, time

import pytest

from governance.people.registers.cells import CellError, as_day, as_number, as_text, as_yes_or_no, is_blank


@pytest.mark.parametrize(
    "cell",
    [
        "24/10/2016",
        "2016-10-24",
        "24-10-2016",
        "24.10.2016",
        "24 October 2016",
        "24th Oct 2016",
        "24-Oct-2016",
        42667,
        42667.0,
        "42667",
        42667.75,
        date(2016, 10, 24),
        datetime(2016, 10, 24, 9, 30),
        "2016-10-24 00:00:00",
        " 24/10/2016 ",
    ],
)
def test_a_date_is_read_however_it_was_written(cell):
    assert as_day(cell) == date(2016, 10, 24)


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2016",
        "2016",
        "soon",
        "10/24/2016",
        "1e999999",
        True,
        "٢٤/١٠/٢٠١٦",
        99999999999,
        -1,
        "24/10/16",
        time(9),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(cell):
    with pytest.raises(CellError, match="24/10/2016"):
        as_day(cell)


def test_a_year_that_cannot_be_right_is_refused():
    with pytest.raises(CellError, match="The year 1016 cannot be right"):
        as_day("24/10/1016")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Yes", True),
        (" y ", True),
        (True, True),
        (1, True),
        (1.0, True),
        ("NO", False),
        (False, False),
        (0, False),
    ],
)
def test_yes_and_no_are_read_as_people_write_them(cell, said):
    assert as_yes_or_no(cell) is said


@pytest.mark.parametrize("cell", ["perhaps", "2", 2, "yes no"])
def test_what_is_neither_yes_nor_no_is_refused(cell):
    with pytest.raises(CellError, match="neither yes nor no"):
        as_yes_or_no(cell)


@pytest.mark.parametrize(("cell", "number"), [("12", 12), (12.0, 12), ("1,200", 1200), (0, 0)])
def test_a_whole_number_is_read(cell, number):
    assert as_number(cell, 10_000) == number


@pytest.mark.parametrize(
    "cell", ["1e999999", "9" * 5000, "-1", "1.5", 1.5, "٣", "²", "", float("inf"), float("nan")]
)
def test_what_is_no_whole_number_is_refused_at_once(cell):
    with pytest.raises(CellError, match="is not a whole number"):
        as_number(cell, 10)


def test_a_number_that_is_too_high_says_what_the_most_is():
    with pytest.raises(CellError, match=r"6 is too high. 5 is the most"):
        as_number("6", 5)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (42.0, "42"),
        (0.5, "0.5"),
        (True, "Yes"),
        (None, ""),
        ("  words ", "words"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        (datetime(2016, 10, 24), "2016-10-24"),
        (date(2016, 10, 24), "2016-10-24"),
        (time(9, 30), "09:30:00"),
    ],
)
def test_every_kind_of_cell_has_words(cell, text):
    assert as_text(cell) == text


def test_a_character_that_no_text_can_hold_is_refused():
    with pytest.raises(CellError, match="NUL"):
        as_text("a\x00b")


def test_spaces_are_blank_and_nought_is_not():
    assert [is_blank(cell) for cell in (None, "", "  ", 0, False, "0")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
