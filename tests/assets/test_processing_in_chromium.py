"""From an asset to a live activity and its DPIA, in Chromium, with and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assets.models import ProcessingActivity
from tests.assets.factories_processing import ActivityFactory, AdviceFactory, DpiaFactory, DpiaRiskFactory
from tests.browser import axe, sign_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_an_activity_is_entered_from_an_asset_and_goes_live(any_page, ig_officer):
    page, asset = any_page, AssetFactory(title="Housing register", purpose="To let homes")
    sign_in(page, ig_officer)
    page.goto(asset.get_absolute_url())
    expect(page.get_by_text("Not in the ROPA")).to_be_visible()
    page.get_by_role("link", name="Enter an activity that works with it").click()
    axe(page)
    page.get_by_role("button", name="Enter the draft").click()
    axe(page)
    page.get_by_role("link", name="Check and go live").or_(
        page.get_by_role("button", name="Check and go live")
    ).first.click()
    axe(page)
    page.get_by_role("link", name="Choose a lawful basis").click()
    axe(page)
    page.get_by_label("Lawful basis").select_option(label="Public task")
    page.get_by_label("Why are you making this change?").fill("Workshop")
    page.get_by_role("button", name="Save changes").click()
    activity = ProcessingActivity.objects.get()
    assert activity.basis_id == "public-task"
    ProcessingActivity.objects.update(
        data_subjects="Tenants", data_categories="Names", recipients="None", security="Roles",
        retention_words="6 years", transfers_abroad=False,
    )  # fmt: skip
    page.goto(reverse("assets:go_live", args=[activity.reference]))
    page.get_by_label("Why does it go live?").fill("Complete")
    page.get_by_role("button", name="Go live").click()
    expect(page.get_by_text("PA-0001 is live")).to_be_visible()
    axe(page)


def test_every_page_of_processing_and_dpias_is_accessible(page, ig_officer, siro):
    activity = ActivityFactory(special_category=False)
    dpia = DpiaFactory(activity=activity)
    risk = DpiaRiskFactory(dpia=dpia)
    sign_in(page, ig_officer)
    for name, args in [
        ("activities", []),
        ("screening", [activity.reference]),
        ("edit_activity", [activity.reference, "lawfulness"]),
        ("new_row", [activity.reference, "transfers"]),
        ("end_activity", [activity.reference]),
        ("dpias", []),
        ("dpia", [dpia.reference]),
        ("dpia_step", [dpia.reference, "description"]),
        ("change_dpia_risk", [dpia.reference, risk.pk]),
        ("check_dpia", [dpia.reference]),
    ]:
        page.goto(reverse(f"assets:{name}", args=args))
        axe(page)
    page.get_by_role("button", name="Send to the data protection officer").click()
    AdviceFactory(activity=activity, dpia=dpia)
    sign_in(page, siro)
    page.goto(reverse("assets:sign_off_dpia", args=[dpia.reference]))
    axe(page)
