"""The page of a past day shows what a risk or an incident was linked to by then, and not what it is now."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actions.models import ActionIncident
from governance.core.dates import today
from risks.models import RiskAsset
from tests.cast import play, signed_in
from tests.factories import ActionFactory, AssetFactory, RiskFactory
from tests.risks.factories_incident import IncidentFactory
from tests.risks.passing import Passing

pytestmark = pytest.mark.django_db
LINKED, TAKEN_OFF = 30, 10  # days ago


def shown(person, address, ago):
    day = (today() - timedelta(days=ago)).isoformat()
    page = signed_in(person).get(address, {"as_at": day} if ago else {})
    assert page.status_code == 200
    return page.content.decode().split("<main")[1]


def test_further_assets_are_those_of_the_day(siro, owner_connection):
    time = Passing(owner_connection)
    risk, before, after = RiskFactory(), AssetFactory(), AssetFactory()
    time.days(40)
    link = RiskAsset.objects.create(risk=risk, asset=before, note="In the old store")
    time.days(LINKED)
    link.delete()
    RiskAsset.objects.create(risk=risk, asset=after)
    time.days(TAKEN_OFF)
    address = reverse("risks:risk", args=[risk.reference])
    for ago, named in ((35, None), (20, before), (5, after), (0, after)):
        page = shown(siro, address, ago)
        for asset in (before, after):
            assert (f"/assets/{asset.reference}/" in page) is (asset is named), (ago, asset)
        assert ("In the old store" in page) is (named is before)


def test_an_asset_that_may_not_be_opened_is_counted_on_a_past_day_too(owner_connection):
    time = Passing(owner_connection)
    owner = play("owner_of_it", "iao")
    risk, hidden = RiskFactory(owner=owner.post), AssetFactory()
    link = RiskAsset.objects.create(risk=risk, asset=hidden)
    time.days(LINKED)
    link.delete()
    time.days(TAKEN_OFF)
    address = reverse("risks:risk", args=[risk.reference])
    then = shown(owner, address, 20)
    assert "1 that you may not open" in then
    assert hidden.reference not in then
    assert "that you may not open" not in shown(owner, address, 0)


def test_actions_after_an_incident_are_those_of_the_day(ig_officer, owner_connection):
    time = Passing(owner_connection)
    incident, action = IncidentFactory(), ActionFactory()
    time.days(40)
    link = ActionIncident.objects.create(incident=incident, action=action)
    time.days(LINKED)
    link.delete()
    time.days(TAKEN_OFF)
    address = reverse("risks:incident", args=[incident.reference])
    for ago, named in ((35, False), (20, True), (5, False), (0, False)):
        assert (action.reference in shown(ig_officer, address, ago)) is named, ago
