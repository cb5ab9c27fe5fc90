"""A risk that should never have been entered is withdrawn with a reason, and can be brought back."""

import pytest
from django.db import IntegrityError, transaction

from governance.figures.moment import Moment, Scope
from risks import figures
from risks.models import Risk
from risks.services.acceptance import ask
from risks.services.state import MovedOnError, bring_back, withdraw
from tests.cast import signed_in
from tests.factories import RiskFactory
from tests.risks.factories import score

pytestmark = pytest.mark.django_db


def address(risk):
    return f"{risk.get_absolute_url()}state/"


def test_an_officer_withdraws_a_risk_with_a_reason_and_brings_it_back(ig_officer):
    risk, browser = RiskFactory(), signed_in(ig_officer)
    for to, words in (("withdrawn", "is withdrawn"), ("open", "is back on the register")):
        answer = browser.post(address(risk), {"to": to, "reason": f"To be {to}"}, follow=True)
        risk.refresh_from_db()
        assert (risk.state, f"{risk.reference} {words}" in answer.content.decode()) == (to, True)
        assert Risk.history.filter(id=risk.pk).latest("history_id").history_change_reason == f"To be {to}"


def test_what_is_withdrawn_is_off_the_register_its_figures_and_the_page_of_its_asset(ig_officer, owner):
    gone = RiskFactory(asset=owner.asset, owner=owner.post)
    before = figures.total.value(Moment.now(), Scope())
    withdraw(gone, reason="Entered twice")
    browser = signed_in(ig_officer)
    assert figures.total.value(Moment.now(), Scope()) == before - 1
    assert gone.reference not in browser.get("/risks/").content.decode()
    assert gone.reference not in browser.get(owner.asset.get_absolute_url()).content.decode()
    assert gone.reference in browser.get("/risks/?state=withdrawn").content.decode()
    assert "It does not count" in browser.get(gone.get_absolute_url()).content.decode()


def test_what_is_withdrawn_is_not_changed(ig_officer, owner):
    withdraw(owner.risk, reason="Entered twice")
    for person in (ig_officer, owner):
        assert signed_in(person).get(f"{owner.risk.get_absolute_url()}edit/").status_code == 403


def test_a_reason_is_asked_for(ig_officer):
    risk = RiskFactory()
    answer = signed_in(ig_officer).post(address(risk), {"to": "withdrawn", "reason": " "})
    assert (answer.status_code, "reason" in answer.context["form"].errors) == (200, True)
    risk.refresh_from_db()
    assert risk.state == "open"


@pytest.mark.parametrize("to", ["", "accepted", "\x00"])
def test_a_state_that_there_is_not_is_no_step(ig_officer, to):
    risk = RiskFactory()
    answer = signed_in(ig_officer).post(address(risk), {"to": to, "reason": "Because"})
    assert (answer.status_code, answer.context["form"].non_field_errors()) in [
        (200, ["Choose again"]), (400, None),
    ]  # fmt: skip
    assert Risk.objects.get(pk=risk.pk).state == "open"


def test_of_two_who_withdraw_it_at_once_the_second_is_told(ig_officer):
    risk = RiskFactory()
    withdraw(risk, reason="First")
    with pytest.raises(MovedOnError, match="is withdrawn already"):
        withdraw(risk, reason="Second")
    answer = signed_in(ig_officer).post(address(risk), {"to": "withdrawn", "reason": "Second"})
    assert answer.context["form"].non_field_errors() == [f"{risk.reference} is withdrawn already"]
    bring_back(risk, reason="It was right")
    with pytest.raises(MovedOnError, match="is open already"):
        bring_back(risk, reason="Again")


def test_what_is_still_open_of_it_is_asked_about_before_it_is_withdrawn(ig_officer, owner):
    score(owner.risk, 4, 4)
    ask(owner.risk, reason="Nothing else can be done", by=owner)
    browser, typed = signed_in(ig_officer), {"to": "withdrawn", "reason": "Entered twice"}
    page = browser.get(address(owner.risk))
    assert "ends the request" in page.content.decode()
    typed["seen"] = page.context["form"]["seen"].value()
    answer = browser.post(address(owner.risk), typed)
    assert "confirmed" in answer.context["form"].errors
    assert Risk.objects.get(pk=owner.risk.pk).state == "open"
    assert browser.post(address(owner.risk), typed | {"confirmed": "on"}).status_code == 302
    assert browser.post(address(owner.risk), {"to": "open", "reason": "It was right"}).status_code == 302


def test_an_owner_may_not_withdraw_their_own_risk(owner):
    assert "Withdraw it" not in signed_in(owner).get(owner.risk.get_absolute_url()).content.decode()
    assert signed_in(owner).get(address(owner.risk)).status_code == 403


def test_the_database_knows_the_states():
    with pytest.raises(IntegrityError, match="risk_state_is_known"), transaction.atomic():
        RiskFactory(state="accepted")
