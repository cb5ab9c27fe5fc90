"""Every page of the room can be found from the register, by those who may open it and by nobody else."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assets.representations.room import PAGES, address_of, room_of
from tests.browser import axe, sign_in
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
WHO = ["ig_officer", "records_manager", "siro", "dpo", "internal_auditor", "committee_officer", "owner"]


@pytest.mark.parametrize("who", WHO)
def test_every_page_that_is_offered_opens(cast, who):
    browser = signed_in(cast[who])
    for group in room_of(cast[who]):
        for link in group.links:
            assert browser.get(link.href).status_code == 200, link.text


@pytest.mark.parametrize("who", WHO)
def test_no_page_that_opens_is_left_out(cast, who):
    offered = {link.href for group in room_of(cast[who]) for link in group.links}
    browser = signed_in(cast[who])
    for _, pages in PAGES:
        for text, name, _ in pages:
            address = address_of(name)
            assert (browser.get(address).status_code == 200) == (address in offered), text


def test_the_register_leads_to_them(ig_officer):
    page = signed_in(ig_officer).get(reverse("assets:list")).content.decode()
    for group in room_of(ig_officer):
        for link in group.links:
            assert f'href="{link.href}"' in page


def test_who_may_enter_an_asset_or_bring_in_a_file_is_offered_it(ig_officer, auditor):
    for person, offered in [(ig_officer, True), (auditor, False)]:
        page = signed_in(person).get(reverse("assets:list")).content.decode()
        assert (reverse("assets:new") in page) == offered
        assert (reverse("exchange:upload") in page) == offered


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_are_found_without_a_manual(any_page, ig_officer):
    sign_in(any_page, ig_officer)
    any_page.goto(reverse("assets:list"))
    axe(any_page)
    any_page.get_by_role("link", name="Everything about assets").click()
    any_page.get_by_role("link", name="Retention schedule").click()
    expect(any_page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_the_other_pages_are_folded_until_they_are_asked_for(narrow_page, ig_officer):
    sign_in(narrow_page, ig_officer)
    narrow_page.goto(reverse("assets:list"))
    schedule = narrow_page.get_by_role("link", name="Retention schedule")
    expect(schedule).not_to_be_visible()
    narrow_page.get_by_role("link", name="Everything about assets").click()
    expect(schedule).to_be_visible()
