"""The numbers that the database keeps of the register, beside those counted from its rows."""

import threading
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.models import Case, F, Value, When
from django.http import QueryDict

from assets import figures
from assets.filters.register import AssetFilter
from assets.models import Asset, Tally
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from tests.assets.factories_retention import RuleFactory
from tests.factories import AssetFactory, PostHoldingFactory, UnitFactory

NOW, ALL = Moment.now(), Scope()


def counted(scope=ALL):
    return {key: FIGURES[key].value(NOW, scope) for key in figures.tallies(NOW, scope)}


@pytest.fixture
def varied(db):
    """Assets of several posts and units, of which each tile counts some."""
    post = PostHoldingFactory().post
    AssetFactory(owner=post, is_key=True, contains_personal_data=True, special_category=True)
    AssetFactory(owner=post, contains_personal_data=None, retention_rule=RuleFactory())
    AssetFactory(publish="publish", contains_personal_data=False)
    AssetFactory(state="to_be_disposed")
    AssetFactory(state="draft", is_key=True)
    return list(Asset.objects.order_by("pk"))


@pytest.mark.parametrize(
    "change",
    [
        {"is_key": True},
        {"contains_personal_data": None, "special_category": False},
        {"contains_personal_data": True},
        {"retention_rule": None},
        {"publish": "publish"},
        {"state": "under_review"},
        {"state": "withdrawn"},
        {"purpose": "Counted by nothing"},
    ],
)
def test_after_a_change_of_every_asset_the_kept_numbers_are_the_counted_ones(varied, change):
    assert figures.tallies(NOW, ALL) == counted()
    Asset.objects.update(**change)
    assert figures.tallies(NOW, ALL) == counted()


def test_an_asset_that_moves_is_counted_where_it_went_and_no_longer_where_it_was(varied):
    unit = UnitFactory()
    left, post = varied[0].unit, PostHoldingFactory().post
    assert figures.tallies(NOW, Scope(units=(left.code,)))["assets.total"] == 2
    Asset.objects.filter(pk=varied[0].pk).update(unit=unit, owner=post)
    for code in (left.code, unit.code):
        assert figures.tallies(NOW, Scope(units=(code,))) == counted(Scope(units=(code,)))
    owned = figures.counts(NOW, ALL).by_owner
    assert owned[post.pk] == 1
    assert owned == FIGURES["assets.total"].by(NOW, ALL, "owner")


def test_an_asset_taken_out_of_the_table_is_counted_no_longer(varied):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assets_asset WHERE id = %s", [varied[0].pk])
    assert figures.tallies(NOW, ALL) == counted()
    assert figures.tallies(NOW, ALL)["assets.total"] == 3


def test_a_change_of_what_nothing_counts_adds_no_number(varied):
    before = set(Tally.objects.values_list("pk", flat=True))
    Asset.objects.update(purpose="Another", description="Other words")
    assert set(Tally.objects.values_list("pk", flat=True)) == before


def test_two_assets_alike_that_change_places_add_no_number(db):
    first, second = AssetFactory(is_key=True), AssetFactory(is_key=True)
    before = set(Tally.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assets_asset a SET owner_id = b.owner_id, unit_id = b.unit_id "
            "FROM assets_asset b WHERE a.id <> b.id"
        )
    first.refresh_from_db()
    assert (first.owner_id, first.unit_id) == (second.owner_id, second.unit_id)
    assert figures.tallies(NOW, ALL) == counted()
    assert set(Tally.objects.values_list("pk", flat=True)) == before


def test_of_many_changed_at_once_the_one_that_counts_is_counted(varied):
    Asset.objects.update(
        purpose="Another", is_key=Case(When(pk=varied[2].pk, then=Value(True)), default=F("is_key"))
    )
    assert figures.tallies(NOW, ALL) == counted()
    assert figures.tallies(NOW, ALL)["assets.key"] == 2


def test_a_change_of_many_adds_one_number_for_each_post_and_unit(varied):
    first = varied[0]
    AssetFactory.create_batch(40, owner=first.owner, unit=first.unit)
    before = set(Tally.objects.values_list("pk", flat=True))
    Asset.objects.filter(owner=first.owner, unit=first.unit).update(is_key=True, publish="publish")
    added = Tally.objects.exclude(pk__in=before)
    assert [(each.owner_id, each.unit_id, each.held) for each in added] == [
        (first.owner_id, first.unit_id, 0)
    ]
    assert figures.tallies(NOW, ALL) == counted()


def test_what_is_rolled_back_is_not_counted(varied):
    before = figures.tallies(NOW, ALL)
    with transaction.atomic():
        AssetFactory()
        transaction.set_rollback(True)
    assert figures.tallies(NOW, ALL) == before


def test_numbers_are_folded_before_they_are_many(varied):
    for turn in range(450):
        Asset.objects.filter(pk=varied[0].pk).update(is_key=turn % 2 == 0)
    assert Tally.objects.count() < 220
    assert figures.tallies(NOW, ALL) == counted()


def test_an_empty_register_counts_nought(db):
    assert set(figures.tallies(NOW, ALL).values()) == {0}
    assert figures.counts(NOW, ALL).by_owner == {}


@pytest.mark.django_db(transaction=True)
def test_two_who_change_at_once_and_a_third_who_folds_lose_no_number(owner_connection):
    first, second = AssetFactory(), AssetFactory()
    with transaction.atomic():
        Asset.objects.filter(pk=first.pk).update(is_key=True)
        other = threading.Thread(target=_change, args=(second.pk,))
        other.start()
        other.join(timeout=20)
        assert not other.is_alive(), "the second waited for the first"
        owner_connection.execute("SELECT assets_fold_tally()")
    assert figures.tallies(NOW, ALL) == counted()
    assert figures.tallies(NOW, ALL)["assets.key"] == 2


def _change(pk):
    try:
        Asset.objects.filter(pk=pk).update(is_key=True)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE assets_tally SET held = 7",
        "DELETE FROM assets_tally",
        "INSERT INTO assets_tally SELECT * FROM assets_tally",
        "SELECT assets_fold_tally()",
    ],
)
def test_the_application_may_write_no_number(tampering):
    AssetFactory()
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(tampering)


@pytest.mark.django_db(transaction=True)
def test_numbers_that_were_not_kept_are_named_and_counted_anew(owner_connection, capsys):
    AssetFactory(is_key=True)
    AssetFactory()
    call_command("check_numbers")
    owner_connection.execute("UPDATE assets_tally SET key_assets = key_assets + 1, held = 1")
    with pytest.raises(CommandError, match=r"\d kept, \d there.*\./run manage check_numbers --again"):
        call_command("check_numbers")
    call_command("check_numbers", again=True)
    assert capsys.readouterr().out.count("numbers are the counts of their rows") == 2
    assert figures.tallies(NOW, ALL) == counted()


@pytest.mark.parametrize("personal_data", ["", "True", "False", "null"])
@pytest.mark.parametrize("by", [[], ["unit"], ["owner"], ["unit", "owner"]])
def test_the_number_that_matches_a_filter_is_kept_as_the_rows_say_it(varied, personal_data, by):
    chosen = {name: str(getattr(varied[0], f"{name}_id")) for name in by} | {"personal_data": personal_data}
    matching = AssetFilter(QueryDict(urlencode(chosen)), Asset.objects.at(NOW)).qs
    assert figures.kept(chosen) == matching.count()


def test_the_number_kept_follows_the_rows(varied):
    unit = UnitFactory()
    asked = {"unit": str(unit.pk), "personal_data": "True", "kind": [], "vacant": False}
    assert figures.kept(asked) == 0
    Asset.objects.filter(state="live").update(unit=unit)
    assert figures.kept(asked) == Asset.objects.filter(state="live", contains_personal_data=True).count() > 0


@pytest.mark.parametrize(
    "more", [{"q": "records"}, {"state": ["draft"]}, {"vacant": True}, {"marking": "1"}, {"missing": ["x"]}]
)
def test_of_what_no_number_is_kept_none_is_said(varied, more):
    assert figures.kept({"unit": str(varied[0].unit_id)} | more) is None
