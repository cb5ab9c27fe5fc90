"""What waits on what, as a graph of keys: 500 random ones against plain ways of finding the same."""

from datetime import date, timedelta
from graphlib import CycleError
from itertools import pairwise
from random import Random

import pytest

from actions.representations.graph import NO_DAY, behind_each, critical_path, in_order, reached, turned

FIRST = date(2016, 1, 18)
SEEDS = range(500)


def a_graph(random):
    """Up to nine keys, in a random order of names, each needing some of those before it; some with a day."""
    keys = random.sample(range(100), random.randint(1, 9))
    needs = {key: {each for each in keys[:place] if random.random() < 0.35} for place, key in enumerate(keys)}
    day = {key: FIRST + timedelta(days=random.randint(0, 6)) for key in keys}
    return needs, {key: day[key] if random.random() < 0.8 else None for key in keys}


def every_chain(needs):
    """Every chain, by trying all: each key needs the one before it."""
    waits = turned(needs)

    def onwards(chain):
        yield chain
        for key in waits.get(chain[-1], ()):
            yield from onwards([*chain, key])

    for key in needs:
        yield from onwards([key])


def worth(chain, due):
    """The latest day on it, then its length."""
    return max(due[key] or NO_DAY for key in chain), len(chain)


def test_the_critical_path_is_the_best_of_all_chains():
    for seed in SEEDS:
        needs, due = a_graph(Random(seed))
        found = critical_path(needs, due)
        assert all(one in needs[other] for one, other in pairwise(found)), seed
        assert worth(found, due) == max(worth(chain, due) for chain in every_chain(needs)), seed


def test_what_waits_behind_each_is_what_can_be_reached_from_it():
    for seed in SEEDS:
        needs, _ = a_graph(Random(seed))
        waits = turned(needs)
        assert behind_each(needs) == {key: len(reached([key], waits)) - 1 for key in needs}


def test_what_is_needed_comes_before_what_needs_it():
    for seed in SEEDS:
        needs, _ = a_graph(Random(seed))
        place = {key: n for n, key in enumerate(in_order(needs))}
        assert all(place[needed] < place[key] for key in needs for needed in needs[key])


def test_the_same_graph_gives_the_same_path_whatever_the_order_it_is_read_in():
    needs, due = {1: [], 2: [], 3: [2, 1], 4: [1, 2]}, dict.fromkeys(range(1, 5), FIRST)
    assert critical_path(needs, due) == critical_path(dict(reversed(needs.items())), due) == [1, 3]


def test_nothing_to_do_hangs_on_nothing():
    assert critical_path({}, {}) == []
    assert behind_each({}) == {}


def test_a_circle_that_should_not_be_there_is_an_error_and_no_endless_search():
    with pytest.raises(CycleError):
        critical_path({1: [2], 2: [1]}, {})
    assert reached([1], {1: [2], 2: [1]}) == {1, 2}


def test_a_chain_of_ten_thousand_is_followed_without_end_of_the_stack():
    needs = {key: [key - 1] if key else [] for key in range(10_000)}
    assert critical_path(needs, {}) == list(range(10_000))
    assert behind_each(needs)[0] == 9_999
