"""Who sees an incident: those who have to know, those named, and whoever reported it. Nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.figures.moment import Moment
from governance.people.models import Role
from governance.reminders.models import Digest
from governance.reminders.tasks import compose_digests
from risks.models import Incident
from tests.cast import play, play_owner, signed_in
from tests.factories import RiskFactory
from tests.risks.factories_incident import (
    IncidentAssetFactory,
    IncidentFactory,
    IncidentPostFactory,
    IncidentRiskFactory,
)
from tests.risks.passing import Passing

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


def read(browser, address):
    answer = browser.get(address)
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return said.decode("utf-8", "replace")


def named(incident, owner):
    """Linked to all that is the owner's, and handled by a post that gets a mail: that mail."""
    IncidentAssetFactory(incident=incident, asset=owner.asset, note=SECRET)
    IncidentRiskFactory(incident=incident, risk=owner.risk)
    IncidentPostFactory(incident=incident, why=SECRET)
    handler = play("handler")
    incident.owner = handler.post
    incident.save()
    compose_digests()
    (mail,) = Digest.objects.filter(person=handler)
    assert incident.reference in mail.body
    return mail


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_figure_file_or_mail_tells_others_of_it(cast, who):
    owner = cast["owner"]
    incident = IncidentFactory(title=SECRET, what_happened=SECRET, unit=owner.post.unit)
    mail = named(incident, owner)
    browser = signed_in(cast[who])
    telling = (
        "/risks/incidents/", "/risks/incidents/?q=stick&state=open", owner.asset.get_absolute_url(),
        owner.risk.get_absolute_url(), incident.get_absolute_url(), "/figures/incidents.total/",
    )  # fmt: skip
    others = (
        "/", "/assets/", "/risks/", "/figures/", reverse("exchange:export", args=["risks", "csv"]),
        reverse("reminders:digests"), f"{reverse('reminders:digests')}?kind=clocks",
        reverse("reminders:digest", args=[mail.pk]), "/hand-over/handler/",
    )  # fmt: skip
    for address in (*telling, *others):
        said = read(browser, address)
        told = SECRET in said or incident.reference in said
        assert not told or who in KNOWING, address
        assert told or who not in KNOWING or address in others, f"{address} is no page that would tell"
    assert ("incidents." in read(browser, "/figures/")) is (who in KNOWING), "not even how many there are"


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_need_not_know_is_not_told_that_others_were_told_of_one(cast, who):
    incident = IncidentFactory()
    mail = named(incident, cast["owner"])
    knows, browser = who in KNOWING, signed_in(cast[who])
    page = read(browser, "/reminders/")
    assert ("Incidents with an open clock" in page) is knows
    assert ("Handler" in page) is knows
    assert (f'href="/reminders/{mail.pk}/"' in page) is (who == "ig_officer")
    assert browser.get(f"/reminders/{mail.pk}/").status_code == (200 if who == "ig_officer" else 404)


@pytest.mark.django_db(transaction=True)
def test_a_past_day_tells_it_to_those_alone_who_have_to_know(owner_connection):
    time = Passing(owner_connection)
    incident = IncidentFactory(title=SECRET)
    time.days(3)
    Incident.objects.filter(pk=incident.pk).update(title="Put right")
    then = f"/risks/incidents/?as_at={Moment.now().as_at - timedelta(days=1)}"
    assert SECRET in read(signed_in(play("siro", Role.SIRO)), then)
    for other in (play("records_manager", Role.RECORDS_MANAGER), play_owner("owner")):
        said = read(signed_in(other), then)
        assert SECRET not in said
        assert incident.reference not in said


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
