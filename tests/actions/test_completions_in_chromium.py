"""Claiming, refusing, approving, verifying and withdrawing in Chromium, wide and narrow."""

import os

import pytest
from playwright.sync_api import expect

from actions.models import Status
from governance.core.dates import today
from governance.people.models import Role
from tests.actions.moving import approved_by_a_body
from tests.browser import axe, sign_in
from tests.cast import play
from tests.factories import ActionFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shot(page, name):
    """A picture to look at, where a folder for them is named."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("how", ["page", "narrow_page"])
def test_a_claim_is_approved_and_verified_and_another_action_withdrawn(request, how):
    page = request.getfixturevalue(how)
    action = approved_by_a_body(ActionFactory())
    other = ActionFactory(plan=action.plan)
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=UserFactory())
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto(action.get_absolute_url())
    page.get_by_role("link", name="Approve that it is done").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    shot(page, f"A-approve-{how}")
    page.get_by_label("In which decision of").fill("The strategy group, item 4")
    page.get_by_label("What does it rest on?").fill("The signed policy")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Approved on")).to_be_visible()
    axe(page)
    shot(page, f"A-approved-{how}")
    page.goto(f"{other.get_absolute_url()}report/")
    page.get_by_role("radio", name="Withdrawn").check()
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    shot(page, f"A-withdraw-{how}")
    page.get_by_label("Why is it withdrawn, or opened again?").fill("The system is switched off")
    page.get_by_label("What takes its place?").fill(action.reference)
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_text("In its place:")).to_be_visible()
    axe(page)
    shot(page, f"A-withdrawn-{how}")
    page.goto(action.plan.get_absolute_url())
    expect(page.get_by_role("link", name="Claimed to be done")).to_be_visible()
    axe(page)
    shot(page, f"A-plan-{how}")
    sign_in(page, play("internal_auditor", Role.INTERNAL_AUDITOR))
    page.goto(action.get_absolute_url())
    expect(page.get_by_text("It takes the place of:")).to_be_visible()
    page.get_by_role("link", name="Verify that it is done").click()
    page.get_by_label("What does it rest on?").fill("Seen on site")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Seen on site")).to_be_visible()
    axe(page)
    shot(page, f"A-verified-{how}")
