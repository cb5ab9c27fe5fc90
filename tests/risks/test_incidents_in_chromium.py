"""A Friday evening's report and what is made of it, step by step, with axe at 1280 and 320 px."""

import os

import pytest
from playwright.sync_api import expect

from risks.models import Incident
from tests.browser import NARROW, WIDE, axe, sign_in
from tests.cast import play
from tests.factories import UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shot(page, name):
    """A picture of the page at both widths, where SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.screenshot(path=f"{folder}/INCIDENT-{name}-{size['width']}.png", full_page=True)
        page.set_viewport_size(WIDE)


def test_somebody_reports_and_the_siro_decides(page):
    reporter, siro = play("outsider"), play("siro", "siro")
    UnitFactory(name="Housing")
    sign_in(page, reporter)
    page.goto("/")
    page.get_by_role("link", name="Report an incident").click()
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    shot(page, "report")
    page.get_by_label("What happened?").fill("A list of tenants went to the wrong address")
    for part, typed in (("Day", "25"), ("Month", "3"), ("Year", "2016"), ("Time", "4:30pm")):
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_label("Which service did it happen in?").select_option(label="Housing")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("is reported.")).to_be_visible()
    axe(page)

    incident = Incident.objects.get()
    sign_in(page, siro)
    page.goto("/risks/incidents/")
    axe(page)
    shot(page, "log")
    page.get_by_role("link", name=incident.reference).click()
    axe(page)
    shot(page, "incident")
    page.get_by_role("button", name="Decide who is told").click()
    page.get_by_label("Who is this about?").select_option(label="Information Commissioner's Office")
    page.get_by_label("No: not to be told").check()
    page.get_by_label("Why?").fill("It came back unopened")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Record the type, severity and likelihood of harm first"
    )
    shot(page, "decide")
    page.get_by_label("I decide that without knowing").check()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It came back unopened")).to_be_visible()
    expect(page.get_by_text("Not to be reported").first).to_be_visible()
    sign_in(page, play("officer", "ig_officer"))
    page.goto(f"{incident.get_absolute_url()}edit/type/")
    expect(page.get_by_role("radio", name="I do not know")).to_have_count(3)
    axe(page)
    shot(page, "type")
    page.goto(incident.get_absolute_url())
    page.get_by_role("link", name="Raise a risk because of it").click()
    axe(page)
    shot(page, "raise")
    page.goto("/risks/incidents/figures/")
    axe(page)
    shot(page, "figures")
