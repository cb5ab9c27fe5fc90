"""The history of a risk is read, narrowed and printed, on a wide screen and a small one. In Chromium."""

import pytest
from playwright.sync_api import expect

from governance.core.dates import today
from risks.models import RiskControl
from risks.services.acceptance import ask
from tests.browser import NARROW, WIDE, axe, sign_in
from tests.cast import play, play_owner
from tests.risks.factories import in_force, score
from tests.risks.factories_acceptance import accept
from tests.risks.test_incidents_in_chromium import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reader_narrows_the_history_to_what_the_council_bears(page):
    owner, siro, officer = play_owner("owner"), play("siro", "siro"), play("ig_officer", "ig_officer")
    in_force()
    risk = owner.risk
    score(risk, 4, 4, by=officer)
    ask(risk, reason="There is no money this year", by=owner)
    accept(risk, siro, conditions="Report every month")
    RiskControl.objects.create(risk=risk, title="Locked cabinets")
    score(risk, 5, 5, by=officer, on=today(), reason="It happened next door")

    sign_in(page, siro)
    for size, name in ((WIDE, "wide"), (NARROW, "narrow")):
        page.set_viewport_size(size)
        page.goto(risk.get_absolute_url())
        history = page.locator(".moj-timeline").last
        expect(history.get_by_text("Acceptance suspended, since the risk has changed")).to_be_visible()
        expect(history.get_by_text("It happened next door")).to_be_visible()
        axe(page)
        shot(page, f"story-{name}")
    page.set_viewport_size(WIDE)
    page.get_by_text("Choose what the history shows").click()
    page.get_by_label("Acceptance", exact=True).check()
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".moj-timeline").get_by_text("Asked for it to be accepted")).to_be_visible()
    expect(page.locator(".moj-timeline").get_by_text("Locked cabinets")).to_have_count(0)
    axe(page)
    shot(page, "story-chosen")
    page.emulate_media(media="print")
    expect(page.locator(".moj-timeline")).to_be_visible()
    expect(page.get_by_role("button", name="Show it")).to_be_hidden()
