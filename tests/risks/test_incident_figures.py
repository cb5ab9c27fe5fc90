"""Incidents counted: as tiles, broken down, of a past day, and waiting for those who act."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.core.dates import today
from governance.dashboards.handing import held
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from governance.reminders.representations import waiting_for
from risks.figures import incident as figures
from risks.models import Clock, Incident
from risks.representations.incident_clock import open_clocks_of
from risks.services.incident_figures import broken_down, shown
from tests.cast import known, signed_in
from tests.risks.factories_incident import (
    AWARE,
    HOUR,
    DecisionFactory,
    IncidentFactory,
    NoticeFactory,
    severity,
)
from tests.risks.passing import Passing

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_kind():
    """One of each way that an incident can go."""
    made = {
        "overdue": IncidentFactory(integrity=True, availability=False, near_miss=False),
        "running": IncidentFactory(aware_at=datetime.now(UTC) - HOUR, state="reported"),
        "in time": NoticeFactory(
            incident=IncidentFactory(severity=severity(2), severity_reason="x", special_category=True)
        ).incident,
        "late": NoticeFactory(at=AWARE + 80 * HOUR, late_reason="x").incident,
        "not told": DecisionFactory().incident,
        "near miss": IncidentFactory(
            near_miss=True, ready_to_close=True, confidentiality=False, availability=True
        ),
        "withdrawn": IncidentFactory(state="withdrawn"),
    }
    DecisionFactory(incident=made["late"], tells=True)
    return made


EXPECTED = {
    "incidents.total": {"overdue", "running", "in time", "late", "not told", "near miss"},
    "incidents.open_clocks": {"overdue", "running"},
    "incidents.overdue": {"overdue"},
    "incidents.reportable": {"in time", "late"},
    "incidents.reported_in_time": {"in time"},
    "incidents.reported_late": {"late"},
    "incidents.not_reported": {"not told"},
    "incidents.confidentiality": {"overdue", "running", "in time", "late", "not told"},
    "incidents.integrity": {"overdue"},
    "incidents.availability": {"near miss"},
    "incidents.type_not_recorded": {"running", "in time", "late", "not told"},
    "incidents.special_category": {"in time"},
    "incidents.special_category_not_recorded": {"overdue", "running", "late", "not told"},
    "incidents.near_misses": {"near miss"},
    "incidents.near_miss_not_recorded": {"running", "in time", "late", "not told"},
    "incidents.not_taken_up": {"running"},
}


def test_every_figure_counts_what_its_definition_says(every_kind):
    assert {key for key in FIGURES if key.startswith("incidents.")} == set(EXPECTED)
    names = {incident.pk: name for name, incident in every_kind.items()}
    for key, wanted in EXPECTED.items():
        rows = FIGURES[key].rows(Moment.now(), Scope())
        assert {names[row.id] for row in rows} == wanted, key


def test_the_tiles_say_what_the_figures_say_in_one_query(every_kind, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted = figures.tallies(Moment.now(), Scope())
    assert counted == {key: FIGURES[key].value(Moment.now(), Scope()) for key in counted}
    assert set(counted) == {figures.total.key, *(part.key for part in figures.TILES)}


def test_a_scope_counts_the_incidents_of_its_services(every_kind):
    unit = every_kind["late"].unit.code
    assert figures.total.value(Moment.now(), Scope(units=(unit,))) == 1


def test_every_number_that_is_broken_down_opens_as_many_rows(every_kind, siro):
    browser = signed_in(siro)
    tables = broken_down(Moment.now(), Scope())
    assert [sum(row.number for row in table.rows) for table in tables] == [6] * 5
    for row in (row for table in tables for row in table.rows if row.href):
        page = browser.get(row.href)
        assert page.context["value"] == row.number, row
        assert page.context["hidden"] == 0
    assert {tile.value for tile in shown(Moment.now(), Scope())} == {5, 4, 2, 1}
    assert browser.get("/risks/incidents/figures/").status_code == 200


def test_a_month_is_that_of_london():
    IncidentFactory(aware_at=datetime(2016, 5, 31, 23, 30, tzinfo=UTC))
    assert figures.total.by(Moment.now(), Scope(), "month") == {"2016-06": 1}


def test_a_past_day_is_counted_by_what_stood_then(owner_connection):
    time = Passing(owner_connection)
    incident = IncidentFactory(near_miss=True)
    time.days(30)
    Incident.objects.filter(pk=incident.pk).update(near_miss=False)
    time.days(20)
    for ago, counted in ((40, (0, 0)), (25, (1, 1)), (10, (1, 0)), (0, (1, 0))):
        moment = days_ago(ago)
        values = figures.total.value(moment, Scope()), figures.near_misses.value(moment, Scope())
        assert values == counted, ago


def test_the_clock_of_a_past_day_reads_what_was_known_by_then(owner_connection):
    time = Passing(owner_connection)
    told, decided = IncidentFactory(), IncidentFactory()
    time.days(30)
    notice = NoticeFactory(incident=told)
    DecisionFactory(incident=decided)
    time.days(20)
    DecisionFactory(incident=decided, tells=True)
    NoticeFactory(incident=told, corrects=notice, at=AWARE + 80 * HOUR, late_reason="Read wrongly")
    time.days(10)
    expected = {
        40: ("", ""),
        25: (Clock.OVERDUE, Clock.OVERDUE),
        15: (Clock.IN_TIME, Clock.NOT_TOLD),
        5: (Clock.LATE, Clock.OVERDUE),
        0: (Clock.LATE, Clock.OVERDUE),
    }
    for ago, clocks in expected.items():
        found = dict(figures.total.rows(days_ago(ago), Scope()).values_list("id", "clock"))
        assert (found.get(told.pk, ""), found.get(decided.pk, "")) == clocks, ago
        counted = figures.tallies(days_ago(ago), Scope())
        assert counted[figures.overdue.key] == clocks.count(Clock.OVERDUE), ago
        assert counted == {key: FIGURES[key].value(days_ago(ago), Scope()) for key in counted}


def days_ago(number):
    """That day, as known at its end."""
    day = today() - timedelta(days=number)
    return Moment.of(day, day)


@pytest.mark.parametrize("number", [10, 200])
def test_the_log_takes_at_most_twelve_queries(ig_officer, number, django_assert_max_num_queries):
    for _ in range(number // 10):
        IncidentFactory.create_batch(10, severity=severity(1), severity_reason="x")
    browser = signed_in(ig_officer)
    with django_assert_max_num_queries(12 + 2):
        assert browser.get("/risks/incidents/").status_code == 200


def test_an_open_clock_waits_on_home_and_in_the_mail_for_those_who_act(cast, every_kind):
    for who, waits in (
        ("ig_officer", True),
        ("dpo", True),
        ("siro", False),
        ("imsg_member", False),
        ("owner", False),
    ):
        person = known(cast[who], cast[who].post)
        assert {row.id for row in open_clocks_of(person)} == (
            {every_kind["overdue"].pk, every_kind["running"].pk} if waits else set()
        ), who
        assert ("clocks" in [each.kind for each in waiting_for(person)]) is waits
    page = signed_in(cast["dpo"]).get("/").content.decode()
    assert every_kind["running"].reference in page
    assert "70 hours left" in page or "71 hours left" in page


def test_the_mail_says_how_many_and_nothing_of_what_happened(ig_officer):
    IncidentFactory(title="A stick on a bus")
    (waiting,) = [each for each in waiting_for(ig_officer) if each.kind == "clocks"]
    assert waiting.words.startswith("1 incident with an open 72-hour clock (IN-")
    assert "bus" not in waiting.words
    assert waiting.path == "/risks/incidents/?clock=clock_running&clock=clock_overdue"


def test_whoever_handles_one_finds_its_clock_and_hands_it_over_without_its_title(outsider):
    incident = IncidentFactory(owner=outsider.post, title="A stick on a bus")
    IncidentFactory()
    assert [row.id for row in open_clocks_of(outsider)] == [incident.pk]
    (part,) = held(outsider.post, by=outsider)
    assert [words for words, _ in part.entries] == [f"{incident.reference}, for those who need to know"]


def test_the_log_is_filtered_by_clock_type_severity_and_near_miss(every_kind, ig_officer):
    browser = signed_in(ig_officer)
    for query, wanted in (
        ("clock=clock_running&clock=clock_overdue", {"overdue", "running"}),
        ("type=integrity", {"overdue"}),
        (f"severity={severity(2).pk}", {"in time"}),
        ("near=on", {"near miss"}),
        ("state=withdrawn", {"withdrawn"}),
        ("q=tenants&type=availability", {"near miss"}),
    ):
        listed = browser.get(f"/risks/incidents/?{query}").context["listed"]
        assert {each.reference for each in listed.page} == {every_kind[name].reference for name in wanted}, (
            query
        )
