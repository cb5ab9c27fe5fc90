"""An owner raises a risk from an asset, scores it twice and reads how it moved: wide, narrow, no scripts."""

import os

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE, axe, sign_in
from tests.cast import play_owner
from tests.risks.factories import in_force

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("SHOTS")


def look(page, name):
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/RISK-{name}-{size['width']}.png", full_page=True)


def test_from_an_asset_to_a_risk_that_moved(any_page):
    page, owner = any_page, play_owner("owner")
    in_force()
    sign_in(page, owner)
    page.goto(owner.asset.get_absolute_url())
    page.get_by_role("link", name="Raise a risk to this asset").click()
    expect(page.get_by_role("heading", name="Raise a risk")).to_be_visible()
    look(page, "new")
    page.get_by_label("Title").fill("Files left on trains")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Current score")).to_be_visible()
    page.get_by_role("button", name="Record this score").click()
    expect(page.get_by_role("alert").get_by_text("Select the likelihood and impact")).to_be_visible()
    look(page, "wrong")
    page.get_by_label("Likelihood 4, impact 4").check()
    page.get_by_label("Why this score?").fill("Files are carried in open bags")
    look(page, "score")
    page.get_by_role("button", name="Record this score").click()
    expect(page.get_by_text("above tolerance")).to_be_visible()
    page.get_by_role("link", name="Score again").click()
    page.get_by_label("Likelihood 2, impact 3").check()
    page.get_by_label("Why this score?").fill("Bags can be locked now")
    page.get_by_role("button", name="Record this score").click()
    expect(page.get_by_text("within appetite")).to_be_visible()
    expect(page.get_by_role("cell", name="Bags can be locked now").first).to_be_visible()
    look(page, "risk")
    page.goto("/risks/")
    expect(page.get_by_role("row", name="Files left on trains")).to_contain_text("Medium")
    look(page, "list")
