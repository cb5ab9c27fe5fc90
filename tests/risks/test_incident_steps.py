"""From the first decision to the closing: who decides, what is asked for, and what stands as it was given."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.core.dates import today
from risks.models import Incident, IncidentCategory
from risks.services.incident import IncidentError, decide, move, report
from risks.services.incident_seen import seen_of
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory, RiskFactory, UnitFactory
from tests.people.test_races import clicked
from tests.risks.factories_incident import (
    AWARE,
    DecisionFactory,
    IncidentFactory,
    IncidentPostFactory,
    NoticeFactory,
    recipient,
    severity,
)
from tests.risks.incident_pages import decision, page_of, post, step, told

pytestmark = pytest.mark.django_db


# Deciding


def test_the_siro_decides_with_reasons_that_stand(siro):
    incident = IncidentFactory()
    assert post(siro, incident, "decide/", decision("no")).status_code == 302
    page = signed_in(siro).get(page_of(incident)).content.decode()
    assert "not to be told" in page
    assert "A risk is unlikely" in page
    assert "Not to be reported" in page


def test_nobody_decides_alone_that_their_own_report_stays_untold(ig_officer, siro):
    incident = IncidentFactory(reported_by=ig_officer)
    answer = post(ig_officer, incident, "decide/", decision("no"))
    assert "Somebody else has to decide that" in answer.context["form"].errors["tells"][0]
    assert post(ig_officer, incident, "decide/", decision("yes")).status_code == 302
    assert decide(incident, recipient(), tells=False, reason="x", by=siro).tells is False


def test_who_was_involved_decides_nothing_about_it(ig_officer, siro):
    incident = IncidentPostFactory(post=siro.post, involved=True).incident
    assert post(siro, incident, "decide/", decision("yes")).status_code == 403
    with pytest.raises(IncidentError, match="Somebody else"):
        decide(incident, recipient(), tells=True, reason="x", by=siro)
    assert ig_officer.has_perm("risks.decide_incident", incident)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"reason": " "}, "reason"), ({"tells": ""}, "tells"), ({"recipient": "0"}, "recipient")],
)
def test_a_decision_says_about_whom_what_and_why(siro, said, field):
    incident = IncidentFactory()
    answer = post(siro, incident, "decide/", decision("no") | said)
    assert field in answer.context["form"].errors
    assert not incident.incidentdecisions.exists()


def test_the_scheme_prompts_and_decides_nothing(ig_officer):
    incident = IncidentFactory(severity=severity(3), severity_reason="Many", vulnerable_people=True)
    page = signed_in(ig_officer).get(page_of(incident)).content.decode()
    for words in (
        "such an incident is reported",
        "the people concerned are told as well",
        "72 hours are over",
    ):
        assert words in page
    assert not incident.incidentdecisions.exists()


# Telling


def test_a_late_notification_asks_for_its_reason(ig_officer):
    incident, late = IncidentFactory(), AWARE + timedelta(hours=73)
    late_on_the_dial = told(late, at_hour="", at_time="18:30")  # British Summer Time began on the 27th
    answer = post(ig_officer, incident, "told/", late_on_the_dial)
    (sentence,) = answer.context["form"].errors["late_reason"]
    assert sentence == "Say why it was reported late: the 72 hours ended on 28 March 2016 at 17:30"
    given = late_on_the_dial | {"late_reason": "Nobody was there"}
    assert post(ig_officer, incident, "told/", given).status_code == 302
    page = signed_in(ig_officer).get(page_of(incident)).content.decode()
    assert "Why after the 72 hours: Nobody was there" in page
    assert "Reported late" in page


def test_no_reason_is_asked_for_what_came_in_time_or_is_no_report_to_the_regulator(ig_officer):
    incident = IncidentFactory()
    assert post(ig_officer, incident, "told/", told()).status_code == 302
    later = AWARE + timedelta(days=9)
    for said in ({"recipient": recipient("police").pk}, {"kind": "received"}):
        assert post(ig_officer, incident, "told/", told(later, **said)).status_code == 302
    assert incident.incidentnotices.count() == 3


def test_an_entry_is_put_right_by_another_and_both_stay(ig_officer):
    wrong = NoticeFactory(words="By telephone")
    address = f"told/{wrong.pk}/"
    assert "By telephone" in signed_in(ig_officer).get(page_of(wrong.incident, address)).content.decode()
    assert post(ig_officer, wrong.incident, address, told(words="By the form")).status_code == 302
    page = signed_in(ig_officer).get(page_of(wrong.incident)).content.decode()
    assert "By telephone" in page
    assert "Put right: Notified" in page
    assert post(ig_officer, wrong.incident, address, told()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_four_who_put_one_entry_right_at_once_one_does(ig_officer):
    wrong = NoticeFactory()
    typed = told(seen=seen_of(wrong.incident))
    happened = clicked(ig_officer, page_of(wrong.incident, f"told/{wrong.pk}/"), typed)
    assert happened[302] == 1
    assert set(happened) <= {200, 302, 404}
    assert wrong.incident.incidentnotices.count() == 2


def test_the_regulators_letters_are_recorded_after_the_closing_too(ig_officer):
    incident = IncidentFactory(state="closed", closed_at=AWARE, ready_to_close=True)
    given = told(kind="received", words="No further action", their_reference="IC-123")
    assert post(ig_officer, incident, "told/", given).status_code == 302
    assert "Their reference: IC-123" in signed_in(ig_officer).get(page_of(incident)).content.decode()


# Notes


@pytest.mark.parametrize(("role", "as_advice"), [("dpo", True), ("ig_officer", False)])
def test_what_the_data_protection_officer_writes_is_advice(cast, role, as_advice):
    incident = IncidentFactory()
    assert post(cast[role], incident, "note/", {"words": "Tell the tenants"}).status_code == 302
    assert incident.incidentnotes.get().as_advice is as_advice


def test_whoever_reported_it_adds_what_they_learn(outsider):
    incident = IncidentFactory(reported_by=outsider)
    assert post(outsider, incident, "note/", {"words": "It has come back"}).status_code == 302
    assert "It has come back" in signed_in(outsider).get(page_of(incident)).content.decode()


# Steps


def test_it_is_taken_up_by_a_post_closed_and_opened_again(ig_officer):
    handler = PostFactory()
    incident = IncidentFactory(state="reported", ready_to_close=True, near_miss=True)
    assert post(ig_officer, incident, "step/", step("open", owner=handler.pk)).status_code == 302
    assert post(ig_officer, incident, "step/", step("closed")).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, incident.owner) == ("closed", handler)
    assert incident.closed_at.date() >= today() - timedelta(days=1)
    assert signed_in(ig_officer).get(page_of(incident, "edit/what/")).status_code == 403
    assert post(ig_officer, incident, "step/", step("open")).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, incident.closed_at) == ("open", None)


def test_it_is_not_closed_while_anything_is_to_be_done_or_said(ig_officer):
    incident = IncidentFactory(confidentiality=False)
    answer = post(ig_officer, incident, "step/", step("closed"))
    (sentence,) = answer.context["form"].errors["to"]
    for words in ("whether the ICO is told", "which types", "severity", "what caused it", "what was learnt"):
        assert words in sentence
    DecisionFactory(incident=incident)
    with pytest.raises(IncidentError) as refused:
        move(incident, "closed", by=ig_officer, reason="x")
    assert "ICO" not in str(refused.value)


@pytest.mark.parametrize("to", ["reported", "closed", "lost", "\x00"])
def test_a_step_that_does_not_follow_is_none(ig_officer, to):
    incident = IncidentFactory(state="reported")
    assert post(ig_officer, incident, "step/", step(to)).status_code in (200, 400)
    incident.refresh_from_db()
    assert incident.state == "reported"


def test_what_was_entered_in_error_stays_readable_and_is_off_the_log(ig_officer):
    incident = IncidentFactory()
    assert post(ig_officer, incident, "step/", step("withdrawn")).status_code == 302
    browser = signed_in(ig_officer)
    assert incident.reference not in browser.get("/risks/incidents/").content.decode()
    assert incident.reference in browser.get("/risks/incidents/?state=withdrawn").content.decode()
    assert browser.get(page_of(incident, "told/")).status_code == 403


# Links


def test_assets_risks_and_posts_are_named_once_and_taken_off_again(ig_officer):
    incident, asset, risk, needs = IncidentFactory(), AssetFactory(), RiskFactory(), PostFactory()
    named = {
        "assets": ({"asset": asset.reference.lower()}, asset),
        "risks": ({"risk": risk.reference, "part": "rescored"}, risk),
        "posts": ({"post": needs.pk, "why": "Answers for it"}, needs),
    }
    for kind, (given, thing) in named.items():
        assert post(ig_officer, incident, f"{kind}/add/", given).status_code == 302
        again = post(ig_officer, incident, f"{kind}/add/", given)
        assert "named already" in again.content.decode()
        assert str(thing) in signed_in(ig_officer).get(page_of(incident)).content.decode()
        rows = {"assets": "asset_links", "risks": "risk_links", "posts": "post_links"}[kind]
        (link,) = getattr(incident, rows).all()
        assert post(ig_officer, incident, f"{kind}/{link.pk}/off/", {}).status_code == 302
        assert not getattr(incident, rows).exists()


def test_an_asset_or_risk_that_there_is_not_is_refused_in_words(ig_officer):
    incident = IncidentFactory()
    for kind, given in (("assets", {"asset": "IA-9999"}), ("risks", {"risk": "IR-9999", "part": "named"})):
        answer = post(ig_officer, incident, f"{kind}/add/", given)
        assert "that you may open" in answer.content.decode()


def test_what_names_an_incident_shows_it_to_those_who_may_see_it(ig_officer, owner):
    incident = IncidentFactory(title="A stick on a bus")
    for kind, given in (
        ("assets", {"asset": owner.asset.reference}),
        ("risks", {"risk": owner.risk.reference, "part": "raised"}),
    ):
        post(ig_officer, incident, f"{kind}/add/", given)
    address = reverse("actions:add_incident", args=[owner.action.reference])
    assert signed_in(ig_officer).post(address, {"incident": incident.reference}).status_code == 302
    assert (
        "that you may open"
        in signed_in(owner).post(address, {"incident": incident.reference}).content.decode()
    )
    for thing in (owner.asset, owner.risk, owner.action):
        page = signed_in(ig_officer).get(thing.get_absolute_url()).content.decode()
        assert "A stick on a bus" in page, thing
        hidden = signed_in(owner).get(thing.get_absolute_url()).content.decode()
        assert "A stick on a bus" not in hidden, thing
        assert incident.reference not in hidden, thing
    assert str(owner.action) in signed_in(ig_officer).get(page_of(incident)).content.decode()


def test_an_incident_is_reported_under_the_post_in_which_somebody_is_for_that_service(ig_officer):
    made = report(Incident(what_happened="Seen", unit=UnitFactory(), discovered_at=AWARE), by=ig_officer)
    assert made.reported_post == ig_officer.post.title
    assert IncidentCategory.objects.filter(code="email").exists()
