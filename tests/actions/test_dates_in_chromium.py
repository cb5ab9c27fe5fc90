"""Moving a due date in Chromium, wide and narrow."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from governance.core.dates import today
from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play
from tests.factories import ActionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("how", ["page", "narrow_page"])
def test_a_date_is_moved_said_and_taken_back(request, how):
    page = request.getfixturevalue(how)
    action = ActionFactory(due_on=today() - timedelta(days=1))
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto(action.get_absolute_url())
    page.get_by_role("link", name="Move the due date").click()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    later = today() + timedelta(days=30)
    new = page.get_by_role("group", name="What is the new due date?")
    for part, value in (("Day", later.day), ("Month", later.month), ("Year", later.year)):
        new.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("Why does it move?").fill("The supplier is late")
    page.get_by_label("Or which committee agreed?").fill("Strategy group")
    page.get_by_label("Which minute records it?").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("extended 1 time, 31 days later than first agreed")).to_be_visible()
    axe(page)
    page.goto(action.plan.get_absolute_url())
    expect(page.get_by_role("link", name="Overdue on the first date")).to_be_visible()
    axe(page)
    page.goto(action.get_absolute_url())
    page.get_by_role("link", name="Take this back").click()
    page.get_by_label("Why is it taken back?").fill("The meeting was not quorate")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Why it was taken back: The meeting was not quorate")).to_be_visible()
