"""The rules of escalation in Chromium: from the register to rules in force, and what is missing by them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.people.models import Role
from risks.models import EscalationRules
from tests.browser import axe, sign_in
from tests.cast import play
from tests.risks.factories_rules import critical

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_register_to_rules_in_force_and_what_is_missing(page):
    officer, siro = play("ig_officer", Role.IG_OFFICER), play("siro", Role.SIRO)
    asset = critical(3)
    sign_in(page, officer)
    page.goto(reverse("risks:promotions"))
    expect(page.get_by_text("No rules are in force")).to_be_visible()
    expect(page.get_by_role("heading", name="Critical assets")).to_have_count(0)
    axe(page)
    page.goto(reverse("risks:list"))
    page.get_by_role("link", name="the rules of escalation").click()
    axe(page)
    page.get_by_role("button", name="Begin a new version").click()
    axe(page)
    page.get_by_label("Where the rules come from").fill("Information Risk Policy, section 4")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview: nothing is saved yet")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("button", name="Change this draft")).to_be_visible()
    axe(page)

    sign_in(page, siro)
    page.goto(EscalationRules.objects.get().get_absolute_url())
    page.get_by_role("button", name="Put it in force").click()
    axe(page)
    page.get_by_label("On whose decision?").fill("Cabinet, minute 64")
    page.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_text("is in force from").first).to_be_visible()
    axe(page)
    page.goto(reverse("risks:promotions"))
    expect(page.get_by_role("link", name=asset.reference, exact=True)).to_be_visible()
    axe(page)
