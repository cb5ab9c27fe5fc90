"""Every component in every state, as a person meets it."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from governance.core.gallery import STATES
from tests.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _gallery(settings):
    settings.ROOT_URLCONF = "tests.interface.urls"


@pytest.mark.parametrize("state", STATES)
def test_every_state_passes_axe_wide_and_narrow_with_and_without_script(any_page: Page, state: str) -> None:
    any_page.goto(f"/components/?state={state}")
    axe(any_page)


@pytest.mark.parametrize("address", ["/accessibility/", "/nowhere/"])
def test_public_pages_pass_axe(page: Page, address: str) -> None:
    page.goto(address)
    axe(page)


def test_the_skip_link_is_the_first_stop_and_leads_to_the_main_content(page: Page) -> None:
    page.goto("/components/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_the_error_summary_takes_the_focus_and_leads_to_the_wrong_part(page: Page) -> None:
    page.goto("/components/?state=errors")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Due date must include a year").click()
    expect(page.get_by_label("Year").last).to_be_focused()


def test_filters_are_folded_on_a_phone_and_open_beside_the_results_on_a_desk(
    open_page: Callable[..., Page],
) -> None:
    phone, desk = open_page(viewport={"width": 320, "height": 800}), open_page()
    for each in (phone, desk):
        each.goto("/components/")
    expect(phone.get_by_label("Search")).not_to_be_visible()
    phone.locator("summary", has_text="Filter").click()
    expect(phone.get_by_label("Search")).to_be_visible()
    expect(desk.get_by_label("Search")).to_be_visible()


def test_filtering_needs_no_script(page_without_script: Page) -> None:
    page_without_script.goto("/components/?sort=-title")
    page_without_script.get_by_role("checkbox", name="Completed").check()
    page_without_script.get_by_role("button", name="Apply filters").click()
    page_without_script.get_by_role("link", name="Remove this filter: Status: Completed").click()
    expect(page_without_script.get_by_role("link", name="Remove this filter")).to_have_count(0)
    assert "sort=-title" in page_without_script.url


def test_work_in_progress_renews_itself_and_then_rests(page: Page) -> None:
    page.goto("/components/?state=pending")
    with page.expect_response("**/components/?state="):
        pass
    expect(page.locator("#pending")).to_contain_text("The paper is ready")
    assert page.locator("#pending").get_attribute("hx-trigger") is None


def test_work_in_progress_renews_itself_without_script(page_without_script: Page) -> None:
    page_without_script.goto("/components/?state=pending")
    assert page_without_script.locator("noscript meta[http-equiv=refresh]").count() == 1
    page_without_script.goto("/components/")
    assert page_without_script.locator("meta[http-equiv=refresh]").count() == 0


def test_a_refused_style_fails_the_page(client: Client) -> None:
    policy = client.get("/components/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_forced_colours_keep_word_and_shape_of_a_status(open_page: Callable[..., Page]) -> None:
    page = open_page(forced_colors="active")
    page.goto("/components/")
    shown = page.locator(".app-status").first
    expect(shown).to_contain_text("Not started")
    assert shown.locator("svg").bounding_box()["width"] == 14


def test_paper_shows_what_is_said_not_what_can_be_clicked(page: Page) -> None:
    page.goto("/components/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Components", exact=True)).to_be_visible()
    expect(page.locator(".govuk-button").first).not_to_be_visible()
    expect(page.locator(".app-filter")).not_to_be_visible()


def test_an_accent_colour_of_the_council_reaches_the_buttons(settings, page: Page) -> None:
    settings.ACCENT_COLOUR = "#7a1f5c"
    page.goto("/components/")
    colour = page.get_by_role("button", name="Report progress").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert colour == "rgb(122, 31, 92)"
