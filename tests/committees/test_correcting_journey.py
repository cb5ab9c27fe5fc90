"""A draft commented on and a paper corrected, in Chromium; axe finds nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from governance.committees import services
from governance.core.dates import today
from tests.browser import NARROW, WIDE, axe, sign_in
from tests.committees.factories import MeetingFactory, PaperFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page):
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        axe(page)


def test_a_comment_is_made_replied_to_and_settled(open_page, sent, finance, clerk):
    office, theirs = open_page(), open_page()
    sign_in(theirs, finance)
    theirs.goto(sent.get_absolute_url())
    theirs.get_by_role("link", name="Comment on a section").click()
    theirs.get_by_role("link", name="Comment on 2 Costs").click()
    expect(theirs.get_by_role("heading", name="Comment on “2 Costs”")).to_be_visible()
    looked_at(theirs)
    theirs.get_by_label("Comment").fill("Say what it costs")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs.get_by_text("Your comment is kept")).to_be_visible()
    sign_in(office, clerk)
    office.goto(sent.paper.get_absolute_url())
    office.get_by_role("link", name="Comments", exact=True).click()
    office.get_by_role("link", name="Reply to: Say what it costs").click()
    expect(office.get_by_role("heading", name="Reply to a comment")).to_be_visible()
    looked_at(office)
    office.get_by_label("Comment").fill("£10,000, in section 2 now")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_text("Your reply is kept")).to_be_visible()
    looked_at(office)
    office.get_by_role("button", name="Settle").click()
    expect(office.get_by_text("Settled by Committee officer")).to_be_visible()
    looked_at(office)


def test_an_issued_paper_is_corrected_by_an_erratum(page, plan, clerk):
    meeting = MeetingFactory(held_on=today() + timedelta(days=9))
    wrong = PaperFactory(plans=[plan], title="Progress", created_by=clerk, meeting=meeting)
    services.issue(wrong, by=clerk)
    sign_in(page, clerk)
    page.goto(wrong.get_absolute_url())
    page.get_by_role("link", name="Correct this paper by an erratum").click()
    expect(page.get_by_role("heading", name="Correct an issued paper")).to_be_visible()
    page.get_by_label("Meeting").select_option(index=1)
    page.get_by_label("What did the report say?").fill("Page 3: 8 remain")
    page.get_by_label("What should it say?").fill("7 remain")
    page.get_by_label("Why is it corrected?").fill("One was counted twice")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The erratum is begun")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Check and issue").click()
    page.get_by_role("button", name="Issue the paper").click()
    expect(page.get_by_text("This corrects the report “Progress”")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Progress", exact=True).click()
    expect(page.get_by_role("link", name="Erratum to “Progress”")).to_be_visible()
    looked_at(page)
    page.goto("/papers/")
    expect(page.get_by_text("Issued, corrected by an erratum")).to_be_visible()
    looked_at(page)
