"""Who decides that nobody is told sees what that rests on, and says so where it is not recorded."""

import pytest

from risks.models import IncidentDecision, IncidentLikelihood
from risks.representations.incident_weighed import not_weighed, weighed
from risks.services.incident import decide
from tests.cast import signed_in
from tests.risks.factories_incident import IncidentFactory, recipient, severity
from tests.risks.incident_pages import decision, page_of, post

pytestmark = pytest.mark.django_db


def likelihood():
    return IncidentLikelihood.objects.order_by("pk")[0]


def unknown(**said):
    return IncidentFactory(confidentiality=None, **said)


def test_the_page_says_what_is_recorded_and_asks_for_the_rest(siro):
    incident = IncidentFactory(severity=severity(1), severity_reason="Nobody opened it")
    page = signed_in(siro).get(page_of(incident, "decide/")).content.decode()
    assert "Type: confidentiality. " in page
    assert f"Severity: {incident.severity}. Likelihood of harm: not recorded" in page
    assert "I decide that without knowing the likelihood of harm" in page


def test_not_to_tell_without_it_is_refused_and_nothing_typed_is_lost(siro):
    incident = unknown()
    answer = post(siro, incident, "decide/", decision("no", without=""))
    form = answer.context["form"]
    assert form.errors["without"] == [
        "Record the type, severity and likelihood of harm first, or say that you decide without knowing"
    ]
    assert "A risk is unlikely" in answer.content.decode()
    assert not IncidentDecision.objects.exists()


def test_people_decide_all_the_same_where_they_say_so(siro):
    incident = unknown()
    assert post(siro, incident, "decide/", decision("no")).status_code == 302
    assert incident.incidentdecisions.get().tells is False


def test_what_was_missing_then_stays_with_the_decision_and_is_told_with_it(siro):
    incident = unknown()
    post(siro, incident, "decide/", decision("no"))
    incident.severity, incident.severity_reason = severity(1), "Nobody opened it"
    incident.save()
    missing = "type, severity and likelihood of harm"
    assert incident.incidentdecisions.get().unknown == missing
    page = signed_in(siro).get(page_of(incident)).content.decode()
    assert f"Decided without knowing the {missing}" in page


def test_whoever_decides_keeps_what_was_missing_and_to_tell_keeps_nothing(siro):
    incident = unknown(severity=severity(1), severity_reason="x")
    for tells, missing in ((False, "type and likelihood of harm"), (True, "")):
        made = decide(incident, recipient(), tells=tells, reason="As things stand", by=siro)
        assert made.unknown == missing


def test_to_tell_needs_no_word_of_it(siro):
    incident = unknown()
    assert post(siro, incident, "decide/", decision("yes", without="")).status_code == 302


def test_where_everything_is_recorded_nothing_more_is_asked(siro):
    incident = IncidentFactory(
        severity=severity(1), severity_reason="x", likelihood=likelihood(), likelihood_reason="x"
    )
    assert "without" not in signed_in(siro).get(page_of(incident, "decide/")).context["form"].fields
    assert post(siro, incident, "decide/", decision("no", without="")).status_code == 302


@pytest.mark.parametrize("said", [{"contains_personal_data": False}, {"near_miss": True}])
def test_nor_without_personal_data_or_of_a_near_miss(said):
    assert not_weighed(unknown(**said)) == []


def test_a_type_that_was_answered_with_no_is_recorded():
    incident = IncidentFactory(confidentiality=False, integrity=False, availability=False)
    assert weighed(incident)[0] == ("Type", "none of the three")
    assert weighed(unknown())[0] == ("Type", "not recorded")
