"""72 hours are hours that pass: also over the nights on which the clocks are moved."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from governance.core.dates import LONDON
from governance.figures.moment import Moment
from risks.models import Incident
from risks.models.incident_clock import deadline, is_late, left_in_words, span
from tests.risks.factories_incident import (
    AWARE,
    HOUR,
    DecisionFactory,
    IncidentFactory,
    NoticeFactory,
    recipient,
)

SECOND = timedelta(seconds=1)


def london(day, month, year, hour, minute=0, fold=0):
    return datetime(year, month, day, hour, minute, tzinfo=LONDON, fold=fold)


@pytest.mark.parametrize(
    ("aware", "ends"),
    [
        (london(10, 6, 2026, 16, 30), london(13, 6, 2026, 16, 30)),
        (london(27, 3, 2026, 16, 30), london(30, 3, 2026, 17, 30)),  # the clocks go forward on the 29th
        (london(23, 10, 2026, 16, 30), london(26, 10, 2026, 15, 30)),  # the clocks go back on the 25th
        (london(25, 10, 2026, 1, 30), london(28, 10, 2026, 0, 30)),  # still in summer time
        (london(25, 10, 2026, 1, 30, fold=1), london(28, 10, 2026, 1, 30)),  # an hour later
        (london(26, 3, 2026, 1, 30), london(29, 3, 2026, 2, 30)),  # 01:30 is left out that night
    ],
)
def test_the_deadline_is_72_hours_that_pass(aware, ends):
    assert deadline(aware) == ends
    assert (deadline(aware).hour, deadline(aware).minute) == (ends.hour, ends.minute)
    assert deadline(aware).astimezone(UTC) - aware.astimezone(UTC) == timedelta(hours=72)


@pytest.mark.parametrize("aware", [london(27, 3, 2026, 16, 30), london(23, 10, 2026, 16, 30), AWARE])
def test_the_last_second_is_in_time_and_the_next_is_late(aware):
    last = (aware.astimezone(UTC) + timedelta(hours=72)).astimezone(LONDON)
    assert not is_late(aware, last)
    assert is_late(aware, last + SECOND)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(0), "72 hours left"),
        (timedelta(hours=1, minutes=10), "70 hours left"),
        (timedelta(hours=70, minutes=59), "1 hour left"),
        (timedelta(hours=71, minutes=1), "59 minutes left"),
        (timedelta(hours=72), "0 minutes left"),
        (timedelta(hours=72, minutes=1), "over for 1 minute"),
        (timedelta(hours=74), "over for 2 hours"),
        (timedelta(days=9), "over for 6 days"),
    ],
)
def test_what_is_left_is_said_in_words(passed, words):
    assert left_in_words(AWARE, AWARE + passed) == words


def test_what_is_left_over_a_night_with_an_hour_less_is_an_hour_less_on_the_dial():
    friday, monday = london(27, 3, 2026, 17), london(30, 3, 2026, 17)
    assert left_in_words(friday, monday) == "1 hour left"
    assert span(timedelta(hours=73)) == "3 days"


def clock_of(incident, moment=None):
    return Incident.history.at(moment or Moment.now()).get(id=incident.pk).clock


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ({}, "clock_overdue"),
        ({"contains_personal_data": None}, "clock_overdue"),
        ({"contains_personal_data": False}, "no_clock"),
        ({"near_miss": True}, "no_clock"),
        ({"state": "withdrawn"}, "no_clock"),
    ],
)
def test_a_clock_runs_unless_it_is_no_breach_of_personal_data(said, clock):
    assert clock_of(IncidentFactory(**said)) == clock


@pytest.mark.django_db
def test_a_clock_of_today_runs_and_is_over_three_days_later():
    now = datetime.now(UTC)
    assert clock_of(IncidentFactory(aware_at=now - 71 * HOUR)) == "clock_running"
    assert clock_of(IncidentFactory(aware_at=now - 73 * HOUR)) == "clock_overdue"


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Pacific/Auckland"])
@pytest.mark.parametrize(
    "aware", [london(27, 3, 2026, 16, 30), london(23, 10, 2026, 16, 30), london(10, 6, 2026, 16, 30)]
)
def test_the_database_reckons_as_the_page_does_in_whatever_zone_it_is_asked(aware, zone):
    """An interval of three days, added up by a dial, would be 71 or 73 hours."""
    incidents = [IncidentFactory(aware_at=aware) for _ in range(2)]
    for incident, more in zip(incidents, (timedelta(0), SECOND), strict=True):
        at = (aware.astimezone(UTC) + 72 * HOUR + more).astimezone(UTC)
        NoticeFactory(incident=incident, at=at)
        assert is_late(aware, at) is bool(more)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE %s", [zone])
        assert [clock_of(each) for each in incidents] == ["told_in_time", "told_late"]
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")


@pytest.mark.django_db
def test_only_the_first_notification_of_the_regulator_stops_the_clock():
    incident = IncidentFactory()
    NoticeFactory(incident=incident, recipient=recipient("police"))
    NoticeFactory(incident=incident, kind="received")
    assert clock_of(incident) == "clock_overdue"
    NoticeFactory(incident=incident, at=incident.aware_at + 80 * HOUR, late_reason="Nobody was there")
    assert clock_of(incident) == "told_late"
    NoticeFactory(incident=incident)
    assert clock_of(incident) == "told_in_time"


@pytest.mark.django_db
def test_a_decision_not_to_report_stops_the_clock_until_another_takes_its_place():
    incident = IncidentFactory()
    DecisionFactory(incident=incident, recipient=recipient("people"))
    assert clock_of(incident) == "clock_overdue"
    DecisionFactory(incident=incident)
    assert clock_of(incident) == "not_to_tell"
    DecisionFactory(incident=incident, tells=True, reason="Somebody opened it after all")
    assert clock_of(incident) == "clock_overdue"


@pytest.mark.django_db
def test_a_notice_put_right_counts_as_it_was_put_right_and_one_that_never_was_counts_no_more():
    wrong = NoticeFactory(at=AWARE + 80 * HOUR)
    right = NoticeFactory(incident=wrong.incident, corrects=wrong)
    assert clock_of(wrong.incident) == "told_in_time"
    NoticeFactory(incident=wrong.incident, corrects=right, void=True)
    assert clock_of(wrong.incident) == "clock_overdue"
