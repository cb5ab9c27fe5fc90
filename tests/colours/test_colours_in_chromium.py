"""Colours in Chromium: a rule from nothing to in force, and a colour that a person sets, wide and narrow."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.colours.models import ColourRule
from governance.core.dates import today
from governance.people.models import Role
from tests.browser import NARROW, axe, sign_in
from tests.cast import play
from tests.colours.factories import in_force
from tests.factories import ActionFactory
from tests.risks.factories_acceptance import scored_risk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_plans_to_a_rule_in_force(page):
    officer, siro = play("ig_officer", Role.IG_OFFICER), play("siro", Role.SIRO)
    ActionFactory(due_on=today() - timedelta(days=1))
    sign_in(page, officer)
    page.goto(reverse("actions:plans"))
    page.get_by_role("link", name="the rules for colours").click()
    axe(page)
    page.get_by_role("button", name="Begin a new version for actions").click()
    axe(page)
    page.get_by_label("The one that comes with the product").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Colour of line 3", exact=True).select_option(label="Amber")
    page.get_by_label("Days of line 3", exact=True).fill("")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("link", name="Enter the number of days for line 3")).to_be_visible()
    axe(page)
    page.get_by_label("Days of line 3", exact=True).fill("0")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview: nothing is saved yet")).to_be_visible()
    expect(page.get_by_text("1 would turn from no colour to amber")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("button", name="Change this draft")).to_be_visible()
    axe(page)

    sign_in(page, siro)
    page.goto(ColourRule.objects.get().get_absolute_url())
    page.get_by_role("button", name="Put it in force").click()
    axe(page)
    page.get_by_label("On whose decision?").fill("Cabinet, minute 64")
    page.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_text("is in force from").first).to_be_visible()


def test_on_a_phone_each_field_of_a_line_stands_under_its_words(narrow_page):
    sign_in(narrow_page, play("ig_officer", Role.IG_OFFICER))
    narrow_page.goto(reverse("colours:new_rule", args=["actions"]))
    narrow_page.get_by_label("The one that comes with the product").check()
    narrow_page.get_by_role("button", name="Begin").click()
    first = narrow_page.locator("tbody tr").first
    for said in ("Line 1", "Colour", "If it", "And it", "What it means"):
        expect(first.get_by_text(said, exact=True)).to_be_visible()
    expect(first.get_by_text("Days", exact=True)).to_have_count(2)
    assert narrow_page.viewport_size == NARROW


def test_a_person_sets_another_colour_and_takes_it_back(page):
    in_force()
    action = ActionFactory(due_on=today() - timedelta(days=1))
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto(action.get_absolute_url())
    page.get_by_role("link", name="Set another colour").click()
    axe(page)
    page.get_by_label("Amber").check()
    until = today() + timedelta(days=9)
    for part, value in (("Day", until.day), ("Month", until.month), ("Year", until.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.locator("textarea").fill("Nearly done")
    page.get_by_role("button", name="Set the colour").click()
    expect(page.get_by_text("computed: red; set by Ig officer")).to_be_visible()
    axe(page)
    page.goto(action.plan.get_absolute_url())
    expect(page.get_by_role("row", name=action.reference)).to_contain_text("set by Ig officer")
    axe(page)
    page.goto(action.get_absolute_url())
    page.get_by_role("link", name="Show the computed colour again").click()
    axe(page)


def test_the_register_of_risks_shows_the_colour_below_the_level_and_leads_to_the_rules(page):
    officer = play("ig_officer", Role.IG_OFFICER)
    risk = scored_risk(officer)
    in_force("risks")
    sign_in(page, officer)
    page.goto(reverse("risks:list"))
    expect(page.get_by_role("link", name="the rules for colours")).to_be_visible()
    row = page.get_by_role("row", name=risk.reference)
    colours = row.get_by_text("Red", exact=True).or_(row.get_by_text("Amber", exact=True))
    expect(colours.or_(row.get_by_text("Green", exact=True)).first).to_be_visible()
    axe(page)
    page.goto(risk.get_absolute_url())
    page.get_by_role("link", name="Set another colour").click()
    axe(page)
