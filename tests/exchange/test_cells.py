"""The cells of a file, read column by column: each that occurs once, and none taken for another."""

from datetime import date

import pytest

from assets.representations.sheet import SHEET
from governance.core.formulas import TOO_LONG
from governance.exchange.importing.cells import SKIP, Fault, different, read_column
from governance.exchange.reading.table import Table
from governance.people.registers.columns import Text
from tests.factories import AssetFactory

NOTE = Text(name="note", heading="Note", longest=100)


def values(*cells, column=NOTE):
    return read_column(column, "Note", cells, {}, blank_counts=False)


def test_one_and_yes_and_the_text_are_read_apart():
    assert values(1, True, "1", 1.0, "Yes", False, 0) == ["1", "Yes", "1", "1", "Yes", "No", "0"]


def test_a_day_in_a_column_of_texts_is_read_as_one():
    assert values("in June", date(2016, 6, 1), None, "") == ["in June", "2016-06-01", SKIP, SKIP]


@pytest.mark.parametrize("beside", ["text", 7])
def test_what_says_nothing_stays_so_beside_anything(beside):
    assert values(beside, "  ", "", None, TOO_LONG)[1:] == [SKIP] * 4


def test_a_fault_stands_in_each_row_that_holds_it():
    right, *wrong = values("right", "x" * 101, "x" * 101)
    assert right == "right"
    assert [isinstance(each, Fault) for each in wrong] == [True, True]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["b", "a", "b", None, ""], ["b", "a", None, ""]),
        ([1, True, 1, "1", 1.0], [1, True, "1", 1.0]),
        ([], []),
    ],
)
def test_different_cells_come_in_the_order_in_which_they_first_occur(cells, found):
    assert [(type(each), each) for each in different(cells)] == [(type(each), each) for each in found]


def test_a_row_that_ends_early_is_blank_behind_its_end():
    table = Table("", [], 1, ["One", "Two", "Three"], [(2, ["a"]), (3, ["b", "c"])])
    assert [list(table.column(place)) for place in range(3)] == [["a", "b"], [None, "c"], [None, None]]


@pytest.mark.django_db
def test_a_long_list_is_not_read_where_the_file_names_nothing_of_it(django_assert_num_queries):
    """The assets themselves: a hundred thousand."""
    asset = AssetFactory()
    column = SHEET.column("part_of")
    with django_assert_num_queries(0):
        column.reader(set())
    with django_assert_num_queries(1):
        read = column.reader({asset.reference})
    assert read(asset.reference) == asset.pk
