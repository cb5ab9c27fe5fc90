"""The main job, end to end: the officer signs in, opens the October paper, and a figure to its actions."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from actions.models import Action, ProgressUpdate
from governance.committees.models import Paper
from governance.figures.moment import Moment
from governance.people.models import Role, User
from tests.browser import axe

pytestmark = [
    pytest.mark.usefixtures("northmere"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
PASSWORD = "northmere demonstration officer"


@pytest.fixture
def officer():
    person = User.objects.filter(holdings__post__role_assignments__role=Role.COMMITTEE_OFFICER).first()
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in_by_the_form(page, person):
    page.goto("/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def completed_in_october():
    october = Paper.objects.get(meeting__held_on="2016-10-24")
    moment = Moment(october.issue.as_at, october.issue.known_before)
    return ProgressUpdate.objects.filter(action__plan__code="ico-2015", status="completed").standing(moment)


def test_the_officer_opens_the_paper_and_46_completed_opens_those_46(any_page, officer):
    page = any_page
    sign_in_by_the_form(page, officer)
    page.get_by_role("link", name="Committees", exact=True).click()
    page.get_by_role("link", name="Progress on the action plans", exact=False).first.click()
    expect(page.get_by_text("24 October 2016").first).to_be_visible()

    page.get_by_role("link", name="46 completed", exact=True).first.click()

    rows = page.locator("tbody tr")
    shown = {row.locator("th").inner_text(): row.inner_text() for row in rows.all()}
    expected = {update.action.reference: update for update in completed_in_october().select_related("action")}
    assert len(expected) == 46
    assert shown.keys() == expected.keys()
    for reference, update in expected.items():
        assert update.evidence in shown[reference]


def test_each_action_opens_to_the_update_that_put_it_there(page, officer):
    sign_in_by_the_form(page, officer)
    update = completed_in_october().select_related("action").first()
    page.goto(Action.objects.get(pk=update.action_id).get_absolute_url())
    assert update.evidence in page.content()


def test_the_paper_says_what_moved_since_july_in_figures_that_open(page, officer):
    sign_in_by_the_form(page, officer)
    page.goto(Paper.objects.get(meeting__held_on="2016-10-24").get_absolute_url())
    summary = page.locator("main").inner_text()
    assert (
        "Since 25 July 2016 a further 38 actions have been completed; of the remaining 31, 27 are in "
        "progress and 4 have not started." in " ".join(summary.split())
    )
    axe(page)
    page.get_by_role("link", name="38 actions", exact=True).first.click()
    expect(page.locator("tbody tr")).to_have_count(38)


def test_the_demonstration_is_of_an_invented_council():
    assert settings.COUNCIL_NAME == "Northmere City Council"
