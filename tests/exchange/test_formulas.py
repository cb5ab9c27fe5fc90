"""Text that could be run as a formula is marked in files, and unmarked when it comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.core.formulas import bared, guarded, is_dangerous

DANGEROUS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−"]
HARMLESS = [
    "",
    "Adoption records",
    "1.5",
    "(=1+1)",
    '"=1+1"',
    "a=1",
    "'quoted'",
    "'90s files",
    "é",
    "£12",
    "_x0041_",
    "«=»",
    "’=1",
    ";=1+1",
]  # fmt: skip


@pytest.mark.parametrize("first", DANGEROUS)
@pytest.mark.parametrize("rest", ["", "1+1", 'cmd|"/C calc"!A0', "HYPERLINK(…)", "\n=2"])
def test_what_begins_like_a_formula_is_marked(first, rest):
    assert guarded(first + rest) == "'" + first + rest


@pytest.mark.parametrize("before", [" ", "  ", "\ufeff", "\u200b", "\u00a0", "'", "''", "\x00", " '"])
def test_what_a_spreadsheet_passes_over_does_not_hide_a_formula(before):
    assert is_dangerous(before + "=1+1")
    assert guarded(before + "=1+1") == "'" + before + "=1+1"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is_both_ways(text):
    assert guarded(text) == text
    assert bared(text) == text


@given(st.text())
def test_the_mark_comes_off_again_whatever_the_text(text):
    assert bared(guarded(text)) == text


@given(st.text(alphabet="'=+-@ \t\r\n\ufeffa＝"))
def test_the_mark_comes_off_again_where_it_is_hardest(text):
    assert bared(guarded(text)) == text
    assert not is_dangerous(text) or guarded(text).startswith("'")


def test_a_file_written_elsewhere_may_carry_the_mark_too():
    assert bared("'-5 to 0 years") == "-5 to 0 years"
    assert bared("-5 to 0 years") == "-5 to 0 years"
