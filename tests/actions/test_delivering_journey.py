"""A plan entered as it was delivered, kept as a view and taken back, in Chromium, wide and at 320 px."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.people.models import Role
from tests.actions.pages import a_plan, area
from tests.browser import axe, sign_in
from tests.cast import play
from tests.factories import PostFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SHOTS = os.environ.get("SHOTS")


def seen(page, name):
    """The page has no fault that axe finds; and a picture of it, where those are wanted."""
    axe(page)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/E-{name}-{page.viewport_size['width']}.png", full_page=True)


def test_a_plan_is_entered_as_it_was_delivered_and_seen_on_its_board(any_page):
    plan = a_plan(title="Plan of 2016")
    area(plan, "Training")
    PostFactory(title="Head of Housing")
    sign_in(any_page, play("ig_officer", Role.IG_OFFICER))
    any_page.goto(plan.audit.get_absolute_url())
    any_page.get_by_role("link", name="several from a table").click()
    rows = any_page.get_by_label("Rows of the table")
    rows.fill("A01\tTrain everybody\tUrgent\tTraining\nA02\tWrite a policy")
    any_page.get_by_role("button", name="Check the rows").click()
    expect(any_page.get_by_role("heading", name="Check what will be entered")).to_be_visible()
    seen(any_page, "several")
    any_page.get_by_role("button", name="Enter these recommendations").click()
    expect(any_page.get_by_text("2 recommendations entered")).to_be_visible()
    any_page.goto(plan.audit.recommendations.get(reference="A01").get_absolute_url())
    any_page.get_by_role("link", name="Enter a new one on Plan of 2016").click()
    any_page.get_by_label("What is to be done?").fill("Train everybody")
    any_page.get_by_label("Reference in the plan").fill("ICO-001")
    any_page.get_by_label("Which post does it?").select_option(label="Head of Housing")
    seen(any_page, "entering")
    any_page.get_by_role("button", name="Save").click()
    expect(any_page.get_by_text("ICO-001 entered on Plan of 2016")).to_be_visible()
    any_page.goto(f"{reverse('actions:board', args=[plan.code])}?q=train")
    expect(any_page.get_by_role("link", name="1 matches")).to_be_visible()
    seen(any_page, "board")
    any_page.get_by_text("Saved views", exact=True).click()
    any_page.get_by_role("link", name="Save this view").click()
    any_page.get_by_label("Name of this view").fill("Training")
    seen(any_page, "views")
    any_page.get_by_role("button", name="Save this view").click()
    expect(any_page.get_by_text("View “Training” saved")).to_be_visible()
    seen(any_page, "plan")
