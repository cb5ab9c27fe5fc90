"""What is recorded of an incident keeps its time and its meaning, whatever lists say afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from risks.models import AcceptanceRequest, Incident, IncidentNote, IncidentNotice
from risks.services.incident import IncidentError, note, record_notice
from tests.cast import signed_in
from tests.factories import RiskFactory
from tests.risks.factories_incident import (
    AWARE,
    HOUR,
    DecisionFactory,
    IncidentAssetFactory,
    IncidentFactory,
    IncidentRiskFactory,
    NoticeFactory,
    recipient,
)
from tests.risks.incident_pages import page_of, post, told
from tests.risks.refused import refused_by
from tests.risks.test_incident_clock import clock_of

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2016, 1, 1, tzinfo=UTC)


def another_regulator():
    """The council moves the tick to another body."""
    for code, is_one in (("ico", False), ("police", True)):
        entry = recipient(code)
        entry.is_regulator = is_one
        entry.save()


# Another regulator


def test_another_regulator_re_values_no_past_incident():
    told_once, not_told, other = NoticeFactory().incident, DecisionFactory().incident, IncidentFactory()
    NoticeFactory(incident=other, recipient=recipient("police"))
    another_regulator()
    assert [clock_of(each) for each in (told_once, not_told)] == ["told_in_time", "not_to_tell"]
    assert clock_of(other) == "clock_overdue"
    assert clock_of(NoticeFactory(recipient=recipient("police")).incident) == "told_in_time"
    assert clock_of(NoticeFactory().incident) == "clock_overdue"


def test_what_puts_a_notice_right_is_to_whom_that_was_then(ig_officer):
    wrong = NoticeFactory(at=AWARE + 80 * HOUR, late_reason="Nobody was there")
    another_regulator()
    late = {"incident": wrong.incident, "recipient": recipient(), "kind": "told", "words": "By the form"}
    at = AWARE + 79 * HOUR
    with pytest.raises(IncidentError, match="Say why it was reported late"):
        record_notice(IncidentNotice(at=at, corrects=wrong, **late), by=ig_officer)
    record_notice(IncidentNotice(at=at, corrects=wrong, late_reason="So it was", **late), by=ig_officer)
    assert clock_of(wrong.incident) == "told_late"


# Times


@pytest.mark.parametrize("kind", ["told", "received"])
def test_nobody_is_told_before_it_is_noticed_though_somebody_may_write(ig_officer, kind):
    incident = IncidentFactory()
    answer = post(ig_officer, incident, "told/", told(AWARE - timedelta(days=365), kind=kind))
    if kind == "received":
        assert answer.status_code == 302
        return
    (sentence,) = answer.context["form"].errors["at"]
    noticed = "on 25 March 2016 at 16:30"
    assert sentence == f"Nobody can have been told before the incident was noticed, {noticed}"
    assert clock_of(incident) == "clock_overdue"
    with refused_by("incident_notice_is_after_it_is_noticed"):
        NoticeFactory(incident=incident, at=AWARE - HOUR)
    assert NoticeFactory(incident=incident, at=AWARE).pk


def test_a_minute_to_come_is_refused_in_words(ig_officer):
    soon = timezone.now() + timedelta(seconds=50)
    said = {"incident": IncidentFactory(), "recipient": recipient(), "kind": "sent", "words": "x"}
    with pytest.raises(IncidentError, match="must be in the past") as refused:
        record_notice(IncidentNotice(at=soon, **said), by=ig_officer)
    assert refused.value.field == "at"


def test_a_notice_takes_the_place_of_one_of_its_own_incident():
    wrong = NoticeFactory()
    with refused_by("incident_notice_corrects_one_of_the_same_incident"):
        NoticeFactory(corrects=wrong)
    assert clock_of(wrong.incident) == "told_in_time"


def test_what_is_recorded_is_recorded_now_whoever_writes_it(ig_officer):
    began = timezone.now() - timedelta(seconds=5)
    by = {"recorded_by": ig_officer, "recorded_at": LONG_AGO}
    facts = [
        DecisionFactory(recorded_at=LONG_AGO),
        NoticeFactory(recorded_at=LONG_AGO),
        IncidentNote.objects.create(incident=IncidentFactory(), recorded_post="x", words="x", **by),
        AcceptanceRequest.objects.create(risk=RiskFactory(), recorded_as="x", reason="x", **by),
    ]
    for fact in facts:
        fact.refresh_from_db()
        assert began < fact.recorded_at < timezone.now() + timedelta(seconds=5), fact


# Notes


def test_nothing_is_noted_with_what_was_closed_meanwhile(ig_officer):
    open_page = IncidentFactory(ready_to_close=True)
    Incident.objects.filter(pk=open_page.pk).update(state="closed", closed_at=AWARE)
    with pytest.raises(IncidentError, match="is closed: nothing is noted") as refused:
        note(open_page, "It came back", by=ig_officer)
    assert refused.value.field == "words"
    assert not open_page.incidentnotes.exists()


# Links


def test_what_the_reader_may_not_open_is_counted_beside_what_they_may(owner):
    incident = IncidentFactory(owner=owner.post)
    IncidentAssetFactory(incident=incident, asset=owner.asset)
    IncidentRiskFactory(incident=incident, risk=owner.risk)
    for _ in range(2):
        IncidentAssetFactory(incident=incident)
        IncidentRiskFactory(incident=incident)
    page = signed_in(owner).get(page_of(incident)).content.decode()
    assert str(owner.asset) in page
    assert page.count("<li>2 that you may not open</li>") == 2
