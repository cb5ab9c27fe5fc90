"""An owner raises a risk from an asset, scores it twice and reads how it moved: wide, narrow, no scripts."""

import os

import pytest
from playwright.sync_api import expect

from governance.people.models import Role
from tests.browser import NARROW, WIDE, axe, sign_in
from tests.cast import play, play_owner
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score

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
    expect(page.get_by_text("Very high above tolerance")).to_be_visible()
    page.get_by_role("link", name="Score again").click()
    page.get_by_label("Likelihood 2, impact 3").check()
    page.get_by_label("Why this score?").fill("Bags can be locked now")
    page.get_by_role("button", name="Record this score").click()
    expect(page.get_by_text("Medium within appetite")).to_be_visible()
    expect(page.get_by_role("cell", name="Bags can be locked now").first).to_be_visible()
    look(page, "risk")
    page.goto("/risks/")
    expect(page.get_by_role("row", name="Files left on trains")).to_contain_text("Medium")
    look(page, "list")


def test_a_wrong_score_is_put_right_and_a_duplicate_is_merged(any_page):
    page, officer, owner = any_page, play("ig_officer", Role.IG_OFFICER), play_owner("owner")
    score(owner.risk, 1, 5)
    RiskFactory(reference="IR-0777", title="Files lost on trains")
    sign_in(page, officer)
    page.goto(owner.risk.get_absolute_url())
    page.get_by_text("Every score, the latest first").click()
    page.get_by_role("link", name="This score was wrong").click()
    page.get_by_label("The cell or the day").check()
    page.get_by_label("Likelihood 5, impact 1").check()
    page.get_by_label("Why is it corrected?").fill("The columns were swapped")
    look(page, "correct")
    page.get_by_role("button", name="Correct this score").click()
    expect(page.get_by_role("cell", name="The columns were swapped").first).to_be_visible()
    page.get_by_text("Every score, the latest first").click()
    look(page, "corrected")
    page.goto("/risks/")
    page.get_by_label("Choose IR-0777").check()
    look(page, "choosing")
    page.get_by_role("button", name="Change those chosen").click()
    page.get_by_label("What do you want to change?").select_option("treatment")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Tolerate: bear it as it is").check()
    page.get_by_label("Why are you making this change?").fill("Decided by the group")
    page.get_by_role("button", name="Check what will change").click()
    look(page, "many")
    page.get_by_role("button", name="Change these risks").click()
    expect(page.get_by_text("1 risk changed")).to_be_visible()
    page.goto("/risks/IR-0777/")
    page.get_by_role("link", name="Merge it").click()
    page.get_by_label("Reference of the risk that stays").fill(owner.risk.reference)
    page.get_by_role("button", name="Continue").click()
    look(page, "merge")
    page.get_by_label("Why are you making this change?").fill("Entered twice")
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("Merged into it: IR-0777")).to_be_visible()
    page.goto(f"/risks/{owner.risk.reference}/close/")
    look(page, "close")
