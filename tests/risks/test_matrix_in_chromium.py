"""The matrix in Chromium: from nothing to one in force, wide and narrow, with scripts and without."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_nothing_to_a_matrix_in_force(any_page):
    page = any_page
    officer, siro = play("ig_officer", Role.IG_OFFICER), play("siro", Role.SIRO)
    sign_in(page, officer)
    page.goto(reverse("risks:matrices"))
    axe(page)
    page.get_by_role("button", name="Begin a new version").click()
    axe(page)
    page.get_by_label("Five by five: 5 by 5").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Name", exact=True).fill("Northmere's own")
    page.get_by_label("Level for likelihood 1 with impact 5").select_option(label="High")
    page.get_by_label("Colour of level 4").select_option(label="Black")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview: nothing is saved yet")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("heading", name="Northmere's own")).to_be_visible()
    expect(page.get_by_role("row", name="1 Rare").get_by_role("cell").last).to_contain_text("High")

    sign_in(page, siro)
    page.goto(reverse("risks:matrix", args=[1]))
    page.get_by_role("button", name="Put it in force").click()
    axe(page)
    page.get_by_label("On whose decision?").fill("Cabinet, minute 64")
    page.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_text("In force from").first).to_be_visible()
    axe(page)
    page.goto(reverse("risks:matrices"))
    expect(page.get_by_text("Risks are scored under version 1")).to_be_visible()
    axe(page)
