"""What a meeting asked for in Chromium: recorded from the minutes, seen as late; axe finds nothing."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in
from tests.cast import play
from tests.committees.factories import BodyFactory, MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(transactional_db):
    body = BodyFactory(code="audit", name="Audit Committee")
    MeetingFactory(body=body, held_on=date(2016, 9, 26))
    return MeetingFactory(body=body, held_on=date(2016, 7, 25))


def test_a_clerk_records_a_resolution_and_its_request_and_finds_it_outstanding(any_page, meeting):
    page = any_page
    sign_in(page, play("committee_officer", "committee_officer"))
    page.goto(f"/meetings/{meeting.pk}/resolutions/")
    axe(page)
    page.get_by_role("button", name="Record resolutions").click()
    axe(page)
    page.get_by_role("button", name="Record them").click()
    expect(page.get_by_text("Enter at least one resolution").first).to_be_visible()
    axe(page)
    page.get_by_label("Decision").first.select_option("request")
    page.get_by_label("The resolution, word for word").first.fill("A report to the next meeting.")
    page.get_by_role("button", name="Record them").click()
    expect(page.get_by_text("No request is recorded of it yet")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Record a request of resolution 1").click()
    axe(page)
    page.get_by_label("What it is about, in a few words").fill("Progress")
    page.get_by_label("Due at the meeting").select_option(index=1)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="When it was due")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Put it off").click()
    axe(page)
    page.goto("/requests/")
    axe(page)
    page.get_by_role("link", name="Outstanding issues of Audit Committee").click()
    expect(page.get_by_role("heading", name="Appendix 1: reports asked for")).to_be_visible()
    axe(page)
