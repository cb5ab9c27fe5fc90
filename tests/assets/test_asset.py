"""What only assets have: their form, personal data, and the risks that name them."""

import re
from urllib.parse import urlencode

import pytest

from tests.cast import signed_in
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db


def listed(person, **query):
    page = signed_in(person).get("/assets/?" + urlencode(query, doseq=True)).content.decode()
    return re.findall(r">(IA-\d+)</a>", page)


def test_assets_are_found_by_one_form_or_several(ig_officer):
    paper, data, mixed = (AssetFactory(form=form).reference for form in ("paper", "data", "mixed"))
    assert listed(ig_officer, kind="paper") == [paper]
    assert listed(ig_officer, kind=["paper", "mixed"]) == sorted([paper, mixed])
    assert data in listed(ig_officer)


def test_assets_are_found_by_whether_they_contain_personal_data(ig_officer):
    personal = AssetFactory(contains_personal_data=True).reference
    other = AssetFactory(contains_personal_data=False).reference
    assert listed(ig_officer, personal_data="True") == [personal]
    assert listed(ig_officer, personal_data="False") == [other]


def test_an_asset_names_the_risks_to_it_that_the_reader_may_open(owner, other_owner):
    theirs = RiskFactory(asset=owner.asset, owner=other_owner.post)
    page = signed_in(owner).get(owner.asset.get_absolute_url()).content.decode()
    assert owner.risk.get_absolute_url() in page
    assert theirs.reference not in page


def test_an_asset_without_a_risk_says_so(ig_officer):
    page = signed_in(ig_officer).get(AssetFactory().get_absolute_url()).content.decode()
    assert "No risk to this asset has been recorded that you may open." in page
