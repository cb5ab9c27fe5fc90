"""Scores are seen with their risk, and with nothing else."""

import pytest

from governance.figures.moment import Moment, Scope
from risks.figures import scores
from risks.models import Assessment
from tests.cast import signed_in
from tests.doors.who import READERS, ROLES
from tests.risks.factories import score

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    """A very high score of each owner's risk."""
    return {name: score(cast[name].risk, 5, 5, by=cast["ig_officer"]).pk for name in ("owner", "other_owner")}


def seen(person):
    return set(Assessment.objects.visible_to(person).values_list("pk", flat=True))


def test_owners_see_the_scores_of_their_own_risks_and_readers_those_of_all(cast, two):
    for name, pk in two.items():
        assert seen(cast[name]) == {pk}
    for name in ROLES | {"outsider"}:
        assert seen(cast[name]) == (set(two.values()) if name in READERS else set()), name


def test_behind_a_figure_an_owner_finds_their_own_risk_and_how_many_stay_closed(cast, two):
    address = scores.above_tolerance.address(Moment.now(), Scope())
    page = signed_in(cast["owner"]).get(address).content.decode()
    assert cast["owner"].risk.reference in page
    assert cast["other_owner"].risk.reference not in page
    assert signed_in(cast["outsider"]).get(address).status_code == 403


def test_a_figure_opens_by_level_too(cast, two):
    address = scores.by_level.address(Moment.now(), Scope(), level="Very high")
    page = signed_in(cast["ig_officer"]).get(address).content.decode()
    assert all(cast[name].risk.reference in page for name in two)
    none = scores.by_level.address(Moment.now(), Scope(), level="Low")
    assert cast["owner"].risk.reference not in signed_in(cast["ig_officer"]).get(none).content.decode()
