"""The frame around every room's pages, once a person is known, and the page for two people at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from assets.models import Asset
from tests.browser import axe, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_navigation_names_the_rooms_open_to_the_person_and_marks_this_one(page: Page, owner) -> None:
    sign_in(page, owner)
    page.goto(f"/assets/{owner.asset.reference}/")
    rooms = page.get_by_role("navigation", name="Menu").get_by_role("link")
    expect(rooms).to_have_text(["Home", "Dashboard", "Assets", "Risks", "Action plans"])
    expect(page.locator("[aria-current=true]")).to_have_text("Assets")
    axe(page)


def test_navigation_folds_on_a_phone_and_opens_by_its_button(narrow_page: Page, owner) -> None:
    sign_in(narrow_page, owner)
    narrow_page.goto("/assets/")
    risks = narrow_page.get_by_role("navigation", name="Menu").get_by_role("link", name="Risks")
    expect(risks).not_to_be_visible()
    narrow_page.get_by_role("button", name="Menu").click()
    expect(risks).to_be_visible()


def test_a_person_sees_post_and_name_and_signs_out_with_and_without_script(any_page: Page, owner) -> None:
    sign_in(any_page, owner)
    any_page.goto("/assets/")
    expect(any_page.locator(".app-header__person")).to_contain_text(owner.display_name)
    expect(any_page.locator(".app-header__person")).to_contain_text("Owner")
    any_page.get_by_role("button", name="Sign out").click()
    any_page.goto("/assets/")
    expect(any_page).to_have_url(re.compile("login"))


def test_a_stranger_sees_no_rooms(page: Page) -> None:
    page.goto("/accessibility/")
    expect(page.get_by_role("navigation", name="Menu")).to_have_count(0)


def test_of_two_people_at_once_the_slower_chooses_and_loses_nothing(any_page: Page, owner) -> None:
    sign_in(any_page, owner)
    any_page.goto(f"/assets/{owner.asset.reference}/edit/identity/")
    Asset.objects.filter(pk=owner.asset.pk).update(title="Theirs", description="Theirs too")
    any_page.get_by_label("Description").fill("Mine")
    any_page.get_by_label("Why are you making this change?").fill("Yearly check")
    any_page.get_by_role("button", name="Save changes").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Somebody else changed this too")
    axe(any_page)
    yours, save = (
        any_page.get_by_label("Yours: Mine"),
        any_page.get_by_role("button", name="Save these choices"),
    )
    expect(yours).not_to_be_checked()
    expect(any_page.get_by_label("Theirs: Theirs too")).not_to_be_checked()
    save.click()
    forgotten = any_page.get_by_role("link", name="Select what should stand in “Description”")
    expect(forgotten).to_be_visible()
    axe(any_page)
    forgotten.click()
    expect(yours).to_be_focused()
    yours.check()
    save.click()
    expect(any_page).to_have_url(re.compile(rf"{owner.asset.reference}/(#.*)?$"))
    owner.asset.refresh_from_db()
    assert (owner.asset.title, owner.asset.description) == ("Theirs", "Mine")
