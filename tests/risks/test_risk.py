"""What only risks have: cause, event and consequence, and the asset at risk."""

import pytest

from governance.figures.moment import Moment, Scope
from risks.figures.register import ownerless, total
from risks.models import Risk, RiskAsset
from tests.cast import signed_in
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db


def page_of(person, risk):
    return signed_in(person).get(risk.get_absolute_url()).content.decode()


def test_a_risk_says_its_cause_its_event_and_its_consequence(ig_officer):
    risk = RiskFactory(
        cause="No locked cabinet", event="A file goes missing", consequence="A child is harmed"
    )
    page = page_of(ig_officer, risk)
    for words in ("No locked cabinet", "A file goes missing", "A child is harmed"):
        assert words in page


def test_what_nobody_has_written_is_said_to_be_missing(ig_officer):
    """Of cause, event, consequence, and of what it affects."""
    assert page_of(ig_officer, RiskFactory()).count("Not recorded</span>") == 4


def test_a_risk_leads_to_its_asset_for_those_who_may_open_it(owner):
    assert f'href="{owner.asset.get_absolute_url()}"' in page_of(owner, owner.risk)


def test_an_asset_that_the_reader_may_not_open_is_not_named_and_the_form_tells_only_its_reference(
    owner, other_owner
):
    """Who changes the risk has to know which asset stays chosen."""
    risk = RiskFactory(owner=owner.post, asset=other_owner.asset)
    page = page_of(owner, risk)
    assert "This risk is to an asset that you may not open." in page
    edit = signed_in(owner).get(risk.get_absolute_url() + "edit/").content.decode()
    assert f"{other_owner.asset.reference}, which you may not open" in edit
    for told in (page, edit):
        assert f"{other_owner.asset.reference} {other_owner.asset.title}" not in told


def test_a_risk_to_no_single_asset_says_so(ig_officer):
    assert "This risk is not to a single asset." in page_of(ig_officer, RiskFactory())


def test_the_register_names_the_asset_of_each_risk(ig_officer):
    asset = AssetFactory()
    RiskFactory(asset=asset)
    RiskFactory()
    page = signed_in(ig_officer).get("/risks/").content.decode()
    assert f'<td class="app-nowrap">{asset.reference}</td>' in page
    assert '<td class="app-nowrap">None</td>' in page


def test_further_assets_that_the_reader_may_not_open_are_counted(owner, other_owner, ig_officer):
    risk = owner.risk
    for asset in (other_owner.asset, AssetFactory()):
        RiskAsset.objects.create(risk=risk, asset=asset)
    page = page_of(owner, risk)
    assert "<li>2 that you may not open</li>" in page
    assert other_owner.asset.reference not in page
    RiskAsset.objects.create(risk=risk, asset=AssetFactory(owner=owner.post))
    assert "<li>And 2 that you may not open</li>" in page_of(owner, risk)
    assert "that you may not open" not in page_of(ig_officer, risk)


def test_the_risk_that_one_is_merged_into_is_named_to_those_who_may_open_it(owner, other_owner, ig_officer):
    Risk.objects.filter(pk=owner.risk.pk).update(state="merged", merged_into=other_owner.risk)
    page = page_of(owner, owner.risk)
    assert "into another risk, which you may not open" in page
    assert other_owner.risk.get_absolute_url() not in page
    assert f'href="{other_owner.risk.get_absolute_url()}"' in page_of(ig_officer, owner.risk)


def test_the_number_of_risks_says_which_do_not_count():
    for state in ("closed", "merged", "withdrawn"):
        RiskFactory(state=state, merged_into=RiskFactory() if state == "merged" else None)
        assert state in total.definition.lower()
    assert total.value(Moment.now(), Scope()) == 1, "the one that another was merged into"
    assert "open" in ownerless.definition
