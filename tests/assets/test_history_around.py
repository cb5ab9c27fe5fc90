"""The history of an asset also tells what happened around it: places, holds, disposals, and what names it."""

from datetime import timedelta

import pytest

from assets.models import Hold
from assets.services import holds
from governance.core.dates import today
from tests.assets.factories import KeepingFactory
from tests.assets.factories_retention import DisposalFactory, HoldFactory
from tests.assets.factories_sharing import AgreementAssetFactory, ContractAssetFactory
from tests.cast import signed_in
from tests.factories import ActionAssetFactory, AssetFactory

pytestmark = pytest.mark.django_db


def history_of(person, asset, **query):
    page = " ".join(signed_in(person).get(asset.get_absolute_url(), query).content.decode().split())
    return page[page.index(">History<") :] if ">History<" in page else ""


def test_where_it_was_kept_is_told_when_it_came_changed_and_went(ig_officer):
    keeping = KeepingFactory(boxes=3)
    asset, place = keeping.asset, keeping.location
    type(keeping).objects.filter(pk=keeping.pk).update(boxes=5)
    keeping.delete()
    told = history_of(ig_officer, asset)
    assert told.count(f">Kept at {place}<") == 2
    assert f">No longer kept at {place}<" in told
    assert "Boxes" in told


def test_a_hold_is_told_when_it_is_placed_and_when_it_is_lifted(ig_officer):
    asset = AssetFactory()
    hold = HoldFactory(assets=[asset])
    assert f"Put under hold {hold}" in history_of(ig_officer, asset).replace("&#x27;", "'")
    holds.lift(Hold.objects.get(pk=hold.pk), by=ig_officer, lifted_on=today(), reason="The claim was settled")
    told = history_of(ig_officer, asset)
    assert f"Hold {hold.reference} lifted" in told
    assert "The claim was settled" in told


def test_each_stage_of_a_disposal_is_told_once(ig_officer):
    disposal = DisposalFactory(agreed=True)
    told = history_of(ig_officer, disposal.asset)
    assert told.count(f"Disposal {disposal.reference}: agreed, to be carried out") == 1


def test_what_names_it_elsewhere_is_told(ig_officer):
    asset = AssetFactory()
    agreement = AgreementAssetFactory(asset=asset).agreement
    contract = ContractAssetFactory(asset=asset).contract
    action = ActionAssetFactory(asset=asset).action
    told = history_of(ig_officer, asset)
    for words in (
        f"Covered by agreement {agreement}",
        f"Handled under contract {contract}",
        f"Concerned by action {action}",
    ):
        assert words in told


def test_what_the_reader_may_not_open_is_not_told(owner, other_owner):
    ActionAssetFactory(action=other_owner.action, asset=owner.asset)
    assert "Concerned by" not in history_of(owner, owner.asset)
    ActionAssetFactory(action=owner.action, asset=owner.asset)
    assert f"Concerned by action {owner.action.reference}" in history_of(owner, owner.asset)


def test_on_a_past_day_nothing_later_is_told(ig_officer):
    keeping = KeepingFactory()
    day = (today() - timedelta(days=1)).isoformat()
    assert "Kept at" in history_of(ig_officer, keeping.asset)
    assert "Kept at" not in history_of(ig_officer, keeping.asset, as_at=day)


def test_many_rows_around_it_take_as_many_queries_as_few(ig_officer, django_assert_max_num_queries):
    few, many = AssetFactory(), AssetFactory()
    KeepingFactory(asset=few)
    for _ in range(12):
        KeepingFactory(asset=many)
        ActionAssetFactory(asset=many)
    ActionAssetFactory(asset=few)
    browser = signed_in(ig_officer)
    browser.get(few.get_absolute_url())
    with django_assert_max_num_queries(200) as counted:
        browser.get(few.get_absolute_url())
    with django_assert_max_num_queries(len(counted)):
        browser.get(many.get_absolute_url())
