"""Publish that publishes nothing says why, and what opens many entries at once says how many."""

from itertools import product

import pytest

from assets.models import Asset, Exemption, Marking
from assets.representations.public import DECIDED, becoming, public, why_not
from governance.people.models import Role
from tests.assets.bulk import check, do
from tests.cast import play, signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db
OPEN, SHUT = "official", "official-sensitive"


@pytest.fixture
def markings(db):
    """One marking that may be public and one that may not; None for no marking."""
    Marking.objects.filter(code=OPEN).update(may_be_public=True)
    Marking.objects.filter(code=SHUT).update(may_be_public=False)
    return {None: None} | {each.code: each for each in Marking.objects.filter(code__in=(OPEN, SHUT))}


def page_of(person, asset):
    return signed_in(person).get(asset.get_absolute_url()).content.decode()


# One rule


def test_the_reason_and_the_register_agree_on_every_asset(markings):
    for state, publish, marking in product(Asset.State.values, ("undecided", "publish"), markings.values()):
        AssetFactory(state=state, publish=publish, marking=marking)
    shown = set(public().values_list("pk", flat=True))
    assert shown
    for asset in Asset.objects.select_related("marking"):
        decided = asset.publish in DECIDED
        assert bool(why_not(asset)) is (decided and asset.pk not in shown), asset
        before = {"state": asset.state, "publish": asset.publish, "marking_id": asset.marking_id}
        assert becoming([({}, before)]) == (asset.pk in shown, decided and asset.pk not in shown)
        assert becoming([(before, before)]).public == 0


@pytest.mark.parametrize(
    ("code", "state", "said"),
    [
        (SHUT, "live", "OFFICIAL-SENSITIVE may not be public"),
        (None, "live", "it has no protective marking yet"),
        (OPEN, "draft", "it is draft"),
        (OPEN, "live", ""),
    ],
)
def test_the_page_of_an_asset_says_why_it_is_not_public(code, state, said, markings, ig_officer):
    asset = AssetFactory(publish="publish", marking=markings[code], state=state)
    page = page_of(ig_officer, asset)
    assert ("Not in the public register, since" in page) is bool(said)
    assert said in page
    assert ("Anybody can read its entry" in page) is not said
    assert (signed_in(ig_officer).get(f"/register/{asset.reference}/").status_code == 200) is not said


def test_what_is_not_to_be_published_says_nothing_of_it(ig_officer, markings):
    page = page_of(ig_officer, AssetFactory(publish="undecided", marking=markings[SHUT]))
    assert "public register, since" not in page
    assert "Anybody can read its entry" not in page


# Saving


def save(person, asset, section, **typed):
    said = typed | {"change_reason": "Decided", "seen_version": asset.standing_version()}
    address = f"/assets/{asset.reference}/edit/{section}/"
    return signed_in(person).post(address, said, follow=True).content.decode()


def test_publishing_what_its_marking_keeps_back_says_so_at_once(ig_officer, markings):
    asset = AssetFactory(marking=markings[SHUT])
    page = save(ig_officer, asset, "openness", publish="publish")
    said = "updated. Not in the public register, since OFFICIAL-SENSITIVE may not be public"
    assert f"{asset.reference} {said}" in page
    page = save(ig_officer, asset, "protection", marking=markings[OPEN].pk)
    assert f"{asset.reference} updated" in page
    assert "public register, since" not in page


# Many at once


def test_a_bulk_edit_says_how_many_become_public(ig_officer, markings):
    ready = AssetFactory.create_batch(2, marking=markings[OPEN])
    partly = {"publish": "part", "publish_reason": "Names", "exemption": Exemption.objects.first()}
    others = [
        AssetFactory(marking=markings[SHUT]),
        AssetFactory(marking=markings[OPEN], state="draft"),
        AssetFactory(marking=markings[OPEN], **partly),
    ]
    chosen = [asset.reference for asset in [*ready, *others]]
    checked = check(ig_officer, "publish", {"publish": "publish"}, chosen=chosen)
    assert "2 of these become public at once" in checked.content.decode()
    assert "2 of these will stay out of the public register" in checked.content.decode()
    do(ig_officer, checked)
    assert set(public()) == {*ready, others[2]}


def test_marking_many_says_it_too_and_other_fields_do_not(ig_officer, markings):
    asset = AssetFactory(publish="publish", marking=markings[SHUT])
    typed = {"marking": markings[OPEN].pk}
    said = check(ig_officer, "marking", typed, chosen=[asset.reference]).content.decode()
    assert "1 of these becomes public at once" in said
    said = check(ig_officer, "form", {"form": "paper"}, chosen=[asset.reference]).content.decode()
    assert "public at once" not in said


def test_more_than_was_checked_does_not_become_public(ig_officer, markings):
    asset = AssetFactory(marking=markings[SHUT])
    checked = check(ig_officer, "publish", {"publish": "publish"}, chosen=[asset.reference])
    assert "public at once" not in checked.content.decode()
    Marking.objects.filter(code=SHUT).update(may_be_public=True)
    answer = do(ig_officer, checked)
    assert answer.status_code == 400
    assert "More of them would become public than when you checked" in answer.content.decode()
    assert not public().exists()


# What another unit keeps


def test_staff_are_led_to_the_public_entry_of_what_another_unit_keeps(owner, other_owner, markings):
    asset = other_owner.asset
    assert signed_in(owner).get(asset.get_absolute_url()).status_code == 404
    Asset.objects.filter(pk=asset.pk).update(publish="publish", marking=markings[OPEN], description="Secret?")
    answer = signed_in(owner).get(asset.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"This asset is kept by another unit, {asset.unit}" in page
    assert f'href="/register/{asset.reference}/"' in page
    for closed in ("edit/", "confirm/", "state/"):
        assert signed_in(owner).get(f"{asset.get_absolute_url()}{closed}").status_code == 404


def test_what_is_not_public_stays_hidden_from_who_may_not_open_it(owner, other_owner, markings):
    asset = other_owner.asset
    Asset.objects.filter(pk=asset.pk).update(publish="publish", marking=markings[SHUT])
    assert signed_in(owner).get(asset.get_absolute_url()).status_code == 404
    assert signed_in(owner).get("/assets/IA-9999/").status_code == 404
    nobody = play("porter", Role.PORTFOLIO_HOLDER)
    assert signed_in(nobody).get(asset.get_absolute_url()).status_code in (403, 404)
