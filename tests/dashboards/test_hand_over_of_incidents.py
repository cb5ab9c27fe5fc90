"""Incidents are handed over by who has to know of them; others neither read, count nor take them."""

import pytest

from governance.core.dates import today
from governance.dashboards import services
from governance.dashboards.handing import hand_over, held, number_held
from governance.people.models import Post, Role
from tests.cast import play, signed_in
from tests.factories import AssetFactory, PostHoldingFactory, RiskFactory
from tests.risks.factories_incident import IncidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(outsider):
    """One that is handled by a post outside the team."""
    return IncidentFactory(owner=outsider.post)


def given(post, to, by):
    said = {"to": to, "from_on": today(), "change_reason": "New structure"}
    return services.plan([post], seen=services.Bundle([post], by).seen, by=by, **said)


@pytest.mark.parametrize("restricted", [True, False])
def test_who_keeps_registers_and_need_not_know_gives_no_incident_to_themselves(
    incident, records_manager, restricted
):
    type(incident).objects.filter(pk=incident.pk).update(is_restricted=restricted)
    asset = AssetFactory(owner=incident.owner)
    (done,) = given(incident.owner, records_manager.post, records_manager)
    asset.refresh_from_db()
    held_by = incident.owner
    incident.refresh_from_db()
    assert (asset.owner, incident.owner, done.entries) == (records_manager.post, held_by, 1)


def test_who_need_not_know_reads_no_reference_and_no_number(incident, records_manager, administrator):
    post = incident.owner
    for person in (records_manager, administrator):
        assert (held(post, by=person), number_held(post, by=person)) == ([], 0)
        assert services.Bundle([post], person).count == 0
    assert (held(post), number_held(post)) == ([], 0), "nor is anything told to nobody in particular"
    page = signed_in(records_manager).get(f"/hand-over/{post.code}/").content.decode()
    assert "Nothing is held here" in page
    ending = signed_in(administrator).get(f"/people/holdings/{post.holdings.get().pk}/end/")
    assert ending.status_code == 200
    assert "held here.</strong>" not in ending.content.decode()


def test_an_information_governance_officer_hands_them_over_for_anybody(incident, ig_officer):
    to = PostHoldingFactory().post
    page = signed_in(ig_officer).get(f"/hand-over/{incident.owner.code}/").content.decode()
    assert f"{incident.reference}, for those who need to know" in page
    assert "Incidents go along where you have to know of them" in page
    (done,) = given(incident.owner, to, ig_officer)
    incident.refresh_from_db()
    assert (incident.owner, done.entries) == (to, 1)


def test_whoever_is_in_the_post_hands_them_over(incident, outsider):
    to = PostHoldingFactory().post
    assert number_held(outsider.post, by=outsider) == 1
    given(outsider.post, to, outsider)
    incident.refresh_from_db()
    assert incident.owner == to


def test_who_is_in_one_of_two_posts_learns_nothing_of_the_other(incident, records_manager):
    IncidentFactory(owner=records_manager.post)
    both = (incident.owner, records_manager.post)
    assert number_held(*both, by=records_manager) == 0
    assert number_held(records_manager.post, by=records_manager) == 1


@pytest.mark.parametrize("state", ["closed", "merged", "withdrawn"])
def test_a_risk_that_is_open_no_more_stays_with_the_post_that_had_it(state, outsider):
    into = RiskFactory() if state == "merged" else None
    over, open_ = RiskFactory(owner=outsider.post), RiskFactory(owner=outsider.post)
    type(over).objects.filter(pk=over.pk).update(state=state, merged_into=into)
    versions, to = over.history.count(), PostHoldingFactory().post
    assert number_held(outsider.post) == 1
    assert hand_over(outsider.post, to=to, reason="New structure") == 1
    over.refresh_from_db()
    open_.refresh_from_db()
    assert (over.owner, open_.owner, over.history.count()) == (outsider.post, to, versions)


def test_an_officer_for_one_service_hands_over_no_incident_of_a_post_they_are_not_in(incident):
    person = play("service_officer", Role.IG_OFFICER, incident.unit)
    assert number_held(Post.objects.get(pk=incident.owner_id), by=person) == 0
