"""An owner asks, the SIRO answers with everything on one page, and both are told when it no longer holds."""

from datetime import timedelta

import pytest
import time_machine

from governance.core.dates import today
from governance.people.waiting import all_waiting
from governance.reminders.representations import said_in
from risks.models import Acceptance, AcceptanceRequest, Risk, RiskAsset, RiskControl
from risks.services.acceptance import answer, ask, before
from tests.cast import known, signed_in
from tests.doors.who import READERS, ROLES
from tests.factories import AssetFactory
from tests.risks.factories import score

pytestmark = pytest.mark.django_db
UNTIL = today() + timedelta(days=90)


@pytest.fixture
def risk(cast):
    found = cast["owner"].risk
    score(found, 4, 4, by=cast["ig_officer"])
    return found


def said(risk, **more):
    day = {"until_day": UNTIL.day, "until_month": UNTIL.month, "until_year": UNTIL.year}
    return {"answer": "accepted", "reason": "Works begin", "seen": before(risk).token, **day, **more}


def waits(person, kind):
    return [each for each in all_waiting(person) if each.kind == kind]


def page(person, path):
    return signed_in(person).get(path).content.decode()


def test_an_owner_asks_and_the_siro_finds_it_on_home_and_answers(cast, risk):
    ways = f"{risk.get_absolute_url()}acceptance/"
    asked = signed_in(cast["owner"]).post(f"{ways}ask/", {"reason": "No money this year"}, follow=True)
    assert "is asked to accept" in asked.content.decode()
    (waiting,) = waits(cast["siro"], "acceptance_asked")
    assert waiting.references == (risk.reference,)
    assert waiting.path == risk.get_absolute_url()
    assert "No money this year" in page(cast["siro"], ways)
    done = signed_in(cast["siro"]).post(ways, said(risk, conditions="Report monthly"), follow=True)
    words = done.content.decode()
    assert "<strong>Accepted</strong> by " in words
    assert "Conditions: Report monthly" in words
    assert not waits(cast["siro"], "acceptance_asked")


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast, risk):
    ways = f"{risk.get_absolute_url()}acceptance/"
    empty = {"until_day": "", "until_month": "", "until_year": ""}
    words = signed_in(cast["siro"]).post(ways, said(risk, **empty)).content.decode()
    assert "Enter the day until which it is accepted" in words
    assert "Works begin" in words
    nothing = signed_in(cast["siro"]).post(ways, {}).content.decode()
    assert "Select whether you accept the risk or refuse" in nothing
    assert not Acceptance.objects.exists()


def test_a_risk_that_changed_while_the_page_was_open_is_shown_again_and_then_answered(cast, risk):
    ways = f"{risk.get_absolute_url()}acceptance/"
    typed = said(risk)
    score(risk, 5, 5, by=cast["ig_officer"], on=today())
    words = signed_in(cast["siro"]).post(ways, typed).content.decode()
    assert "has changed since you opened this page" in words
    assert "Works begin" in words
    assert before(risk).token in words
    signed_in(cast["siro"]).post(ways, said(risk))
    assert Acceptance.objects.get().assessment.score == 25


def test_the_page_shows_the_controls_and_further_assets_that_the_answer_rests_on(cast, risk):
    ways = f"{risk.get_absolute_url()}acceptance/"
    assert "No control has been recorded" in page(cast["siro"], ways)
    RiskControl.objects.create(risk=risk, title="Weekly check of the log")
    link = RiskAsset.objects.create(risk=risk, asset=AssetFactory(title="Archive of deeds"))
    words = page(cast["siro"], ways)
    assert "Weekly check of the log" in words
    assert link.asset.title in words


def test_a_control_that_ended_while_the_page_was_open_is_shown_before_the_answer(cast, risk):
    RiskControl.objects.create(risk=risk, title="Weekly check of the log")
    ways = f"{risk.get_absolute_url()}acceptance/"
    typed = said(risk)
    RiskControl.objects.filter(risk=risk).update(state="ended")
    words = signed_in(cast["siro"]).post(ways, typed).content.decode()
    assert "has changed since you opened this page" in words
    assert "No longer in place" in words
    assert not Acceptance.objects.exists()


def test_a_refusal_ends_the_waiting_and_is_what_the_risk_s_page_says(cast, risk):
    answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    score(risk, 5, 5, by=cast["ig_officer"], on=today())
    assert waits(cast["siro"], "acceptance_suspended")
    ways = f"{risk.get_absolute_url()}acceptance/"
    empty = {"until_day": "", "until_month": "", "until_year": ""}
    refusal = said(risk, answer="refused", reason="Bring it down first", **empty)
    words = signed_in(cast["siro"]).post(ways, refusal, follow=True).content.decode()
    assert "<strong>Refused</strong> on" in words
    assert "Nobody has accepted" not in words
    assert not waits(cast["siro"], "acceptance_suspended")
    assert not waits(cast["owner"], "acceptance_suspended")


def test_an_own_risk_can_only_be_refused(cast):
    mine = cast["owner"].risk
    Risk.objects.filter(pk=mine.pk).update(owner=cast["siro"].posts()[0])
    score(mine, 4, 4, by=cast["ig_officer"])
    ways = f"{mine.get_absolute_url()}acceptance/"
    assert "Accept it, until a day" not in page(cast["siro"], ways)
    assert "govuk-error-summary" in signed_in(cast["siro"]).post(ways, said(mine)).content.decode()
    assert not Acceptance.objects.exists()


def test_a_suspension_and_the_end_of_its_days_are_told_to_both(cast, risk):
    made = answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    both = (cast["siro"], cast["owner"])
    assert not any(waits(person, "acceptance_suspended") for person in both)
    score(risk, 5, 5, by=cast["ig_officer"], on=today())
    for person in both:
        (waiting,) = waits(person, "acceptance_suspended")
        assert "suspended" in waiting.words
    assert not waits(cast["other_owner"], "acceptance_suspended")
    assert "The acceptance is suspended" in page(cast["owner"], made.risk.get_absolute_url())


def test_that_a_suspended_one_has_run_out_as_well_is_told_anew(cast, risk):
    answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    score(risk, 5, 5, by=cast["ig_officer"], on=today())
    (first,) = waits(cast["owner"], "acceptance_suspended")
    assert not waits(cast["owner"], "acceptance_expired")
    with time_machine.travel(UNTIL + timedelta(days=1), tick=False):
        (then,) = waits(known(cast["owner"], cast["owner"].post), "acceptance_expired")
        assert not waits(cast["owner"], "acceptance_suspended")
    assert not said_in([then.as_json()]) <= said_in([first.as_json()])


def test_the_siro_takes_it_back_and_there_is_nothing_to_take_back_twice(cast, risk):
    answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    ways = f"{risk.get_absolute_url()}acceptance/end/"
    done = signed_in(cast["siro"]).post(ways, {"reason": "The works do not begin"}, follow=True)
    assert "Nobody has accepted this risk" in done.content.decode()
    assert signed_in(cast["siro"]).get(ways).status_code == 404


def test_a_page_of_a_past_day_knows_nothing_of_a_later_answer(cast, risk):
    answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    yesterday = (today() - timedelta(days=1)).isoformat()
    words = page(cast["siro"], f"{risk.get_absolute_url()}?as_at={yesterday}")
    assert "Accepted</strong>" not in words


def test_answers_and_requests_are_seen_with_their_risk_and_with_nothing_else(cast, risk):
    request = ask(risk, reason="No money", by=cast["owner"])
    made = answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    for name in ROLES | {"owner", "other_owner", "outsider"}:
        person, sees = cast[name], name in READERS | {"owner"}
        assert AcceptanceRequest.objects.visible_to(person).filter(pk=request.pk).exists() is sees, name
        assert Acceptance.objects.visible_to(person).filter(pk=made.pk).exists() is sees, name


def refuse(risk, siro, **more):
    return answer(risk, "refused", seen=before(risk).token, reason="Fix is dated", by=siro, **more)


def test_the_conditions_of_a_refusal_stand_with_it_and_not_only_among_every_answer(cast, risk):
    refuse(risk, cast["siro"], conditions="Show me a test of the timeout")
    words = page(cast["owner"], risk.get_absolute_url())
    section = words[words.index(">Acceptance</h2>") : words.index("Every answer")]
    assert "Conditions: Show me a test of the timeout" in section


def test_a_refusal_waits_on_the_owner_s_home_until_they_ask_again(cast, risk):
    ask(risk, reason="No money", by=cast["owner"])
    refuse(risk, cast["siro"])
    (waiting,) = waits(cast["owner"], "acceptance_refused")
    assert waiting.references == (risk.reference,)
    assert waiting.path == risk.get_absolute_url()
    assert waiting.words in page(cast["owner"], "/")
    assert not waits(cast["siro"], "acceptance_refused")
    assert not waits(cast["other_owner"], "acceptance_refused")
    ask(risk, reason="The fix is tested", by=cast["owner"])
    assert not waits(cast["owner"], "acceptance_refused")


@pytest.mark.parametrize("act", ["score", "treat", "close", "accept"])
def test_a_refusal_waits_no_longer_once_it_is_acted_on(cast, risk, act):
    refuse(risk, cast["siro"])
    if act == "score":
        score(risk, 2, 2, by=cast["ig_officer"], on=today())
    elif act == "treat":
        Risk.objects.filter(pk=risk.pk).update(treatment="terminate")
    elif act == "close":
        Risk.objects.filter(pk=risk.pk).update(state="closed")
    else:
        answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    assert not waits(cast["owner"], "acceptance_refused")


def test_an_acceptance_is_told_to_the_owner_for_two_weeks(cast, risk):
    answer(risk, "accepted", seen=before(risk).token, until=UNTIL, reason="x", by=cast["siro"])
    (waiting,) = waits(cast["owner"], "acceptance_given")
    assert waiting.references == (risk.reference,)
    with time_machine.travel(today() + timedelta(days=16), tick=False):
        assert not waits(known(cast["owner"], cast["owner"].post), "acceptance_given")
