"""What two people made of one text is put together, and no word of either is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.core.forms.joining import MOST_LINES, put_together


@pytest.mark.parametrize(
    ("before", "theirs", "mine", "both"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),  # far from each other
        ("a\nb\nc", "a\nB\nc", "a\nM\nc", "a\nB\n\nM\nc"),  # in one line
        ("a\nb\nc", "a\nB\nc", "a\nB\nC", "a\nB\nc\n\nB\nC"),  # next to each other: whole, both
        ("a\nb\nc", "a\nX\nc", "a\nX\nc", "a\nX\nc"),  # the same
        ("a\nb\nc", "a\nc", "a\nM\nc", "a\nM\nc"),  # they took out what I wrote anew
        ("a\nb\nc", "a\nB\nc", "a\nc", "a\nB\nc"),  # I took out what they wrote anew
        ("", "Theirs", "Mine", "Theirs\n\nMine"),
        (None, "One\nTheirs", "One\nMine", "One\nTheirs\n\nOne\nMine"),
    ],
)
def test_two_texts_are_put_together_line_by_line(before, theirs, mine, both):
    assert put_together(before, theirs, mine) == both


LINES = st.lists(st.sampled_from(["a", "b", "c", "", "new"]), max_size=8).map("\n".join)


@given(LINES, LINES, LINES)
def test_every_line_that_somebody_wrote_stands_in_both(before, theirs, mine):
    found = put_together(before, theirs, mine).splitlines()
    for side in (theirs, mine):
        assert {*side.splitlines()} - {*before.splitlines()} <= {*found, ""}


def test_texts_of_very_many_lines_stand_one_after_the_other():
    many = "x\n" * MOST_LINES + "y"
    assert put_together(many, many, "z") == f"{many}\n\nz"
