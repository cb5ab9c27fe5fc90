"""Clearance in Chromium: asked for, returned with a comment, mended, cleared, printed; axe finds nothing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE, axe, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page):
    axe(page)
    page.set_viewport_size(NARROW)
    axe(page)
    page.set_viewport_size(WIDE)


def test_a_paper_is_sent_returned_mended_and_cleared(open_page, draft, finance, clerk):
    office, theirs = open_page(), open_page()
    sign_in(office, clerk)
    sign_in(theirs, finance)
    office.goto(draft.get_absolute_url())
    office.get_by_role("link", name="Clearance", exact=True).click()
    expect(office.get_by_text("nobody is named for: finance.")).to_be_visible()
    looked_at(office)
    office.get_by_role("button", name="Add the posts that the form asks for").click()
    expect(office.get_by_role("rowheader", name="Finance director")).to_be_visible()
    axe(office)
    office.get_by_role("button", name="Add a post").click()
    expect(office.get_by_role("heading", name="Add a post to the clearances")).to_be_visible()
    axe(office)
    office.go_back()
    office.get_by_role("button", name="Ask for clearance").click()
    expect(office.get_by_role("heading", name="Ask for clearance")).to_be_visible()
    axe(office)
    office.get_by_role("button", name="Send", exact=True).click()
    expect(office.get_by_text("Not answered yet")).to_be_visible()
    theirs.goto("/")
    theirs.get_by_role("link", name="1 paper waits for your clearance").click()
    expect(theirs.get_by_role("heading", name="Clear a paper")).to_be_visible()
    looked_at(theirs)
    theirs.get_by_label("No, I return it with a comment").check()
    theirs.get_by_role("button", name="Answer").click()
    expect(theirs.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(theirs)
    theirs.get_by_role("textbox", name="Comment").fill("Say what it costs")
    theirs.get_by_role("button", name="Answer").click()
    expect(theirs.get_by_text("It has to be sent again first")).to_be_visible()
    draft.sections.filter(heading="Costs").update(text="£10,000")
    office.reload()
    expect(office.get_by_text("Changed since: “Costs”")).to_be_visible()
    looked_at(office)
    office.get_by_role("button", name="Ask for clearance").click()
    office.get_by_role("button", name="Send", exact=True).click()
    expect(office.get_by_text("Not answered yet")).to_be_visible()
    theirs.goto(reverse("committees:to_clear"))
    looked_at(theirs)
    theirs.get_by_role("link", name=draft.title).click()
    theirs.get_by_label("Yes, I clear it as it stands").check()
    theirs.get_by_role("button", name="Answer").click()
    expect(theirs.get_by_text("its words are the same since")).to_be_visible()
    axe(theirs)
    theirs.get_by_role("link", name="Read the paper").click()
    expect(theirs.get_by_role("cell", name="Cleared")).to_be_visible()
    axe(theirs)
