"""Putting work in order, in Chromium, with and without JavaScript, wide and at 320 px."""

import pytest
from playwright.sync_api import expect

from governance.people.models import Role
from tests.actions.pages import a_plan, an_action, told, vacant_post, wait
from tests.actions.test_order_page import JULY, MARCH, MAY, order_page
from tests.browser import axe, sign_in
from tests.cast import play

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def plan():
    """Three in a row, a vacant post, and one that waits on what was withdrawn."""
    plan = a_plan(title="Plan of 2016")
    titles = (
        "Write the policy",
        "Train everybody",
        "Check the registers",
        "Draw up a schedule",
        "Buy software",
    )
    one, two, three, four, gone = (
        an_action(plan, reference=f"T-{n}", title=title, due_on=day)
        for n, (title, day) in enumerate(zip(titles, (MARCH, MAY, JULY, None, None), strict=True), start=1)
    )
    wait(two, "start", needs_action=one)
    wait(three, "finish", needs_action=two)
    wait(three, "finish", needs_post=vacant_post())
    wait(four, "start", needs_action=gone)
    told(gone, "withdrawn", MARCH)
    return plan


def test_an_officer_puts_work_in_order_and_ends_a_wait(any_page, plan):
    sign_in(any_page, play("ig_officer", Role.IG_OFFICER))
    any_page.goto(order_page(plan))
    expect(any_page.get_by_role("heading", name="When will it all be done?")).to_be_visible()
    axe(any_page)
    following = any_page.get_by_role("region", name="What to do next")
    assert following.evaluate("table => table.scrollWidth <= table.clientWidth")
    any_page.get_by_role("link", name="T-4 Draw up a schedule").first.click()
    any_page.get_by_role("link", name="Decide what it needs instead of T-5").click()
    axe(any_page)
    any_page.get_by_label("Why does it no longer wait on this?").fill("It is done by hand")
    any_page.get_by_role("button", name="Save").click()
    expect(any_page.get_by_text("It waits on nothing.")).to_be_visible()
    any_page.get_by_role("link", name="Say what it waits on").click()
    any_page.get_by_label("Reference of the action that it waits on").fill("T-4")
    any_page.get_by_role("button", name="Save").click()
    expect(any_page.get_by_role("link", name="Select what it cannot do before")).to_be_visible()
    axe(any_page)
    any_page.get_by_label("Reference of the action that it waits on").fill("T-3")
    any_page.get_by_label("To start").check()
    any_page.get_by_role("button", name="Save").click()
    expect(any_page.get_by_role("link", name="T-3 Check the registers")).to_be_visible()
    any_page.goto(order_page(plan))
    chain = any_page.get_by_role("region", name="The critical path").get_by_role("rowheader")
    expect(chain).to_have_count(4)


def test_the_page_is_read_wide_and_at_320_px(open_page, plan):
    officer = play("ig_officer", Role.IG_OFFICER)
    for width in (1280, 320):
        page = open_page(viewport={"width": width, "height": 900})
        sign_in(page, officer)
        page.goto(order_page(plan))
        expect(page.get_by_role("img", name="What waits on what")).to_be_visible()
        axe(page)
