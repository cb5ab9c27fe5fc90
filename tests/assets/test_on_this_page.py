"""The page of an asset is long: it begins with links to all of its sections."""

import re

import pytest
from playwright.sync_api import expect

from tests.assets.factories_sharing import ContractFactory
from tests.browser import axe, sign_in
from tests.cast import play_owner, signed_in

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a class="govuk-link" href="#([a-z-]+)">([^<]+)</a>')
SECTION = re.compile(r'id="(section-[a-z]+)"')
HEADING = re.compile(r'<h2 class="govuk-heading-[ms]"[^>]*>([^<]+)</h2>')


def parts_of(person, asset, address=""):
    """The links, and what follows them in the column of the record."""
    page = signed_in(person).get(asset.get_absolute_url() + address).content.decode()
    nav, rest = page.split("On this page</h2>")[1].split("</nav>", 1)
    return LINK.findall(nav), rest.split('<div class="govuk-grid-column-one-third">')[0]


def test_every_section_has_its_link_by_its_heading_and_in_its_order(owner, ig_officer):
    for person in (owner, ig_officer):
        links, rest = parts_of(person, owner.asset)
        assert [name for name, _ in links] == SECTION.findall(rest)
        assert [title for _, title in links] == HEADING.findall(rest)
        assert len(links) > 15
        assert len({name for name, _ in links}) == len(links)


def test_what_is_shown_only_sometimes_is_linked_only_then(owner, ig_officer):
    assert "Contracts with processors" not in dict(parts_of(ig_officer, owner.asset)[0]).values()
    contract = ContractFactory()
    contract.asset_links.create(asset=owner.asset)
    links, rest = parts_of(ig_officer, owner.asset)
    assert ("section-contracts", "Contracts with processors") in links
    assert [title for _, title in links] == HEADING.findall(rest)


def test_on_a_past_day_before_the_asset_there_is_nothing_to_jump_to(owner):
    page = signed_in(owner).get(f"{owner.asset.get_absolute_url()}?as_at=2016-10-24").content.decode()
    assert "Not on the register then" in page
    assert "On this page" not in page


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_link_leads_to_its_section(narrow_page):
    owner = play_owner("owner")
    sign_in(narrow_page, owner)
    narrow_page.goto(owner.asset.get_absolute_url())
    narrow_page.get_by_role("navigation", name="On this page").get_by_role("link", name="History").click()
    expect(narrow_page.get_by_role("heading", name="History")).to_be_in_viewport()
    axe(narrow_page)
