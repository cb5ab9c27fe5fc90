"""Names that come near a word, so that a typing mistake or a short form finds what was meant."""

import pytest

from governance.people.registers.nearness import LIKELY, Near

UNITS = ["Finance and Procurement", "Human Resources", "Housing", "Highways", "Children's Social Care"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Finance", "Finance and Procurement"),
        ("Finanse", "Finance and Procurement"),
        ("HR", "Human Resources"),
        ("fp", "Finance and Procurement"),
        ("Housing Dept", "Housing"),
        ("social care (children)", "Children's Social Care"),
    ],
)
def test_what_was_meant_comes_first_and_is_near_enough_to_be_proposed(word, name):
    assert Near(UNITS).to(word, 1, least=LIKELY) == [name]


@pytest.mark.parametrize("word", ["", "and the", "?!", "Zebra", "12", "\x00"])
def test_nothing_is_near_what_resembles_nothing(word):
    assert Near(UNITS).to(word) == []


def test_no_more_names_are_told_than_asked_for_and_none_twice():
    assert Near(["Parks", "Parks", "Parking", "Park rangers", "Parkland"]).to("Parks", 2) == [
        "Parks", "Parking",
    ]  # fmt: skip


def test_there_may_be_no_names_at_all():
    assert Near([]).to("Finance") == []
