"""The pages of the registers as people meet them: each state, wide and narrow, without JavaScript too."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in
from tests.factories import AssetFactory, RiskFactory
from tests.registers.conftest import ROOMS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


WALKS = [("assets", True), ("assets", False), ("risks", False)]


@pytest.fixture(params=WALKS, ids=["assets", "assets without script", "risks without script"])
def walk(request, open_page):
    """A register and a page of the browser. What the registers share is not walked four times over."""
    name, scripts = request.param
    return ROOMS[name], open_page(java_script_enabled=scripts)


def stock(room, person):
    """A register of three, of which one has somebody in its owner post, a text, and something related."""
    room.factory.create_batch(2)
    asset = AssetFactory(title="Housing register", description="Applicants\nand bids", owner=person.post)
    risk = RiskFactory(title="Housing files lost", cause="No cabinet", owner=person.post, asset=asset)
    return {"asset": asset, "risk": risk}[room.one]


def test_every_state_of_a_register_passes_axe(ig_officer, owner, page):
    room = ROOMS["assets"]
    housing = stock(room, ig_officer)
    room.make_many(ig_officer.post, 120)
    sign_in(page, ig_officer)
    for address in (
        room.list + "?q=entry&sort=-title&page=2",
        room.list + "?q=nothing+of+the+kind",
        room.list + "?as_at=2016-10-24",
        room.list + "?as_at_day=31&as_at_month=2&as_at_year=2016",
        room.page(housing),
        room.page(housing) + "?as_at=2016-10-24",
        room.edit(housing),
    ):
        page.goto(address)
        axe(page)
    sign_in(page, owner)
    page.goto(room.list)
    expect(page.get_by_text("that you may not open.")).to_be_visible()


def test_what_only_risks_show_passes_axe(ig_officer, page):
    room = ROOMS["risks"]
    sign_in(page, ig_officer)
    page.goto(room.list)
    expect(page.get_by_role("heading", name="No risk has been recorded yet")).to_be_visible()
    axe(page)
    risk = stock(room, ig_officer)
    for address in (room.list, room.page(risk), room.edit(risk)):
        page.goto(address)
        axe(page)


def test_from_the_filtered_list_to_a_change_and_back(walk, ig_officer):
    room, page = walk
    housing = stock(room, ig_officer)
    sign_in(page, ig_officer)
    page.goto(room.list)
    page.get_by_label("Reference or title").fill("housing")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name="Remove this filter: Reference or title: housing")).to_be_visible()
    page.get_by_role("link", name=housing.reference).click()
    page.get_by_role("button", name=f"Change this {room.one}").click()
    if room.one == "asset":
        axe(page)
        page.get_by_role("link", name="Identity").click()
    page.get_by_label("Title", exact=True).fill("Homes register")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    section = ": identity" if room.one == "asset" else ""
    expect(page).to_have_title(
        f"Error: Change {housing.reference}{section} - Custodian - Northmere City Council"
    )
    axe(page)
    page.get_by_label("Why are you making this change?").fill("The service has a new name")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text(f"{housing.reference} updated")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Homes register")
    expect(page.get_by_text("The service has a new name")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name=room.name.capitalize()).click()
    expect(page.get_by_role("heading", name="Nothing matches your filters")).to_be_visible()
    page.get_by_role("link", name="Remove this filter").click()
    expect(page.get_by_role("link", name=housing.reference)).to_be_visible()


def test_whoever_was_slower_sees_both_values_and_chooses(walk, ig_officer):
    room, page = walk
    housing = stock(room, ig_officer)
    sign_in(page, ig_officer)
    page.goto(room.edit(housing))
    page.get_by_label("Title", exact=True).fill("My title")
    page.get_by_label("Why are you making this change?").fill("My reason")
    room.model.objects.filter(pk=housing.pk).update(title="Their title")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody else changed this too")
    axe(page)
    page.get_by_label("Yours: My title").check()
    page.get_by_role("button", name="Save these choices").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My title")


def test_a_past_day_is_chosen_and_left_again(ig_officer, any_page):
    room, page = ROOMS["assets"], any_page
    housing = stock(room, ig_officer)
    sign_in(page, ig_officer)
    page.goto(room.page(housing))
    for part, typed in (("Day", "24"), ("Month", "October"), ("Year", "2016")):
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_role("region", name="The past")).to_contain_text("24 October 2016")
    expect(page.get_by_role("heading", name="Not on the register then")).to_be_visible()
    page.get_by_role("link", name="Back to now").first.click()
    expect(page.get_by_role("region", name="The past")).to_have_count(0)


def test_on_a_phone_the_filters_are_folded_and_the_table_scrolls_by_itself(ig_officer, narrow_page):
    room, page = ROOMS["assets"], narrow_page
    housing = stock(room, ig_officer)
    sign_in(page, ig_officer)
    page.goto(room.list)
    expect(page.get_by_label("Reference or title")).not_to_be_visible()
    page.locator("summary", has_text="Filter").first.click()
    page.get_by_label("Reference or title").fill("housing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=housing.reference)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
