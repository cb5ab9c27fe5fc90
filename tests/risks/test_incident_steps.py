"""From the first report to the closing: who decides, what is asked for, and what stands as it was given."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from governance.core.dates import today
from governance.history.timeline import timeline
from governance.people.models import Draft
from risks.models import Incident, IncidentCategory
from risks.services.incident import IncidentError, decide, move, report, titled
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory, RiskFactory, UnitFactory
from tests.people.test_races import clicked
from tests.risks.factories_incident import (
    AWARE,
    HOUR,
    DecisionFactory,
    IncidentFactory,
    IncidentPostFactory,
    NoticeFactory,
    recipient,
    severity,
)

pytestmark = pytest.mark.django_db
REPORT = "/risks/incidents/report/"


def parts(name, day, month, year, time):
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year, f"{name}_time": time}


def first_report(**said):
    unit = UnitFactory()
    found = {"what_happened": "A letter went to the wrong house", "unit": unit.pk, "containment": ""}
    return found | parts("discovered_at", 25, 3, 2016, "16:30") | {"contains_personal_data": "true"} | said


def page_of(incident, step=""):
    return f"{incident.get_absolute_url()}{step}"


def post(person, incident, step, given):
    return signed_in(person).post(page_of(incident, step), given)


# The first report


def test_anybody_in_a_post_reports_with_five_answers_and_finds_it_again(outsider):
    answer = signed_in(outsider).post(REPORT, first_report(), follow=True)
    incident = Incident.objects.get()
    assert answer.redirect_chain[-1][0] == incident.get_absolute_url()
    assert (incident.reference, incident.state) == ("IN-0001", "reported")
    assert incident.aware_at == incident.discovered_at == AWARE
    assert (incident.reported_by, incident.reported_post) == (outsider, outsider.post.title)
    assert incident.is_restricted
    assert incident.reference in signed_in(outsider).get("/risks/incidents/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"what_happened": " "}, "what_happened", "Answer “What happened?”"),
        ({"unit": ""}, "unit", "Answer “Which service did it happen in?”"),
        ({"discovered_at_time": ""}, "discovered_at", "must include a time"),
        ({"discovered_at_year": "2099"}, "discovered_at", "must be in the past"),
        (
            parts("discovered_at", 27, 3, 2016, "01:30"),
            "discovered_at",
            "On 27 March 2016 there was no 01:30",
        ),
        ({"contains_personal_data": "perhaps"}, "contains_personal_data", "Select a valid choice"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(outsider, typed, field, sentence):
    answer = signed_in(outsider).post(REPORT, first_report(containment="Rang them up") | typed)
    assert answer.status_code == 200
    assert Incident.objects.count() == 0
    if field != "contains_personal_data":
        assert sentence in answer.context["form"].errors[field][0]
    assert field in answer.context["form"].errors
    assert "Rang them up" in answer.content.decode()


def test_what_somebody_types_before_the_weekend_is_kept(outsider):
    browser = signed_in(outsider)
    browser.post(REPORT, first_report(what_happened="Half a sentence") | {"keep-draft": "aloud"})
    assert "Half a sentence" in browser.get(REPORT).content.decode()
    assert "Report of an incident" in browser.get("/").content.decode()
    browser.post(REPORT, first_report())
    assert not Draft.objects.exists()


def test_i_do_not_know_is_an_answer(outsider):
    signed_in(outsider).post(REPORT, first_report(contains_personal_data=""))
    incident = Incident.objects.get()
    assert incident.contains_personal_data is None
    assert "Until then the clock runs" in signed_in(outsider).get(page_of(incident)).content.decode()


def test_a_long_report_gets_a_short_title_that_ends_with_a_word():
    assert titled("A letter\nwent astray") == "A letter went astray"
    long = titled("word " * 40)
    assert len(long) <= 81
    assert long.endswith("word…")


@pytest.mark.django_db(transaction=True)
def test_four_who_report_at_once_get_four_references(ig_officer):
    assert clicked(ig_officer, REPORT, first_report()) == {302: 4}
    assert sorted(Incident.objects.values_list("reference", flat=True)) == [
        "IN-0001", "IN-0002", "IN-0003", "IN-0004"
    ]  # fmt: skip


# Sections


def test_a_section_is_changed_with_a_reason_that_stands_in_the_history_with_the_times(ig_officer):
    incident = IncidentFactory()
    given = (
        parts("occurred_at", 24, 3, 2016, "9:00")
        | parts("discovered_at", 25, 3, 2016, "16:30")
        | parts("aware_at", 26, 3, 2016, "10:15")
        | {"seen_version": incident.standing_version(), "change_reason": "The line was down until then"}
    )
    assert post(ig_officer, incident, "edit/times/", given).status_code == 302
    incident.refresh_from_db()
    assert incident.aware_at == datetime(2016, 3, 26, 10, 15, tzinfo=UTC)
    event = timeline(incident)[0]
    assert event.why == "The line was down until then"
    changed = {change.label: (change.before, change.after) for change in event.changes}
    assert changed["When the council was aware"] == (
        "25 March 2016 at 16:30",
        "26 March 2016 at 10:15",
    )


@pytest.mark.parametrize(
    ("moved", "field", "sentence"),
    [
        (parts("occurred_at", 26, 3, 2016, "9:00"), "occurred_at", "noticed before it happened"),
        (parts("aware_at", 24, 3, 2016, "9:00"), "aware_at", "aware of it before it was noticed"),
    ],
)
def test_times_that_cannot_be_are_refused_in_words(ig_officer, moved, field, sentence):
    incident = IncidentFactory()
    same = parts("discovered_at", 25, 3, 2016, "16:30") | parts("aware_at", 25, 3, 2016, "16:30")
    given = same | moved | {"seen_version": incident.standing_version(), "change_reason": "x"}
    answer = post(ig_officer, incident, "edit/times/", given)
    assert sentence in answer.context["form"].errors[field][0]


def test_of_two_who_change_one_section_the_second_sees_both_and_of_two_sections_neither_waits(ig_officer):
    incident = IncidentFactory()
    seen = {"seen_version": incident.standing_version(), "change_reason": "Found out"}
    done = {"containment": "Fetched back", "recovery": "", "cause": "", "lessons": ""}
    assert post(ig_officer, incident, "edit/response/", done | seen).status_code == 302
    other = {"confidentiality": "on", "integrity": "on"} | seen
    assert post(ig_officer, incident, "edit/type/", other).status_code == 302
    answer = post(ig_officer, incident, "edit/response/", done | {"containment": "Burnt"} | seen)
    assert answer.status_code == 409
    assert "Fetched back" in answer.content.decode()
    incident.refresh_from_db()
    assert (incident.containment, incident.integrity) == ("Fetched back", True)


def test_a_severity_is_rated_with_a_reason_and_special_categories_are_personal_data(ig_officer):
    incident = IncidentFactory(contains_personal_data=None)
    seen = {"seen_version": incident.standing_version(), "change_reason": "x"}
    rated = {"severity": severity(2).pk, "severity_reason": "", "likelihood": "", "likelihood_reason": ""}
    answer = post(ig_officer, incident, "edit/severity/", rated | seen)
    assert answer.context["form"].errors["severity_reason"] == ["Say why it is of that severity"]
    answer = post(ig_officer, incident, "edit/people/", {"special_category": "on"} | seen)
    assert "are personal data" in answer.context["form"].errors["special_category"][0]


def test_a_section_that_there_is_not_is_no_page(ig_officer):
    assert signed_in(ig_officer).get(page_of(IncidentFactory(), "edit/secrets/")).status_code == 404
    assert signed_in(ig_officer).get(page_of(IncidentFactory(), "secrets/add/")).status_code == 404


# Deciding


def decision(tells, **said):
    return {"recipient": recipient().pk, "tells": tells, "reason": "A risk is unlikely"} | said


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


def told(at=AWARE + HOUR, **said):
    typed = parts("at", at.day, at.month, at.year, f"{at:%H:%M}")
    return {"recipient": recipient().pk, "kind": "told", "words": "By the form"} | typed | said


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
    happened = clicked(ig_officer, page_of(wrong.incident, f"told/{wrong.pk}/"), told())
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


def step(to, **said):
    return {"to": to, "reason": "It is time", "owner": ""} | said


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
    for words in ("whether the ICO is told", "which type", "severity", "what caused it", "what was learnt"):
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
