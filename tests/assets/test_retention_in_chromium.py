"""The officer reads the schedule and the due list, and a disposal goes from proposal to certificate."""

import os

import pytest
from django.urls import reverse

from assets.models import Asset
from governance.core.dates import today
from governance.people.models import Role
from tests.assets.factories_retention import HoldFactory, RuleFactory
from tests.assets.test_due import years_ago
from tests.browser import axe, sign_in
from tests.cast import play, play_owner

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")


def look(page, name):
    axe(page)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/RETENTION-{name}-1280.png", full_page=True)
        page.set_viewport_size({"width": 320, "height": 800})
        page.screenshot(path=f"{SHOTS}/RETENTION-{name}-320.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.django_db(transaction=True)
def test_from_a_rule_to_a_certificate(page):
    owner, manager = play_owner("owner"), play("records_manager", Role.RECORDS_MANAGER)
    rule = RuleFactory(code="hr-1")
    Asset.objects.filter(pk=owner.asset.pk).update(retention_rule=rule, retention_from=years_ago(8))
    held = play_owner("other_owner").asset
    HoldFactory(assets=[held])

    sign_in(page, manager)
    page.goto(reverse("assets:new_rule"))
    page.get_by_label("Code").fill("fin-1")
    page.get_by_label("Record type").fill("Accounting records")
    page.get_by_label("Period in words").fill("Current year plus 6")
    page.get_by_label("The period runs from").select_option("creation")
    page.get_by_label("Disposal action").select_option("destroy")
    page.get_by_label("Authority").select_option("business")
    page.get_by_role("button", name="Add the rule").click()
    look(page, "new-rule")
    page.get_by_label("Yes: 6 years").check()
    page.get_by_role("button", name="Add the rule").click()
    look(page, "rule")
    for name in ("schedule", "due", "over_retained", "holds", "place_hold", "disposals"):
        page.goto(reverse(f"assets:{name}"))
        look(page, name)

    sign_in(page, owner)
    page.goto(owner.asset.get_absolute_url())
    look(page, "asset")
    page.get_by_role("link", name="Propose a disposal").click()
    look(page, "propose")
    page.get_by_label("Destroy").check()
    page.get_by_label("Why?").fill("Its period has ended")
    page.get_by_role("button", name="Propose it").click()
    for person in (owner, manager):
        sign_in(page, person)
        page.goto(reverse("assets:disposals"))
        page.get_by_role("link", name="DI-").click()
        page.get_by_role("button", name="Decide").click()
        look(page, "decide")
        page.get_by_label("Agree").check()
        page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("button", name="Record that it was carried out").click()
    look(page, "carry-out")
    page.get_by_label("What was disposed of?").fill("All files")
    page.get_by_label("How much was it?").fill("12 boxes")
    day = today()
    for part, value in {"Day": day.day, "Month": day.month, "Year": day.year}.items():
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("Method").select_option(label="Shredded on site")
    page.get_by_label("Who did it?").fill("Shred & Co")
    page.get_by_role("button", name="Issue the certificate").click()
    look(page, "certificate")
    page.goto(reverse("assets:disposals"))
    page.get_by_role("link", name="DI-").click()
    look(page, "disposal")
