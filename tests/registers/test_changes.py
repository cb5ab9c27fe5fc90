"""One change of an entry: looked at, compared with another, undone as far as nothing came after it."""

import pytest
from django.urls import reverse

from assets.models import Asset, ImpactLevel
from governance.history.trail import signed
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def versions(asset):
    return list(Asset.history.filter(id=asset.pk).order_by("history_id"))


def page(person, name, asset, version, **query):
    return signed_in(person).get(reverse(name, args=[asset.reference, version.history_id]), query)


def undo(person, asset, version, fields, **typed):
    given = {
        "fields_to_undo": fields,
        "seen_version": asset.standing_version(),
        "change_reason": "It was right before",
    } | typed
    return signed_in(person).post(reverse("assets:undo", args=[asset.reference, version.history_id]), given)


@pytest.fixture
def asset(ig_officer):
    """Retitled and described in one change."""
    made = AssetFactory(title="Card index", description="In drawers")
    with signed(ig_officer, reason="Moved"):
        made.title, made.description = "Card file", "In boxes"
        made.save()
    return made


def test_the_history_of_an_asset_leads_to_each_change(asset, ig_officer):
    shown = signed_in(ig_officer).get(asset.get_absolute_url()).content.decode()
    for version in versions(asset):
        assert reverse("assets:change", args=[asset.reference, version.history_id]) in shown


def test_a_change_says_before_after_and_now(asset, ig_officer):
    Asset.objects.filter(pk=asset.pk).update(title="Index of cards")
    shown = page(ig_officer, "assets:change", asset, versions(asset)[1]).content.decode()
    for words in ("Card index", "Card file", "Index of cards", "In drawers", "In boxes", "Moved"):
        assert words in shown


def test_two_versions_can_be_compared(asset, ig_officer):
    Asset.objects.filter(pk=asset.pk).update(form="paper")
    first, _, last = versions(asset)
    shown = page(ig_officer, "assets:change", asset, last, against=first.history_id).content.decode()
    assert "Two versions compared" in shown
    for words in ("Card index", "Card file", "Electronic documents", "Paper"):
        assert words in shown


def test_a_version_of_another_asset_is_not_compared(asset, ig_officer):
    other = versions(AssetFactory())[0]
    assert page(ig_officer, "assets:change", asset, other).status_code == 404
    shown = page(ig_officer, "assets:change", asset, versions(asset)[1], against=other.history_id)
    assert shown.status_code == 200
    assert "Two versions compared" not in shown.content.decode()


def test_undoing_restores_what_the_change_altered_in_one_version_with_its_reason(asset, ig_officer):
    changed = versions(asset)[1]
    assert undo(ig_officer, asset, changed, ["title", "description"]).status_code == 302
    asset.refresh_from_db()
    assert (asset.title, asset.description) == ("Card index", "In drawers")
    last = versions(asset)[2:]
    assert [version.history_change_reason for version in last] == ["It was right before"]


def test_one_field_of_a_change_can_be_undone_by_itself(asset, ig_officer):
    undo(ig_officer, asset, versions(asset)[1], ["title"])
    asset.refresh_from_db()
    assert (asset.title, asset.description) == ("Card index", "In boxes")


def test_what_was_changed_again_since_is_left_as_it_is(asset, ig_officer):
    Asset.objects.filter(pk=asset.pk).update(title="Index of cards")
    answer = undo(ig_officer, asset, versions(asset)[1], ["title", "description"])
    assert answer.status_code == 200
    asset.refresh_from_db()
    assert (asset.title, asset.description) == ("Index of cards", "In boxes")


def test_a_change_of_which_nothing_is_left_cannot_be_undone(asset, ig_officer):
    Asset.objects.filter(pk=asset.pk).update(title="A", description="B")
    changed = versions(asset)[1]
    assert page(ig_officer, "assets:undo", asset, changed).status_code == 404
    assert "nothing left of it to undo" in page(ig_officer, "assets:change", asset, changed).content.decode()


def test_the_first_version_cannot_be_undone(asset, ig_officer):
    first = versions(asset)[0]
    assert "came onto the register" in page(ig_officer, "assets:change", asset, first).content.decode()
    assert page(ig_officer, "assets:undo", asset, first).status_code == 404


def test_a_change_of_state_or_reference_is_not_undone_here(ig_officer):
    asset = AssetFactory()
    Asset.objects.filter(pk=asset.pk).update(state="under_review")
    assert page(ig_officer, "assets:undo", asset, versions(asset)[1]).status_code == 404


def test_undoing_what_would_break_a_rule_says_so_and_writes_nothing(ig_officer):
    level = ImpactLevel.objects.order_by("number").first()
    asset = AssetFactory(contains_personal_data=False)
    asset.contains_personal_data = True
    asset.save()
    asset.special_category = True
    asset.confidentiality, asset.confidentiality_reason = level, "Health records"
    asset.save()
    answer = undo(ig_officer, asset, versions(asset)[1], ["contains_personal_data"])
    said = answer.content.decode()
    assert "cannot go back to that by itself" in said
    assert "The rule is: asset sensitive data are personal data." in said
    assert len(versions(asset)) == 3


def test_undoing_what_only_the_database_forbids_is_a_sentence(ig_officer):
    one, two = AssetFactory(), AssetFactory()
    one.part_of = two
    one.save()
    one.part_of = None
    one.save()
    Asset.objects.filter(pk=two.pk).update(part_of=one)
    answer = undo(ig_officer, one, versions(one)[-1], ["part_of"])
    assert answer.status_code == 200
    assert "The rule is: asset is no part of its parts." in answer.content.decode()


def test_undoing_after_somebody_else_changed_the_entry_shows_how_it_now_stands(asset, ig_officer):
    seen = asset.standing_version()
    Asset.objects.filter(pk=asset.pk).update(form="paper")
    changed = versions(asset)[1]
    answer = undo(ig_officer, asset, changed, ["title"], seen_version=seen)
    assert "Somebody changed this entry while you were reading" in answer.content.decode()
    assert undo(ig_officer, asset, changed, ["title"]).status_code == 302


def test_a_reason_is_asked_for(asset, ig_officer):
    answer = undo(ig_officer, asset, versions(asset)[1], ["title"], change_reason="")
    assert answer.status_code == 200
    assert len(versions(asset)) == 2


def test_nobody_undoes_themselves_out_of_an_entry(owner, other_owner):
    handed = AssetFactory(owner=other_owner.post)
    handed.owner, handed.unit = owner.post, owner.post.unit
    handed.save()
    answer = undo(owner, handed, versions(handed)[1], ["owner", "unit"])
    assert "You could not change it any more" in answer.content.decode()
    assert len(versions(handed)) == 2


def test_another_asset_is_named_only_to_who_may_open_it(owner, other_owner, ig_officer):
    other_owner.asset.title = "Secret of others"
    other_owner.asset.save()
    owner.asset.part_of = other_owner.asset
    owner.asset.save()
    made = versions(owner.asset)[-1]
    for shown in (
        page(owner, "assets:change", owner.asset, made),
        signed_in(owner).get(owner.asset.get_absolute_url()),
    ):
        assert "Secret of others" not in shown.content.decode()
    assert page(owner, "assets:undo", owner.asset, made).status_code == 404
    assert "Secret of others" in page(ig_officer, "assets:change", owner.asset, made).content.decode()


def test_a_level_is_named_by_its_number_and_not_by_its_key(ig_officer):
    """The rating's column holds the number of the level, which need not be the key of its row."""
    level = ImpactLevel.objects.create(code="beyond", name="Beyond repair", number=77)
    asset = AssetFactory()
    asset.confidentiality, asset.confidentiality_reason = level, "Everything"
    asset.save()
    assert "Beyond repair" in page(ig_officer, "assets:change", asset, versions(asset)[1]).content.decode()
