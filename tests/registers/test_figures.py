"""The figures of a register: each is a query, and its rows can be opened."""

import re

import pytest

from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from tests.cast import signed_in
from tests.factories import PostHoldingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(room):
    """Five entries, two of which have somebody in their owner post."""
    entries = room.factory.create_batch(5)
    for entry in entries[:2]:
        PostHoldingFactory(post=entry.owner)
    if room.one == "asset":
        room.model.objects.filter(pk__in=[entry.pk for entry in entries[:3]]).update(
            contains_personal_data=False
        )
    return entries


def of(room):
    return [figure for key, figure in FIGURES.items() if key.startswith(f"{room.name}.")]


def test_the_grouped_counts_are_the_figures_one_by_one(room, mixed):
    counted = room.figures.counts(Moment.now(), Scope())
    assert counted.figures == {key: FIGURES[key].value(Moment.now(), Scope()) for key in counted.figures}
    shown = room.figures.tallies(Moment.now(), Scope())
    assert shown == {key: FIGURES[key].value(Moment.now(), Scope()) for key in shown}
    assert counted.figures.items() <= shown.items()
    assert set(counted.figures.values()) >= {5, 3}
    assert counted.by_owner == {entry.owner_id: 1 for entry in mixed}


def test_the_value_of_a_figure_is_the_number_of_its_entries(room, mixed):
    for figure in [figure for figure in of(room) if figure.shape.noun == room.one]:
        entries = figure.entries(Moment.now(), Scope())
        assert len(entries) == figure.value(Moment.now(), Scope())
        versions = room.model.history.filter(history_id__in=[entry.evidence for entry in entries])
        assert {version.id for version in versions} == {entry.subject for entry in entries}


def test_a_figure_counts_the_units_of_its_scope(room, mixed):
    scope = Scope(units=(mixed[0].unit.code, mixed[1].unit.code))
    assert room.figures.total.value(Moment.now(), scope) == 2
    assert room.figures.total.by(Moment.now(), scope, "unit") == dict.fromkeys(scope.units, 1)


def test_each_figure_on_the_page_opens_as_many_rows_as_it_says(room, mixed, ig_officer):
    client = signed_in(ig_officer)
    page = client.get(room.list).content.decode()
    tiles = re.findall(r'href="(/figures/[^"]+)"><span class="app-tile__value">(\d+)</span>', page)
    assert len(tiles) == len(room.figures.tallies(Moment.now(), Scope()))
    for href, value in tiles:
        rows = client.get(href.replace("&amp;", "&")).content.decode().count('<th scope="row"')
        assert rows == int(value), href


def test_a_figure_says_that_a_register_cannot_be_restated_or_that_scores_can(room):
    of_entries = [figure for figure in of(room) if figure.shape.noun == room.one]
    said = [re.search("cannot be restated|scores have two clocks", each.definition) for each in of_entries]
    assert all(said)


def test_an_owner_opens_the_rows_behind_a_figure_that_are_open_to_them(room, owner, other_owner):
    address = room.figures.total.address(Moment.now(), Scope())
    page = signed_in(owner).get(address).content.decode()
    assert getattr(owner, room.one).reference in page
    assert getattr(other_owner, room.one).reference not in page
    assert "1 that you may not open" in page
