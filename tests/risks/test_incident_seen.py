"""Who decides on an incident, tells of it or notes with it knows what others recorded meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from queue import Queue

import pytest
from django.db import connection, transaction

from risks.models import Incident, IncidentDecision
from risks.services.incident import decide, move, note, record_notice
from risks.services.incident_seen import MovedOnError, seen_of
from tests.cast import signed_in
from tests.dashboards.test_hand_overs_due import waits_for_a_lock
from tests.risks.factories_incident import (
    DecisionFactory,
    IncidentFactory,
    NoticeFactory,
    recipient,
    severity,
)
from tests.risks.incident_pages import decision, page_of, post, step, told

pytestmark = pytest.mark.django_db
STEPS = {
    "decide/": lambda: decision("yes"),
    "told/": told,
    "note/": lambda: {"words": "The letter has come back"},
    "step/": lambda: step("withdrawn"),
}


def by_another(incident, officer):
    """What can come to an incident while a page of it is open, and the words that then say so."""
    yield (
        lambda: DecisionFactory(incident=incident),
        "decided: Information Commissioner's Office: not to be told",
    )
    yield lambda: NoticeFactory(incident=incident), "recorded: Notified: Information Commissioner's Office"
    yield lambda: note(incident, "Heard from them", by=officer), "noted by"
    raised = {"severity": severity(3), "severity_reason": "Children are named"}
    yield (
        lambda: Incident.objects.filter(pk=incident.pk).update(**raised),
        "a section or its state was changed",
    )


def recorded(incident):
    """How much there is of it."""
    facts = (incident.incidentdecisions, incident.incidentnotices, incident.incidentnotes)
    return [each.count() for each in facts], Incident.objects.get(pk=incident.pk).state


@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("way", STEPS)
def test_what_came_since_the_page_was_opened_is_said_before_anything_is_recorded(cast, way, which):
    officer, incident = cast["ig_officer"], IncidentFactory()
    form = signed_in(officer).get(page_of(incident, way)).context["form"]
    typed = STEPS[way]() | {"seen": form["seen"].value()}
    comes, words = list(by_another(incident, cast["dpo"]))[which]
    comes()
    before = recorded(incident)
    answer = post(officer, incident, way, typed)
    (sentence,) = answer.context["form"].non_field_errors()
    assert sentence.startswith(f"{incident.reference} has changed since you opened this page: {words}")
    assert recorded(incident) == before


@pytest.mark.parametrize("way", STEPS)
def test_nothing_typed_is_lost_and_saved_again_it_is_taken(cast, way):
    officer, incident = cast["ig_officer"], IncidentFactory()
    typed = STEPS[way]() | {"seen": seen_of(incident)}
    note(incident, "Heard from them", by=cast["dpo"])
    form = post(officer, incident, way, typed).context["form"]
    for name, value in typed.items():
        if name != "seen" and not name.startswith("at_"):
            assert str(form[name].value()) == ("True" if name == "without" else str(value)), name
    again = typed | {"seen": form["seen"].value()}
    assert form["seen"].value() == seen_of(incident)
    assert post(officer, incident, way, again).status_code == 302


def test_what_is_typed_wrong_is_said_without_taking_the_later_for_seen(cast):
    officer, incident = cast["ig_officer"], IncidentFactory()
    seen = seen_of(incident)
    DecisionFactory(incident=incident)
    form = post(officer, incident, "decide/", decision("yes", reason="", seen=seen)).context["form"]
    assert set(form.errors) == {"reason"}
    assert form["seen"].value() == seen


@pytest.mark.parametrize(
    "seen", ["", "1", "x", "1-2-3", "9" * 40 + "-0-0-0", "-1-0-0-0", "²-0-0-0", "0-0-0-0"]
)
def test_a_page_that_was_made_up_is_none_that_was_seen(cast, seen):
    incident = IncidentFactory()
    answer = post(cast["ig_officer"], incident, "decide/", decision("yes", seen=seen))
    assert "has changed since you opened this page" in answer.context["form"].non_field_errors()[0]
    assert not incident.incidentdecisions.exists()


def test_where_no_page_was_shown_nothing_is_compared(cast):
    incident = IncidentFactory()
    note(incident, "x", by=cast["dpo"])
    assert decide(incident, recipient(), tells=True, reason="x", by=cast["ig_officer"]).pk
    assert move(incident, "withdrawn", by=cast["siro"], reason="x").state == "withdrawn"


def test_the_services_refuse_what_was_not_seen(cast):
    incident, officer = IncidentFactory(), cast["ig_officer"]
    seen = seen_of(incident)
    DecisionFactory(incident=incident)
    notice = NoticeFactory.build(incident=incident, recipient=recipient())
    for taken in (
        lambda: decide(incident, recipient(), tells=True, reason="x", by=officer, seen=seen),
        lambda: record_notice(notice, by=officer, seen=seen),
        lambda: note(incident, "x", by=officer, seen=seen),
        lambda: move(incident, "withdrawn", by=officer, reason="x", seen=seen),
    ):
        with pytest.raises(MovedOnError, match="not to be told"):
            taken()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_is_told_of_the_first(cast):
    incident, pids = IncidentFactory(), Queue()
    seen = seen_of(incident)

    def second():
        try:
            pids.put(_pid())
            decide(incident, recipient(), tells=False, reason="Unlikely", by=cast["siro"], seen=seen)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            decide(incident, recipient(), tells=True, reason="Likely", by=cast["ig_officer"], seen=seen)
            deciding = pool.submit(second)
            assert waits_for_a_lock(pids.get(timeout=60))
        with pytest.raises(MovedOnError, match="to be told"):
            deciding.result(timeout=60)
    assert IncidentDecision.objects.get().tells is True


def _pid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]
