"""What is recorded of an incident keeps its time and its meaning, whatever lists say afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.history.timeline import timeline
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
    severity,
)
from tests.risks.incident_pages import page_of, post, told
from tests.risks.refused import refused_by
from tests.risks.test_incident_clock import clock_of

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2016, 1, 1, tzinfo=UTC)


def another_regulator():
    """The council moves the tick to another body, before any incident names either."""
    for code, is_one in (("ico", False), ("police", True)):
        entry = recipient(code)
        entry.is_regulator = is_one
        entry.save()


# Another regulator


def test_the_72_hours_apply_to_whom_the_list_says_when_it_is_recorded():
    another_regulator()
    assert clock_of(NoticeFactory(recipient=recipient("police")).incident) == "told_in_time"
    assert clock_of(DecisionFactory(recipient=recipient("police")).incident) == "not_to_tell"
    assert clock_of(NoticeFactory().incident) == "clock_overdue"


@pytest.mark.parametrize("names", [NoticeFactory, DecisionFactory])
@pytest.mark.parametrize(("code", "is_one"), [("ico", False), ("police", True)])
def test_whether_the_72_hours_apply_stays_as_it_is_once_an_incident_names_the_recipient(names, code, is_one):
    """Or incidents of the past would be read by another law, and those that run would lose their clock."""
    names(recipient=recipient(code))
    recipient("ico").__class__.objects.filter(code="ico").exclude(code=code).update(is_regulator=False)
    entry = recipient(code)
    entry.is_regulator = is_one
    with pytest.raises(ValidationError, match="stays as it is"):
        entry.full_clean()
    with refused_by("incident_recipient_in_use_keeps_its_clock"):
        entry.save()
    entry.is_regulator = not is_one
    entry.name = "Information Commission"
    entry.save()


@pytest.mark.parametrize("state", ["reported", "open", "closed"])
def test_what_a_severity_prompts_stays_as_it_is_while_open_incidents_are_rated_so(state):
    closed = {"state": "closed", "closed_at": AWARE, "ready_to_close": True} if state == "closed" else {}
    IncidentFactory(**({"state": state} | closed | {"severity": severity(2), "severity_reason": "x"}))
    entry = severity(2)
    entry.prompts_people = True
    if state == "closed":
        entry.full_clean()
        entry.save()
        return
    with pytest.raises(ValidationError, match="Open incidents are rated so"):
        entry.full_clean()
    with refused_by("incident_severity_in_use_keeps_its_prompts"):
        entry.save()


@pytest.mark.parametrize(
    ("kind", "entry", "field"),
    [
        ("incidentrecipient", lambda: recipient("police"), "is_regulator"),
        ("incidentseverity", lambda: severity(1), "prompts_regulator"),
        ("incidentseverity", lambda: severity(1), "prompts_people"),
    ],
)
@pytest.mark.parametrize(
    ("role", "may"), [("ig_officer", True), ("records_manager", False), ("administrator", False)]
)
def test_only_information_governance_officers_start_or_stop_a_clock_by_a_list(
    cast, role, may, kind, entry, field
):
    found = entry()
    type(found).objects.filter(**{field: True}).update(**{field: False})
    page = f"/assets/lists/{kind}/{found.pk}/edit/"
    browser = signed_in(cast[role])
    assert (field in browser.get(page).context["form"].fields) is may
    said = {"name": found.name, "position": found.position, field: "on", "change_reason": "Agreed in March"}
    browser.post(page, said | {"seen_version": found.standing_version()})
    found.refresh_from_db()
    assert getattr(found, field) is may
    new = f"/assets/lists/{kind}/new/"
    assert (field in browser.get(new).context["form"].fields) is may
    if may:
        assert timeline(found)[0].why == "Agreed in March"


def test_a_recipient_in_use_is_refused_on_its_page_in_words_and_nothing_typed_is_lost(ig_officer):
    NoticeFactory()
    ico = recipient()
    said = {"name": "Information Commission", "position": 1, "change_reason": "A new Act"}
    page = f"/assets/lists/incidentrecipient/{ico.pk}/edit/"
    form = signed_in(ig_officer).post(page, said | {"seen_version": ico.standing_version()}).context["form"]
    assert "change the name" in form.errors["is_regulator"][0]
    assert form["name"].value() == "Information Commission"


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
