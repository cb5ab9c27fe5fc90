"""The dashboards: who has which, of which part of the council, at which moment."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from governance.core.dates import months_before, today
from governance.dashboards.board.variants import IMSG, OWNER, SIRO, variants_of
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.factories import (
    ActionFactory,
    AssetFactory,
    PlanFactory,
    PostFactory,
    RoleAssignmentFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def board(person, status=200, **asked):
    response = signed_in(person).get(reverse("board:board"), asked)
    assert response.status_code == status
    return unescape(response.content.decode())


def numbers(page):
    """Every number of the page that opens rows: the address and what it says."""
    tiles = re.findall(r'href="([^"]+)"><span class="app-tile__value">([\d,]+)</span>', page)
    links = re.findall(r'app-figure" href="([^"]+)">([\d,]+)<', page)
    return [(href, int(value.replace(",", ""))) for href, value in tiles + links]


def directorate(name, services=2):
    """A directorate with services, each with an asset and an action; the services' posts."""
    head = UnitFactory(name=name, code=name.lower())
    posts = [
        PostFactory(unit=UnitFactory(parent=head, code=f"{name.lower()}-{n}", name=f"{name} {n}"))
        for n in range(services)
    ]
    for post in posts:
        AssetFactory(owner=post)
    return head, posts


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.SIRO, [SIRO]),
        (Role.DPO, [SIRO]),
        (Role.IG_OFFICER, [SIRO]),
        (Role.INTERNAL_AUDITOR, [SIRO]),
        (Role.IMSG_MEMBER, [IMSG]),
        (Role.IAO, []),  # for the whole council: an owner is one of units
        (Role.ADMINISTRATOR, []),
        (Role.PORTFOLIO_HOLDER, []),
    ],
)
def test_which_dashboard_goes_with_a_role(role, expected):
    assert variants_of(play("somebody", role)) == expected


def test_an_owner_of_a_unit_has_that_of_an_owner(owner):
    assert variants_of(owner) == [OWNER]
    assert "Your services" in board(owner)


def test_who_has_several_is_shown_the_way_to_the_others():
    member = play("member", Role.IMSG_MEMBER)
    RoleAssignmentFactory(post=member.post, role=Role.IAO, unit=member.post.unit)
    RoleAssignmentFactory(post=member.post, role=Role.SIRO)
    page = board(member)
    assert "Information risk dashboard</h1>" in page
    assert re.findall(r'href="\?view=(\w+)"', page) == ["imsg", "iao"]
    assert "Your services</h1>" in board(member, view="iao")
    assert "Information governance dashboard</h1>" in board(member, view="imsg")


@pytest.mark.parametrize("view", ["siro", "imsg", "nonsense"])
def test_a_dashboard_of_others_cannot_be_had_by_its_address(owner, view):
    assert "Your services</h1>" in board(owner, view=view)


def test_who_reads_nothing_has_no_dashboard_and_no_way_to_one(outsider):
    board(outsider, status=403)
    home = signed_in(outsider).get("/").content.decode()
    assert reverse("board:board") not in home


def test_one_who_has_one_finds_it_in_the_navigation(siro):
    page = board(siro)
    current = re.findall(r'aria-current="[^"]+"[^>]*>\s*(?:<strong[^>]*>)?([^<]+)<', page)
    assert "Dashboard" in [words.strip() for words in current]
    assert "Home" not in [words.strip() for words in current]


def test_every_number_opens_as_many_rows(siro):
    _, (post, _) = directorate("People")
    directorate("Place")
    ActionFactory(owner=post, due_on=date(2016, 3, 31))
    found = numbers(board(siro))
    assert len(found) > 10
    client = signed_in(siro)
    for href, value in found:
        opened = client.get(href).content.decode()
        assert re.search(rf"<h1[^>]*>[^<]+: {value}</h1>", opened), href


def test_confirmation_is_told_for_each_directorate_with_its_services_and_together(siro):
    directorate("People", services=3)
    directorate("Place", services=2)
    page = board(siro)
    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td class="app-number"><a[^>]*>(\d+)', page)
    assert rows == [("People", "3"), ("Place", "2"), ("Together", "5")]


def test_a_part_of_the_council_is_counted_with_all_below_it(siro):
    head, _ = directorate("People", services=3)
    directorate("Place")
    page = board(siro, unit=head.code)
    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td class="app-number"><a[^>]*>(\d+)', page)
    assert rows == [("People 0", "1"), ("People 1", "1"), ("People 2", "1"), ("Together", "3")]
    assert "<strong>People</strong>" in page


def test_an_owners_numbers_and_choices_are_of_their_own_units_alone():
    head, (post, other) = directorate("People")
    elsewhere, _ = directorate("Place")
    owner = play("the-owner", Role.IAO, post.unit)
    page = board(owner)
    assert "People 0" in page
    for hidden in (head.name + "<", other.unit.name, other.unit.code, elsewhere.name):
        assert hidden not in page
    for href, value in numbers(page):
        opened = signed_in(owner).get(href).content.decode()
        assert "that you may not open" not in opened
        assert f": {value}</h1>" in opened


@pytest.mark.parametrize("way", ["other", "nowhere"])
def test_an_owner_cannot_choose_what_is_not_theirs(way):
    _, (post, other) = directorate("People")
    owner = play("the-owner", Role.IAO, post.unit)
    page = board(owner, unit={"other": other.unit.code, "nowhere": "nowhere"}[way], status=400)
    assert "Select a part of the council from the list" in page
    assert numbers(page) == []


def test_actions_are_told_plan_by_plan_within_the_scope(siro):
    head, (post, _) = directorate("People")
    plan = PlanFactory(title="After the audit", code="after")
    ActionFactory(plan=plan, owner=post)
    ActionFactory(plan=plan)
    row = re.compile(r'After the audit</a></th>\s*<td class="app-number"><a[^>]*href="([^"]+)"[^>]*>(\d+)')
    assert row.search(board(siro)).group(2) == "2"
    href, number = row.search(board(siro, unit=head.code)).groups()
    assert number == "1"
    assert "below=people%40" in href
    assert "plans=after" in href


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"as_at": "2999-01-01"}, "“As at” must be today or in the past"),
        ({"as_at": "yesterday"}, "is not a date"),
        ({"since": "2016-02-30"}, "is not a date"),
        ({"since_day": "1"}, "must include a month and year"),
        ({"trend_from": "0001-01-01"}, "must have a year with 4 numbers"),
        (
            {"as_at": "2020-03-31", "since": "2020-03-31"},
            "The day to compare with must be before 31 March 2020",
        ),
        ({"as_at": "2020-03-31", "trend_from": "2020-04-01"}, "begin the trend on must be before 31 March"),
        ({"known_at": "2999-01-01"}, "“As known on” must be today or in the past"),
    ],
)
def test_a_day_that_makes_no_sense_is_told_with_what_was_typed(siro, asked, sentence):
    page = board(siro, status=400, **asked)
    assert sentence in page
    assert "There is a problem" in page
    assert '<details class="app-filter app-filter--folded" open>' in page


def test_it_says_what_it_shows_and_compares_with_three_months_before(siro):
    before = months_before(today(), 3)
    page = board(siro)
    assert re.search(rf"<strong>The whole council</strong>, as at .* {before:%B %Y}\.", page)


def test_a_past_moment_is_said_on_top_and_was_empty_before_anything_was_recorded(siro):
    directorate("People")
    long_ago = today() - timedelta(days=900)
    page = board(siro, as_at=long_ago.isoformat())
    assert "You are looking at the register as at" in page
    assert "No asset had been recorded by then" in page


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 3, date(2026, 8, 22)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2025, 3, 31), 1, date(2025, 2, 28)),
        (date(2026, 12, 15), 12, date(2025, 12, 15)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
    ],
)
def test_months_before_a_day_end_with_the_month(day, months, expected):
    assert months_before(day, months) == expected
