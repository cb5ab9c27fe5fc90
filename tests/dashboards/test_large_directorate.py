"""A directorate of five hundred units: the addresses of its numbers are read, and open as many rows."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.core.dates import today
from governance.figures.asking import AskedBadlyError, scope_asked
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit, Role
from governance.people.registers.structure import codes_below, said_below
from risks.figures.register import total
from tests.cast import play, signed_in
from tests.dashboards.test_board import board, numbers
from tests.dashboards.test_board_of_risks import queries
from tests.factories import PostFactory, RiskFactory, UnitFactory
from tests.risks.factories import score

pytestmark = pytest.mark.django_db
REQUEST_LINE = 4_094  # what gunicorn reads, unless it is told otherwise


@pytest.fixture
def large(db):
    """A directorate with 500 units in ten services, a risk in two of them and one elsewhere."""
    head = UnitFactory(code="people", name="People")
    services = [UnitFactory(code=f"service-{n}", name=f"Service {n}", parent=head) for n in range(10)]
    OrganisationalUnit.objects.bulk_create(
        OrganisationalUnit(
            code=f"a-team-with-a-long-name-{n}",
            name=f"Team {n}",
            parent=services[n % 10],
            from_on=head.from_on,
        )
        for n in range(490)
    )
    teams = OrganisationalUnit.objects.filter(code__startswith="a-team").order_by("pk")
    for unit in (teams[0], teams[11], UnitFactory(code="place", name="Place")):
        score(RiskFactory(owner=PostFactory(unit=unit)), 5, 5)
    return head


def test_every_number_of_it_has_an_address_that_is_read_and_opens_as_many_rows(siro, large):
    client = signed_in(siro)
    for asked in ({}, {"unit": "people"}):
        found = numbers(board(siro, **asked))
        assert max(len(href) for href, _ in found) < 600
        for href, value in {pair for pair in found if "/figures/risks" in pair[0]}:
            assert f": {value}</h1>" in client.get(href).content.decode(), href
    assert board(siro, unit="people").count("below=people%40") > 10


def test_an_owner_of_it_has_such_addresses_too(large):
    owner = play("the-owner", Role.IAO, large)
    found = numbers(board(owner))
    assert max(len(href) for href, _ in found) < 600 < REQUEST_LINE
    totals = {value for href, value in found if "risks.total" in href}
    assert 2 in totals
    for href, value in found:
        opened = signed_in(owner).get(href).content.decode()
        assert f": {value}</h1>" in opened
        assert "that you may not open" not in opened


def test_the_page_of_a_number_says_of_which_unit_with_all_below_it(siro, large):
    href = total.address(Moment.now(), Scope(units=("people",), said=(said_below("people", Moment.now()),)))
    page = signed_in(siro).get(href).content.decode()
    assert "Unit and all below it" in page
    assert "people, as on" in page


@pytest.mark.parametrize("ago", [0, 1])
def test_it_takes_no_more_queries(siro, large, ago):
    asked = {"unit": "people", "as_at": (today() - timedelta(days=ago)).isoformat()}
    assert queries(signed_in(siro), reverse("board:board"), asked) <= 12


def test_part_of_a_unit_is_not_said_as_all_of_it(large):
    lonely = UnitFactory(code="apart", parent=large)
    owner = play("the-owner", Role.IAO, lonely)
    assert all("below=" not in href for href, _ in numbers(board(owner)))


def test_a_unit_stands_for_those_that_lay_below_it_that_day(large):
    now = Moment.now()
    assert len(codes_below(["people"], now)) == 501
    assert codes_below(["service-1", "place"], now) == {"place", "service-1"} | set(
        OrganisationalUnit.objects.filter(parent__code="service-1").values_list("code", flat=True)
    )
    assert codes_below([f"people@{today()}"], Moment(today() - timedelta(days=1), now.known_before)) == (
        codes_below(["people"], now)
    )


@pytest.mark.parametrize("said", ["nobody", "people@tomorrow", "people@", "people@2026-02-30"])
def test_what_is_said_badly_is_told(siro, large, said):
    if said.endswith("@"):
        assert scope_asked({"below": [said]}).units == tuple(sorted(codes_below(["people"], Moment.now())))
        return
    with pytest.raises(AskedBadlyError):
        scope_asked({"below": [said]})
    page = signed_in(siro).get("/figures/risks.total/", {"below": said})
    assert page.status_code == 400


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("people@9999-12-31", "in the future"),
        ("people@0001-01-01", "before there were councils"),
        ("people@soon", "is not a date"),
        ("nobody@2016-10-24", "There is no"),
    ],
)
def test_a_day_that_cannot_be_is_said_in_words(siro, large, said, sentence):
    answer = signed_in(siro).get(reverse("figures:figure", args=["risks.total"]), {"below": said})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_a_day_is_said_of_a_part_with_all_below_it_alone(siro, large):
    answer = signed_in(siro).get(
        reverse("figures:figure", args=["risks.total"]), {"units": "people@2016-10-24"}
    )
    assert answer.status_code == 400
    assert "people@2016-10-24" in answer.content.decode()
