"""The first report of an incident, and saying the rest section by section."""

from datetime import UTC, datetime

import pytest

from governance.history.timeline import timeline
from governance.people.models import Draft
from risks.models import Incident
from risks.services.incident import titled
from tests.cast import signed_in
from tests.people.test_races import clicked
from tests.risks.factories_incident import (
    AWARE,
    IncidentFactory,
    severity,
)
from tests.risks.incident_pages import REPORT, first_report, page_of, parts, post

pytestmark = pytest.mark.django_db


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
    other = {"confidentiality": "true", "integrity": "true", "availability": ""} | seen
    assert post(ig_officer, incident, "edit/type/", other).status_code == 302
    answer = post(ig_officer, incident, "edit/response/", done | {"containment": "Burnt"} | seen)
    assert answer.status_code == 409
    assert "Fetched back" in answer.content.decode()
    incident.refresh_from_db()
    assert (incident.containment, incident.integrity, incident.availability) == ("Fetched back", True, None)


def test_a_severity_is_rated_with_a_reason_and_special_categories_are_personal_data(ig_officer):
    incident = IncidentFactory(contains_personal_data=None)
    seen = {"seen_version": incident.standing_version(), "change_reason": "x"}
    rated = {"severity": severity(2).pk, "severity_reason": "", "likelihood": "", "likelihood_reason": ""}
    answer = post(ig_officer, incident, "edit/severity/", rated | seen)
    assert answer.context["form"].errors["severity_reason"] == ["Say why it is of that severity"]
    answer = post(ig_officer, incident, "edit/people/", {"special_category": "true"} | seen)
    assert "are personal data" in answer.context["form"].errors["special_category"][0]


def test_a_section_that_there_is_not_is_no_page(ig_officer):
    assert signed_in(ig_officer).get(page_of(IncidentFactory(), "edit/secrets/")).status_code == 404
    assert signed_in(ig_officer).get(page_of(IncidentFactory(), "secrets/add/")).status_code == 404
