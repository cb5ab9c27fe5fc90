"""A risk that an incident brought to light is raised from its page, and the incident names it."""

import pytest

from risks.models import IncidentRisk, Risk
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory
from tests.risks.factories_incident import IncidentAssetFactory, IncidentFactory
from tests.risks.incident_pages import page_of

pytestmark = pytest.mark.django_db


def said(incident, **more):
    found = {
        "title": "Lists go to the wrong address", "cause": "Names are typed", "event": "A list goes astray",
        "consequence": "Tenants are known", "owner": PostFactory().pk, "unit": incident.unit_id,
    }  # fmt: skip
    return found | more


def test_an_officer_raises_it_and_scores_it_next(ig_officer):
    incident = IncidentFactory()
    assert page_of(incident, "risk/") in signed_in(ig_officer).get(page_of(incident)).content.decode()
    answer = signed_in(ig_officer).post(page_of(incident, "risk/"), said(incident))
    risk = Risk.objects.get(title="Lists go to the wrong address")
    assert answer.url == f"/risks/{risk.reference}/score/current/"
    assert risk.incident_links.get().part == IncidentRisk.Part.RAISED
    words = signed_in(ig_officer).get(page_of(incident)).content.decode()
    assert "The risk was raised because of it" in words
    version = IncidentRisk.history.get()
    assert version.history_change_reason == f"{risk.reference} was raised because of it"


def test_it_begins_with_the_service_and_the_asset_that_the_incident_concerns(ig_officer):
    incident = IncidentFactory()
    form = signed_in(ig_officer).get(page_of(incident, "risk/")).context["form"]
    assert form.initial["unit"] == incident.unit_id
    asset = AssetFactory()
    IncidentAssetFactory(incident=incident, asset=asset)
    form = signed_in(ig_officer).get(page_of(incident, "risk/")).context["form"]
    assert (form.initial["asset"], form.initial["owner"]) == (asset.pk, asset.owner_id)


def test_what_is_missing_is_said_and_neither_is_entered(ig_officer):
    incident = IncidentFactory()
    answer = signed_in(ig_officer).post(page_of(incident, "risk/"), said(incident, title=""))
    assert "title" in answer.context["form"].errors
    assert answer.context["form"]["cause"].value() == "Names are typed"
    assert not Risk.objects.exists()
    assert not IncidentRisk.objects.exists()


def test_an_asset_that_the_reader_may_not_open_is_not_named(outsider):
    incident = IncidentFactory(owner=outsider.post)
    secret = IncidentAssetFactory(incident=incident).asset
    answer = signed_in(outsider).get(page_of(incident, "risk/"))
    assert answer.status_code == 403
    assert secret.reference not in answer.content.decode()
    assert page_of(incident, "risk/") not in signed_in(outsider).get(page_of(incident)).content.decode()


def test_nothing_is_raised_from_one_that_is_over(ig_officer):
    incident = IncidentFactory(state="withdrawn")
    assert signed_in(ig_officer).post(page_of(incident, "risk/"), said(incident)).status_code == 403
    assert not Risk.objects.exists()
