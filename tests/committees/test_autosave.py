"""What is kept by itself while one writes stands in no way of what one saves, and nothing typed is lost."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from governance.committees.models import PaperSection
from governance.people.models import Draft
from tests.actions.test_races import at_once
from tests.browser import sign_in
from tests.cast import play, signed_in
from tests.committees.factories import PaperFactory

pytestmark = pytest.mark.django_db(transaction=True)
SIGNED_OUT = "Not kept as a draft: you may no longer be signed in. Copy what you typed before you go on"
UNREACHED = "Not kept as a draft: the server cannot be reached. Copy what you typed before you go on"


@pytest.fixture
def clerk(transactional_db):
    return play("committee_officer", "committee_officer")


@pytest.fixture
def section(plan):
    return PaperSection.objects.create(paper=PaperFactory(plans=[plan]), position=1, heading="Context")


def address(section):
    return reverse("committees:edit_section", args=[section.paper_id, section.pk])


@pytest.fixture
def window(browser, live_server):
    """A page of which nobody reads the console: htmx tells there of what was stopped."""
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_saving_stops_what_is_being_kept_and_whoever_is_signed_out_is_told_and_loses_nothing(
    window, clerk, section
):
    sign_in(window, clerk)
    held = []

    def hold(route):
        """Let what is kept by itself wait for ever."""
        (held.append if "keep-draft" in (route.request.post_data or "") else type(route).continue_)(route)

    window.route(f"**{address(section)}", hold)
    window.goto(address(section))
    with window.expect_request(lambda asked: "keep-draft" in (asked.post_data or "")) as kept:
        window.get_by_label("Text").fill("Saved")
    with window.expect_event("requestfailed", lambda failed: failed == kept.value):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_text("Saved", exact=True).first).to_be_visible()
    expect(window).not_to_have_url(f"**{address(section)}")
    assert len(held) == 1
    assert not Draft.objects.exists()
    window.unroute_all()
    window.goto(address(section))
    expect(window.get_by_label("Text")).to_have_value("Saved")
    window.route(f"**{address(section)}", lambda route: route.abort("connectionrefused"))
    window.get_by_label("Text").fill("Typed without a server")
    expect(window.get_by_text(UNREACHED)).to_be_visible()
    window.unroute_all()
    Session.objects.all().delete()
    window.get_by_label("Text").fill("Typed after that")
    expect(window.get_by_text(SIGNED_OUT)).to_be_visible()
    expect(window.get_by_label("Text")).to_have_value("Typed after that")
    assert not Draft.objects.exists()


def test_what_is_kept_while_the_same_form_is_saved_leaves_no_draft(clerk, section):
    browser = signed_in(clerk)
    typed = {"heading": "Context", "text": "Mine", "place": 1, "seen_version": section.standing_version()}
    typed |= {"form-opened": "one-form"}
    windows = [Client() for _ in range(4)]
    for each in windows:
        each.cookies = browser.cookies
    quietly = [(each, address(section), typed | {"keep-draft": "quietly"}) for each in windows]
    assert at_once(quietly) == {200: 4}
    assert Draft.objects.get().data()["text"] == "Mine"
    assert at_once([*quietly[1:], (windows[0], address(section), typed)]) == {200: 3, 302: 1}
    assert not Draft.objects.exists()
    section.refresh_from_db()
    assert section.text == "Mine"
