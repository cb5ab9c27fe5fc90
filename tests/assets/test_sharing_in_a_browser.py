"""Sharing, publishing and the public register as people walk through them, with axe at 1280 and 320 px."""

import os

import pytest
from playwright.sync_api import expect

from assets.models import Agreement, Asset, Marking
from tests.assets.factories_sharing import (
    AgreementAssetFactory,
    AgreementPartnerFactory,
    ContractAssetFactory,
    PublicationFactory,
)
from tests.browser import NARROW, WIDE, axe, sign_in
from tests.cast import play
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db(transaction=True)


def shot(page, name):
    """A picture of the page at both widths, where SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.screenshot(path=f"{folder}/OPEN-{name}-{size['width']}.png", full_page=True)
        page.set_viewport_size(WIDE)


def test_an_officer_enters_an_agreement_and_puts_it_in_force(page):
    officer = play("ig_officer", "ig_officer")
    AssetFactory(reference="IA-0042")
    sign_in(page, officer)
    page.goto("/assets/sharing/")
    axe(page)
    page.get_by_role("button", name="Enter a sharing agreement").click()
    page.get_by_label("Title").fill("Safeguarding referrals")
    page.get_by_label("Agreement (tier 2)").check()
    page.get_by_label("Purpose").fill("To keep children safe")
    page.get_by_label("Owner").select_option(label=officer.post.title)
    page.get_by_label("Unit").select_option(label=officer.post.unit.name)
    axe(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add an asset").click()
    page.get_by_label("Reference of the asset").fill("ia-0042")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Put it in force").click()
    page.get_by_label("In force").check()
    page.get_by_label("Why are you making this change?").fill("Agreed")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    shot(page, "refused")

    agreement = Agreement.objects.get()
    assert agreement.state == "draft"
    assert agreement.asset_links.get().asset.reference == "IA-0042"
    page.goto(agreement.get_absolute_url())
    axe(page)
    shot(page, "agreement")


def test_the_pages_of_sharing_and_openness_are_accessible(page):
    sign_in(page, play("ig_officer", "ig_officer"))
    agreement = AgreementPartnerFactory().agreement
    AgreementAssetFactory(agreement=agreement)
    contract = ContractAssetFactory().contract
    obligation = PublicationFactory().obligation
    for name, address in {
        "register": "/assets/sharing/",
        "signature": f"/assets/sharing/{agreement.reference}/partners/{agreement.partner_links.get().pk}/",
        "contracts": "/assets/contracts/",
        "contract": contract.get_absolute_url(),
        "partners": "/assets/partners/",
        "partner": contract.processor.get_absolute_url(),
        "transparency": "/assets/transparency/",
        "obligation": obligation.get_absolute_url(),
        "publish": f"{obligation.get_absolute_url()}publish/",
    }.items():
        page.goto(address)
        axe(page)
        shot(page, name)


def test_anybody_reads_the_public_register_without_signing_in(any_page):
    open_to_all = {"publish": "publish", "marking": Marking.objects.get(code="official")}
    trees = AssetFactory(title="Trees in parks", description="Every tree", **open_to_all)
    AssetFactory(title="Allotments", **open_to_all)
    any_page.goto("/register/")
    axe(any_page)
    shot(any_page, "public")
    any_page.get_by_label("Search the register").fill("tree")
    any_page.get_by_role("button", name="Search").click()
    expect(any_page.get_by_text("Allotments")).to_have_count(0)
    any_page.get_by_role("link", name=trees.reference).click()
    expect(any_page.get_by_role("heading", name="Trees in parks")).to_be_visible()
    axe(any_page)
    shot(any_page, "public-asset")
    assert Asset.objects.count() == 2
