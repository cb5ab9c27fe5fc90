"""More time in Chromium, wide and narrow: asked for by the owner, answered for the committee."""

import pytest
from playwright.sync_api import expect

from governance.people.models import Role
from tests.actions.factories_extensions import in_days
from tests.actions.factories_order import NeedFactory
from tests.browser import axe, sign_in
from tests.cast import play, play_owner
from tests.factories import ActionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def day(page, group, value):
    for part, number in (("Day", value.day), ("Month", value.month), ("Year", value.year)):
        page.get_by_role("group", name=group).get_by_label(part, exact=True).fill(str(number))


@pytest.mark.parametrize("how", ["page", "narrow_page"])
def test_more_time_is_asked_for_and_granted_past_what_waits(request, how):
    page, owner = request.getfixturevalue(how), play_owner("owner")
    action = ActionFactory(owner=owner.post, due_on=in_days(10), approving_body="Audit Committee")
    NeedFactory(action=ActionFactory(due_on=in_days(20), plan=action.plan), needs_action=action)
    sign_in(page, owner)
    page.goto(action.get_absolute_url())
    page.get_by_role("link", name="Ask for more time").click()
    axe(page)
    day(page, "Until when do you ask for time?", in_days(60))
    page.get_by_label("Why is more time needed?").fill("The supplier is late")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Asked for. Audit Committee decides")).to_be_visible()
    axe(page)
    page.context.clear_cookies()
    sign_in(page, play("committee_officer", Role.COMMITTEE_OFFICER))
    page.goto("/")
    page.get_by_role("link", name="more time is asked for, until").click()
    page.get_by_label("Granted").check()
    page.get_by_label("Which minute records it?").fill("31")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Move the date all the same").check()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("by Audit Committee, minute 31")).to_be_visible()
    axe(page)
    page.goto(f"{action.plan.get_absolute_url()}order/")
    expect(page.get_by_text("It cannot be done by then as agreed")).to_be_visible()
    axe(page)
    page.goto(f"{action.plan.get_absolute_url()}more-time/")
    expect(page.get_by_role("table", name="Requests for more time")).to_be_visible()
    axe(page)
