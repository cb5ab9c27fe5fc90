"""Home: what waits for each person, whatever they hold."""

import re
from datetime import date

import pytest

from actions.models import Status
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.committees.factories import PaperFactory
from tests.factories import (
    ActionFactory,
    AssetFactory,
    PlanFactory,
    PostHoldingFactory,
    RiskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAST, FAR = date(2016, 3, 31), date(2999, 3, 31)


def home(person):
    response = signed_in(person).get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_post_the_page_says_whom_to_ask():
    page = home(UserFactory())
    assert "You hold no post today" in page
    assert "Ask the administrator" in page


def test_a_post_without_a_role_says_whom_to_ask(outsider):
    assert "Your post carries no role yet" in home(outsider)


def test_own_actions_wait_with_those_due_first_at_the_top_and_overdue_said(owner):
    later = ActionFactory(owner=owner.post, due_on=FAR)
    late = ActionFactory(owner=owner.post, due_on=PAST)
    page = home(owner)
    listed = re.findall(r'<th scope="row" class="app-nowrap"><a[^>]*>([^<]+)</a>', page)
    assert listed == [late.reference, later.reference, owner.action.reference]
    assert "3 actions of yours are still to be done, <strong>1 overdue</strong>" in page


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.WITHDRAWN])
def test_an_action_that_is_done_with_waits_for_nobody(owner, status):
    owner.action.report(status, effective_on=date(2016, 6, 1), by=owner, why="Not needed")
    assert "No action of yours is open" in home(owner)


def test_actions_of_others_do_not_wait(owner, other_owner):
    assert other_owner.action.reference not in home(owner)


def test_of_many_actions_those_due_first_are_shown_and_all_are_counted(owner):
    ActionFactory.create_batch(24, owner=owner.post, due_on=PAST)
    page = home(owner)
    assert "25 actions of yours are still to be done, <strong>24 overdue</strong>" in page
    assert "These are the 20 due first." in page
    assert len(re.findall(r'href="/actions/(?!mine/)', page)) == 20


def test_what_a_post_owns_is_counted_and_each_number_opens_its_list(owner):
    AssetFactory.create_batch(2, owner=owner.post)
    AssetFactory()
    client = signed_in(owner)
    tiles = re.findall(r'href="([^"]+)"><span class="app-tile__value">(\d+)</span>', home(owner))
    assert [value for _, value in tiles] == ["3", "1"]
    for href, value in tiles:
        assert client.get(href).content.decode().count('<th scope="row"') == int(value)


def test_who_holds_two_posts_is_told_which_owns_what(owner):
    second = AssetFactory(owner__title="Head of Housing")
    PostHoldingFactory(post=second.owner, person=owner, kind="acting")
    page = home(owner)
    assert "asset of the Owner" in page
    assert "asset of the Head of Housing" in page


@pytest.mark.parametrize(
    ("who", "registers", "papers", "people"),
    [
        (Role.IG_OFFICER, True, True, False),
        (Role.SIRO, True, True, False),
        (Role.INTERNAL_AUDITOR, True, True, False),
        (Role.PORTFOLIO_HOLDER, False, True, False),
        (Role.ADMINISTRATOR, False, False, True),
        ("owner", False, False, False),
        ("outsider", False, False, False),
    ],
)
def test_each_role_finds_what_it_reads(cast, who, registers, papers, people):
    page = home(cast[who])
    assert ("Progress of every plan" in page) is registers
    assert ("Latest papers" in page) is papers
    assert ("Appoint people to posts" in page) is people


def test_every_number_of_a_plan_is_a_figure_that_opens_as_many_rows(ig_officer):
    plan = PlanFactory(title="Plan of the audit")
    done, *_ = ActionFactory.create_batch(3, plan=plan, due_on=PAST)
    done.report(Status.COMPLETED, effective_on=PAST, by=ig_officer)
    client, page = signed_in(ig_officer), home(ig_officer)
    row = page[page.index("Plan of the audit") :]
    figures = re.findall(r'app-figure" href="([^"]+)">(\d+)<', row[: row.index("</tr>")])
    assert [int(value) for _, value in figures] == [3, 2, 0, 0, 1, 0, 2]
    for href, value in figures:
        rows = client.get(href.replace("&amp;", "&")).content.decode().count('<th scope="row"')
        assert rows == int(value), href


def test_a_council_without_plans_or_papers_is_told_what_comes_first(ig_officer):
    page = home(ig_officer)
    assert "No action plan has been recorded yet" in page
    assert "No paper has been made for a committee yet" in page


def test_a_draft_is_shown_to_those_who_write_papers_and_to_nobody_else(cast):
    PaperFactory(title="Progress report")
    assert "Progress report</a> (draft)" in home(cast[Role.COMMITTEE_OFFICER])
    assert "Progress report" not in home(cast[Role.PORTFOLIO_HOLDER])


MOST = 12  # design, section 6


@pytest.fixture
def everybody(db):
    """One person who reads everything and owns something of everything."""
    person = play("everybody", Role.IG_OFFICER)
    person.asset = AssetFactory(owner=person.post)
    RiskFactory(owner=person.post, asset=person.asset)
    return person


@pytest.mark.parametrize("who", ["everybody", "owner"])
def test_home_takes_as_many_queries_whatever_there_is(request, who, django_assert_max_num_queries):
    person, asked = request.getfixturevalue(who), []
    for number in (10, 90):
        for plan in PlanFactory.create_batch(number // 10):
            ActionFactory.create_batch(10, plan=plan, owner=person.post, due_on=PAST)
        AssetFactory.create_batch(number, owner=person.post)
        RiskFactory.create_batch(number)
        PaperFactory()
        client = signed_in(person)
        with django_assert_max_num_queries(MOST + 2) as queries:  # the test's own savepoint, set and released
            assert client.get("/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_first_five_assets_to_confirm_are_two_clicks_from_home(owner):
    AssetFactory.create_batch(6, owner=owner.post)
    page = home(owner)
    assert "7 assets to confirm" in page
    offered = re.findall(r'href="(/assets/IA-\d+/confirm/)">Nothing has changed', page)
    assert len(offered) == len(set(offered)) == 5
    client = signed_in(owner)
    confirm = client.get(offered[0]).content.decode()
    assert confirm.count("<h1") == 1
    seen = re.search(r'name="seen_version" value="(\d+)"', confirm)[1]
    client.post(offered[0], {"seen_version": seen})
    assert "6 assets to confirm" in home(owner)
    assert offered[0] not in home(owner)


def test_nobody_is_offered_to_confirm_what_others_own(owner, other_owner):
    assert f"/assets/{other_owner.asset.reference}/confirm/" not in home(owner)
