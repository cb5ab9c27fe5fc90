"""An owner confirms what is right and changes what is not, with and without scripts."""

import pytest
from playwright.sync_api import expect

from assets.models import Attestation
from tests.browser import axe, sign_in
from tests.cast import play_owner, signed_in
from tests.factories import AssetFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_an_owner_confirms_two_changes_one_and_confirms_it(any_page):
    owner = play_owner("owner")
    AssetFactory.create_batch(2, owner=owner.post)
    page = any_page
    sign_in(page, owner)
    page.goto("/")
    page.get_by_role("link", name="3 assets to confirm").click()
    axe(page)
    for left in (2, 1):
        page.get_by_role("button", name="Nothing has changed").first.click()
        if left == 2:
            axe(page)
        page.get_by_role("button", name="Confirm").click()
        expect(page.get_by_text(f"confirmed. {left} to go")).to_be_visible()
    page.get_by_role("button", name="Nothing has changed").first.click()
    page.get_by_role("link", name="Change the entry first").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    (waiting,) = owner.post.assets.exclude(attestations__in=Attestation.objects.all())
    waiting.title = "Mended title"
    waiting.save()
    page.goto("/assets/mine/")
    page.get_by_role("button", name="Nothing has changed").first.click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("You are done until").first).to_be_visible()
    axe(page)
    assert Attestation.objects.count() == 3


def test_the_officers_pages_are_accessible(page, ig_officer):
    owner = play_owner("somebody")
    client = signed_in(ig_officer)
    day = {"from_on_day": "4", "from_on_month": "1", "from_on_year": "2016"}
    day |= {"until_on_day": "9", "until_on_month": "1", "until_on_year": "2016"}
    said = {"title": "Round", "words": "Please", "units": [owner.asset.unit_id]}
    begun = client.post("/assets/attestation/campaigns/new/", day | said)
    sign_in(page, ig_officer)
    addresses = (
        "/assets/attestation/",
        "/assets/attestation/periods/",
        "/assets/attestation/campaigns/",
        "/assets/attestation/campaigns/new/",
        begun["Location"],
        "/assets/attestation/samples/",
        "/assets/attestation/samples/new/",
        "/assets/position/",
        "/reminders/",
        "/reminders/mine/",
        "/hand-over/",
        f"/hand-over/{owner.post.code}/",
    )
    for address in addresses:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)
