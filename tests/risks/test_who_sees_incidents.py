"""Who sees an incident: those who have to know, those named, and whoever reported it. Nobody else."""

import pytest

from governance.figures.moment import Moment
from governance.people.models import Role
from risks.models import Incident
from tests.cast import play, signed_in
from tests.factories import RiskFactory
from tests.risks.factories_incident import (
    IncidentAssetFactory,
    IncidentFactory,
    IncidentPostFactory,
    IncidentRiskFactory,
)

pytestmark = pytest.mark.django_db
KNOWING = {"ig_officer", "siro", "dpo", "caldicott_guardian"}
LEARNING = {"records_manager", "imsg_member", "internal_auditor"}
EVERYBODY = sorted({str(role) for role in Role} | {"owner", "other_owner", "outsider"})
SECRET = "A memory stick with case files was left on a bus"


def seen(person):
    return set(Incident.objects.visible_to(person))


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_restricted_incident_is_seen_by_those_who_have_to_know(cast, who):
    incident = IncidentFactory()
    assert (incident in seen(cast[who])) is (who in KNOWING)
    assert cast[who].has_perm("risks.view_incident", incident) is (who in KNOWING)


@pytest.mark.parametrize("who", EVERYBODY)
def test_one_that_is_no_longer_restricted_is_also_open_to_those_who_learn_from_it(cast, who):
    incident = IncidentFactory(is_restricted=False)
    assert (incident in seen(cast[who])) is (who in KNOWING | LEARNING)


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_reported_it_sees_it_and_no_other(cast, who):
    own, other = IncidentFactory(reported_by=cast[who]), IncidentFactory()
    assert own in seen(cast[who])
    assert (other in seen(cast[who])) is (who in KNOWING)


def test_a_post_that_is_named_or_handles_it_sees_it_until_it_is_taken_off(outsider):
    named, handled = IncidentPostFactory(post=outsider.post), IncidentFactory(owner=outsider.post)
    assert seen(outsider) == {named.incident, handled}
    named.delete()
    assert seen(outsider) == {handled}


def test_neither_the_unit_nor_the_asset_nor_the_risk_gives_a_view_of_it(owner):
    manager = play("manager", Role.SERVICE_MANAGER, owner.post.unit)
    incident = IncidentFactory(unit=owner.post.unit)
    IncidentAssetFactory(incident=incident, asset=owner.asset)
    IncidentRiskFactory(incident=incident, risk=owner.risk)
    assert seen(owner) == seen(manager) == set()


def test_an_officer_for_one_service_sees_its_incidents_alone():
    here, elsewhere = IncidentFactory(), IncidentFactory()
    officer = play("officer", Role.IG_OFFICER, here.unit)
    assert seen(officer) == {here}
    assert officer.has_perm("risks.change_incident", here)
    assert not officer.has_perm("risks.count_incidents")
    assert not officer.has_perm("risks.view_incident", elsewhere)


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_figure_file_or_history_tells_others_of_it(cast, who):
    owner = cast["owner"]
    incident = IncidentFactory(title=SECRET, what_happened=SECRET, unit=owner.post.unit)
    IncidentAssetFactory(incident=incident, asset=owner.asset, note=SECRET)
    IncidentRiskFactory(incident=incident, risk=owner.risk)
    IncidentPostFactory(incident=incident, why=SECRET)
    browser = signed_in(cast[who])
    for address in (
        "/", "/risks/incidents/", "/risks/incidents/?q=stick&state=open", owner.asset.get_absolute_url(),
        owner.risk.get_absolute_url(), incident.get_absolute_url(), "/assets/", "/risks/", "/figures/",
        "/figures/incidents.total/", "/risks/incidents/?as_at=2026-11-21", "/files/risks.csv",
        "/reminders/digests/",
    ):  # fmt: skip
        answer = browser.get(address)
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = SECRET in said.decode("utf-8", "replace") or incident.reference in said.decode(
            "utf-8", "replace"
        )
        assert not told or who in KNOWING, address
        if who not in KNOWING and address == "/figures/":
            assert "incidents." not in said.decode(), "not even how many there are"


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - KNOWING))
def test_who_need_not_know_reads_no_count_and_no_figure(cast, who):
    IncidentFactory.create_batch(3)
    browser = signed_in(cast[who])
    page = browser.get("/risks/incidents/")
    assert (page.context["tiles"], page.context["hidden"]) == ([], 0)
    assert "that you may not open" not in page.content.decode()
    assert "You have reported no incident" in page.content.decode()
    for key in ("incidents.total", "incidents.open_clocks", "incidents.reported_late"):
        assert browser.get(f"/figures/{key}/").status_code == 403


def test_the_filters_offer_a_reader_nothing_of_what_is_not_theirs(outsider):
    mine, hidden = IncidentFactory(reported_by=outsider), IncidentFactory()
    form = signed_in(outsider).get("/risks/incidents/").context["listed"].filter.form
    offered = {pk for pk, _ in form.fields["unit"].choices if pk}
    assert mine.unit_id in offered
    assert hidden.unit_id not in offered


def test_an_asset_or_risk_that_the_reader_may_not_open_is_counted_and_not_named(outsider):
    incident = IncidentFactory(reported_by=outsider)
    asset = IncidentAssetFactory(incident=incident, asset__title=SECRET).asset
    risk = IncidentRiskFactory(incident=incident, risk=RiskFactory(title=f"{SECRET} again")).risk
    page = signed_in(outsider).get(incident.get_absolute_url()).content.decode()
    assert page.count("1 that you may not open") == 2
    assert all(words not in page for words in (SECRET, asset.reference, risk.reference))


def test_a_past_day_is_seen_by_those_who_may_see_the_incident_today(outsider, siro):
    incident = IncidentFactory()
    versions = Incident.history.at(Moment.now())
    assert incident.pk in versions.visible_to(siro).values_list("id", flat=True)
    assert list(versions.visible_to(outsider)) == []
