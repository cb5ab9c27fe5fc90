"""Placing, widening and lifting a hold on its pages."""

import pytest
from django.urls import reverse

from assets.models import Hold, HoldReason
from tests.assets.factories_retention import HoldFactory
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def typed(*assets, **said):
    references = ", ".join(asset.reference for asset in assets)
    day = {"placed_on_day": "3", "placed_on_month": "5", "placed_on_year": "2016"}
    reason = HoldReason.objects.get(code="inquiry").pk
    return (
        {"reason": reason, "title": "Flood inquiry", "authority": "Chief Executive", "assets": references}
        | day
        | said
    )


def place(person, *assets, **said):
    return signed_in(person).post(reverse("assets:place_hold"), typed(*assets, **said))


def test_a_hold_is_placed_over_several_assets(records_manager):
    assets = AssetFactory.create_batch(3)
    answer = place(records_manager, *assets)
    hold = Hold.objects.get()
    assert answer["Location"] == hold.get_absolute_url()
    assert {cover.asset for cover in hold.covers.all()} == {*assets}
    assert hold.placed_by == records_manager
    page = signed_in(records_manager).get(hold.get_absolute_url()).content.decode()
    assert all(asset.reference in page for asset in assets)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"assets": "IA-9998, IA-9999"}, "There is no asset IA-9998, IA-9999"),
        ({"assets": "\x00"}, "cannot be kept"),
        ({"assets": ""}, "Enter the assets"),
        ({"assets": " ".join(f"IA-{n}" for n in range(300))}, "200 references at most"),
        ({"title": ""}, "What is it about?"),
        ({"placed_on_year": "9000"}, "must be today or in the past"),
        ({"reason": "0"}, "Select the reason"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(records_manager, said, sentence):
    answer = place(records_manager, AssetFactory(), **said)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert sentence in page
    assert "Chief Executive" in page
    assert not Hold.objects.exists()


def test_a_hold_comes_too_late_for_what_is_gone(records_manager):
    there, gone = AssetFactory(), AssetFactory(state="disposed")
    page = place(records_manager, there, gone).content.decode()
    assert f"{gone.reference}: disposed of or transferred already. Take them out" in page
    assert not Hold.objects.exists()


def test_a_hold_is_widened(records_manager):
    first, second = AssetFactory.create_batch(2)
    hold = HoldFactory(assets=[first])
    address = reverse("assets:widen_hold", args=[hold.reference])
    client = signed_in(records_manager)
    assert (
        "under this hold already"
        in client.post(address, {"assets": first.reference, "reason": "Found"}).content.decode()
    )
    assert client.post(address, {"assets": second.reference, "reason": "Found"}).status_code == 302
    assert hold.covers.count() == 2


def test_a_hold_is_lifted_once_with_a_reason(records_manager):
    hold = HoldFactory(assets=[AssetFactory()])
    address = reverse("assets:lift_hold", args=[hold.reference])
    client = signed_in(records_manager)
    day = {"lifted_on_day": "4", "lifted_on_month": "5", "lifted_on_year": "2016"}
    assert "Answer “Why is it lifted?”" in client.post(address, day).content.decode()
    assert client.post(address, day | {"reason": "Settled"}).status_code == 302
    hold.refresh_from_db()
    assert not hold.is_live
    assert "lifted this hold meanwhile" in client.post(address, day | {"reason": "Again"}).content.decode()


def test_a_hold_is_not_lifted_before_it_was_placed(records_manager):
    hold = HoldFactory()
    day = {"lifted_on_day": "2", "lifted_on_month": "5", "lifted_on_year": "2016", "reason": "Settled"}
    page = signed_in(records_manager).post(reverse("assets:lift_hold", args=[hold.reference]), day)
    assert "must be the same as or after 3 May 2016" in page.content.decode()


def test_a_reader_sees_of_a_hold_the_assets_that_they_may_open(owner, other_owner):
    hold = HoldFactory(assets=[owner.asset, other_owner.asset])
    page = signed_in(owner).get(hold.get_absolute_url()).content.decode()
    assert owner.asset.reference in page
    assert other_owner.asset.reference not in page
    assert "And 1 that you may not open" in page


def test_the_asset_says_that_it_is_on_hold(owner):
    hold = HoldFactory(assets=[owner.asset])
    page = signed_in(owner).get(owner.asset.get_absolute_url()).content.decode()
    assert "On hold." in page
    assert hold.reference in page


def test_the_list_of_holds_takes_a_constant_number_of_queries(ig_officer, django_assert_max_num_queries):
    client = signed_in(ig_officer)
    for _ in range(2):
        HoldFactory.create_batch(15)
        with django_assert_max_num_queries(12):
            client.get(reverse("assets:holds"))
