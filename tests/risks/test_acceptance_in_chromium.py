"""The SIRO bears a risk with all that it rests on before them; both read what suspended it. In Chromium."""

import pytest
from playwright.sync_api import expect

from governance.core.dates import long_date, today
from risks.models import Risk, RiskAsset, RiskControl
from risks.services.acceptance import ask
from tests.browser import axe, sign_in
from tests.cast import play, play_owner
from tests.factories import AssetFactory
from tests.risks.factories import in_force, score
from tests.risks.test_incidents_in_chromium import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_risk_is_accepted_on_one_page_and_a_change_of_it_is_told_in_words(page):
    owner, siro, officer = play_owner("owner"), play("siro", "siro"), play("ig_officer", "ig_officer")
    in_force()
    risk = owner.risk
    score(risk, 4, 4, by=officer)
    Risk.objects.filter(pk=risk.pk).update(treatment="treat", treatment_note="New doors in June")
    control = RiskControl.objects.create(risk=risk, title="Locked cabinets")
    further = RiskAsset.objects.create(risk=risk, asset=AssetFactory(title="Archive of deeds")).asset
    ask(risk, reason="There is no money this year", by=owner)

    sign_in(page, siro)
    page.goto(f"{risk.get_absolute_url()}acceptance/")
    for words in ("There is no money this year", "New doors in June", "Locked cabinets", further.title):
        expect(page.get_by_text(words).first).to_be_visible()
    axe(page)
    shot(page, "acceptance")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    page.get_by_label("Accept it, until a day").check()
    until = today().replace(year=today().year + 1, day=1)
    for part in ("day", "month", "year"):
        page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(until, part)))
    page.get_by_label("Why?").fill("The works begin in June")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text(f"until {long_date(until)}").first).to_be_visible()

    RiskControl.objects.filter(pk=control.pk).update(state="ended")
    said = f"control “Locked cabinets” was in place, and ended on {long_date(today())}"
    for person, path in ((siro, f"{risk.get_absolute_url()}acceptance/"), (owner, risk.get_absolute_url())):
        sign_in(page, person)
        page.goto(path)
        expect(page.get_by_text(said).first).to_be_visible()
        axe(page)
        shot(page, f"suspended-{person is owner}")
    page.goto("/")
    expect(page.get_by_text(said).first).to_be_visible()
    axe(page)
    shot(page, "home")
