"""What the database refuses of incidents, whoever writes it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from risks.models import Incident, IncidentDecision, IncidentNote, IncidentNotice
from tests.risks.factories_incident import (
    AWARE,
    HOUR,
    DecisionFactory,
    IncidentAssetFactory,
    IncidentFactory,
    IncidentPostFactory,
    IncidentRiskFactory,
    NoticeFactory,
    recipient,
    severity,
)

pytestmark = pytest.mark.django_db
CLOSED = {"state": "closed", "closed_at": AWARE, "ready_to_close": True}


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("incident_reference_is_like_in_0042", {"reference": "IR-0001"}),
        ("incident_says_what_happened", {"title": ""}),
        ("incident_says_what_happened", {"what_happened": ""}),
        ("incident_state_is_known", {"state": "lost"}),
        ("incident_is_noticed_after_it_began", {"occurred_at": AWARE + HOUR}),
        ("incident_is_known_of_once_it_is_noticed", {"discovered_at": AWARE + HOUR}),
        (
            "incident_with_special_categories_concerns_personal_data",
            {"special_category": True, "contains_personal_data": None},
        ),
        (
            "incident_with_special_categories_concerns_personal_data",
            {"special_category": True, "contains_personal_data": False},
        ),
        ("incident_is_closed_with_type_severity_cause_and_lessons", CLOSED | {"cause": ""}),
        ("incident_is_closed_with_type_severity_cause_and_lessons", CLOSED | {"lessons": ""}),
        ("incident_is_closed_with_type_severity_cause_and_lessons", CLOSED | {"severity": None}),
        ("incident_is_closed_with_type_severity_cause_and_lessons", CLOSED | {"confidentiality": False}),
        ("incident_is_closed_with_type_severity_cause_and_lessons", CLOSED | {"closed_at": None}),
        *(
            ("incident_is_closed_with_every_question_answered", CLOSED | {question: None})
            for question in ("confidentiality", "integrity", "availability", "near_miss", "special_category")
        ),
        (
            "incident_is_closed_with_every_question_answered",
            CLOSED | {"special_category": None, "contains_personal_data": None},
        ),
        ("incident_has_a_time_of_closing_only_while_closed", {"closed_at": AWARE}),
    ],
)
def test_what_no_incident_may_say(constraint, said):
    assert_refused(constraint, lambda: IncidentFactory(**said))


def test_one_that_is_closed_with_everything_said_is_taken():
    assert IncidentFactory(**CLOSED).state == "closed"


def test_special_categories_need_no_answer_where_no_personal_data_are_concerned():
    assert IncidentFactory(**CLOSED | {"special_category": None, "contains_personal_data": False}).pk


def test_a_severity_and_a_likelihood_are_rated_with_a_reason():
    incident = IncidentFactory()
    mine = Incident.objects.filter(pk=incident.pk)
    assert_refused("incident_severity_is_rated_with_a_reason", lambda: mine.update(severity=severity(1)))
    likely = Incident._meta.get_field("likelihood").related_model.objects.first()
    assert_refused("incident_likelihood_is_rated_with_a_reason", lambda: mine.update(likelihood=likely))


def test_there_is_one_regulator_for_the_72_hours():
    other = recipient("police")
    other.is_regulator = True
    assert_refused("incident_has_one_regulator", other.save)


@pytest.mark.parametrize(
    ("factory", "constraint", "said"),
    [
        (DecisionFactory, "incident_decision_gives_reasons", {"reason": ""}),
        (NoticeFactory, "incident_notice_says_something", {"words": ""}),
        (NoticeFactory, "incident_notice_kind_is_known", {"kind": "rumour"}),
        (NoticeFactory, "incident_notice_void_corrects_something", {"void": True}),
        (IncidentPostFactory, "incident_post_says_why_it_needs_to_know", {"why": ""}),
        (IncidentRiskFactory, "incident_risk_part_is_known", {"part": "caused"}),
    ],
)
def test_what_no_fact_and_no_link_may_say(factory, constraint, said):
    assert_refused(constraint, lambda: factory(**said))


def test_nobody_was_told_in_the_future():
    later = timezone.now() + timedelta(days=1)
    assert_refused("incident_notice_is_of_the_past", lambda: NoticeFactory(at=later))


def test_a_note_says_something():
    made = DecisionFactory()
    empty = IncidentNote(incident=made.incident, recorded_by=made.recorded_by, recorded_post="", words="")
    assert_refused("incident_note_says_something", empty.save)


def test_one_notice_takes_the_place_of_another_once():
    wrong = NoticeFactory()
    NoticeFactory(incident=wrong.incident, corrects=wrong)
    assert_refused("corrects", lambda: NoticeFactory(incident=wrong.incident, corrects=wrong))


@pytest.mark.parametrize(
    ("factory", "constraint", "other"),
    [
        (IncidentAssetFactory, "incident_concerns_an_asset_once", "asset"),
        (IncidentRiskFactory, "incident_names_a_risk_once", "risk"),
        (IncidentPostFactory, "incident_names_a_post_once", "post"),
    ],
)
def test_what_an_incident_names_it_names_once(factory, constraint, other):
    link = factory()
    again = {"incident": link.incident, other: getattr(link, other)}
    assert_refused(constraint, lambda: factory(**again))


def test_what_was_decided_told_or_noted_stands_as_it_was_written():
    decision, notice = DecisionFactory(), NoticeFactory()
    note = IncidentNote.objects.create(
        incident=notice.incident, recorded_by=notice.recorded_by, recorded_post="x", words="Heard nothing"
    )
    for model, fact, change in (
        (IncidentDecision, decision, {"reason": "Other"}),
        (IncidentNotice, notice, {"words": "Other"}),
        (IncidentNote, note, {"words": "Other"}),
    ):
        rows = model.objects.filter(pk=fact.pk)
        for write in (lambda rows=rows, change=change: rows.update(**change), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()
