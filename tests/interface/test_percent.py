"""Shares in a hundred are rounded as a person would, and never say all of not all, or none of some."""

import pytest
from django.db.models import Value

from governance.core.percent import percent, percent_in_database
from governance.people.models import Post
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(3, 8, 38), (2, 7, 29), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (0, 5, 0), (5, 5, 100),
     (1, 2, 50), (1, 1, 100), (0, 1, 0), (100_000, 100_000, 100)],
)  # fmt: skip
def test_a_share_is_rounded_to_the_nearest_whole(part, whole, said):
    assert percent(part, whole) == said


@pytest.mark.parametrize("whole", [2, 3, 199, 201, 1_000, 100_000])
def test_all_but_one_is_never_a_hundred_and_one_is_never_nought(whole):
    assert percent(whole - 1, whole) <= 99
    assert percent(1, whole) >= 1
    assert percent(0, whole) == 0
    assert percent(whole, whole) == 100


def test_of_nothing_there_is_no_share():
    assert percent(0, 0) is None


def test_the_database_reckons_the_same():
    PostFactory()
    pairs = [(part, whole) for whole in (1, 2, 3, 7, 8, 199) for part in range(whole + 1)]
    reckoned = {
        f"of_{n}": percent_in_database(Value(part), Value(whole)) for n, (part, whole) in enumerate(pairs)
    }
    (said,) = Post.objects.values_list(*reckoned.values())[:1]
    assert list(said) == [percent(part, whole) for part, whole in pairs]


def test_the_database_does_not_break_on_a_share_of_nothing():
    PostFactory()
    assert Post.objects.values_list(percent_in_database(Value(0), Value(0)), flat=True).first() == 0
