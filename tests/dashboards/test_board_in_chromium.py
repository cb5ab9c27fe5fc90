"""The dashboards as people meet them: wide, narrow, on paper, with JavaScript and without."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from governance.core.dates import today
from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play
from tests.committees.factories import BodyFactory
from tests.dashboards.test_board import directorate
from tests.dashboards.test_since_the_committee import told
from tests.factories import ActionFactory, RiskFactory
from tests.risks.factories import score

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def council(db):
    """Two directorates with something in each register."""
    _, (post, _) = directorate("People")
    directorate("Place", services=3)
    ActionFactory(owner=post, due_on=date(2016, 3, 31))
    return post


def test_the_siro_chooses_a_part_and_a_day_and_opens_the_rows(any_page, siro, council):
    page = any_page
    sign_in(page, siro)
    page.goto("/")
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Information risk dashboard")
    page.get_by_text("Choose what is shown").click()
    page.get_by_label("Part of the council").select_option(label="Place")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("unit=place"))
    expect(page.locator("strong", has_text="Place")).to_be_visible()
    axe(page)
    page.get_by_role("row", name=re.compile("Together")).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Information assets: 3")


def test_the_siro_sees_what_moved_since_the_committee_saw_it_and_opens_the_paper(any_page, siro):
    _, (post, _) = directorate("People")
    risk = RiskFactory(owner=post, title="Files are lost outside")
    score(risk, 1, 1)
    told(BodyFactory(name="Audit Committee"))
    score(risk, 5, 5, on=today(), reason="It was lost in May")
    page = any_page
    sign_in(page, siro)
    page.goto("/dashboard/")
    page.get_by_role("link", name="Compare with three months before").click()
    expect(page.get_by_text("was not yet kept on").first).to_be_visible()
    page.get_by_role("link", name="Since Audit Committee last saw it").click()
    expect(page.get_by_role("heading", name=re.compile("What moved since Audit Committee"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Files are lost outside"))).to_contain_text(
        "It was lost in May"
    )
    axe(page)
    page.get_by_role("link", name="Where risks stand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where risks stand")
    page.get_by_role("row", name="Risks not scored 0", exact=True).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Risks not scored: 0")
    axe(page)


def test_a_wrong_day_is_named_where_it_was_typed(page, siro, council):
    sign_in(page, siro)
    page.goto("/dashboard/?since_day=31&since_month=2&since_year=2026")
    expect(page.get_by_role("alert")).to_contain_text("must be a real date")
    expect(page.get_by_label("Day", exact=True).nth(1)).to_have_value("31")
    axe(page)


@pytest.mark.parametrize("who", ["owner", "imsg"])
def test_the_other_dashboards_pass_axe(page, council, who):
    people = {"owner": (Role.IAO, council.unit), "imsg": (Role.IMSG_MEMBER, None)}
    sign_in(page, play(who, *people[who]))
    page.goto("/dashboard/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
