"""A walk through maturity in Chromium, with and without JavaScript, wide and at 320 px."""

import pytest
from playwright.sync_api import expect

from actions.models import MaturityModel
from governance.people.models import Role
from tests.actions.maturity import AFTER, BEFORE, a_model, assessed
from tests.browser import axe, sign_in
from tests.cast import play

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_shipped_framework_is_loaded_put_in_use_and_assessed_by(any_page):
    sign_in(any_page, play("ig_officer", Role.IG_OFFICER))
    any_page.goto("/maturity/")
    any_page.get_by_role("button", name="Enter a model").click()
    any_page.get_by_label("ICO accountability framework").check()
    any_page.get_by_role("button", name="Save").click()
    expect(any_page.get_by_label("Areas and their criteria")).to_have_value(areas_shipped())
    axe(any_page)
    any_page.get_by_role("button", name="Save").click()
    any_page.get_by_role("button", name="Put it in use").click()
    axe(any_page)
    any_page.get_by_role("button", name="Put it in use").click()
    any_page.get_by_role("button", name="Record an assessment").click()
    any_page.get_by_label("Self-assessment").check()
    any_page.get_by_label("The post or the firm that assessed").fill("Records manager")
    any_page.get_by_label("Overall, as given").fill("low-medium")
    for part, value in (("Day", "1"), ("Month", "3"), ("Year", "2016")):
        any_page.get_by_label(part, exact=True).fill(value)
    any_page.get_by_label("Level of Transparency").select_option("1")
    any_page.get_by_label("Target for Transparency").select_option("3")
    axe(any_page)
    any_page.get_by_role("button", name="Record the assessment").click()
    expect(any_page.get_by_role("heading", name="ICO accountability framework, 1 March 2016")).to_be_visible()
    expect(any_page.get_by_text("2 levels")).to_be_visible()
    axe(any_page)


def areas_shipped():
    """What the field of areas holds of the shipped framework."""
    from actions.representations.maturity_definition import of_model

    return of_model(MaturityModel.objects.get()).areas_typed


def test_two_assessments_are_compared(any_page):
    model = a_model()
    assessed(model, [2, 3], on=BEFORE, target=4)
    later = assessed(model, [3, 2], on=AFTER, target=4)
    sign_in(any_page, play("internal_auditor", Role.INTERNAL_AUDITOR))
    any_page.goto(later.get_absolute_url())
    any_page.get_by_role("link", name="What moved since 1 March 2016").click()
    expect(any_page.get_by_text("None, although it moved").first).to_be_visible()
    expect(any_page.get_by_role("listitem").filter(has_text="Training: up 1")).to_be_visible()
    axe(any_page)
    any_page.goto("/maturity/")
    expect(any_page.get_by_role("link", name="Model of five").first).to_be_visible()
    axe(any_page)
    any_page.goto(model.areas.first().get_absolute_url())
    expect(any_page.get_by_role("heading", name="Training")).to_be_visible()
    axe(any_page)
