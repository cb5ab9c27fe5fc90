"""What the register counts: what is held, each part of it, and the units that have nothing."""

from datetime import timedelta

import pytest

from assets import figures
from assets.figures import counted, coverage
from assets.figures import register as parts
from assets.models import Asset, Marking, RetentionRule
from governance.core.dates import today
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from tests.cast import signed_in
from tests.factories import AssetFactory, PostHoldingFactory, UnitFactory

pytestmark = pytest.mark.django_db
State = Asset.State


def value(figure, scope=None):
    return figure.value(Moment.now(), scope or Scope())


def whole(**changed):
    """An asset of which everything has been said, in a filled post."""
    said = {
        "marking": Marking.objects.get(code="official"),
        "retention_rule": RetentionRule.objects.get_or_create(
            code="r-1", record_type="Files", words="6 years", trigger="closure", months=72, action="destroy",
            authority="business",
        )[0],
        "publish": Asset.Publish.PUBLISH,
        **{f"{name}_id": 1 for name in ("confidentiality", "integrity", "availability")},
        **{f"{name}_reason": "Rated" for name in ("confidentiality", "integrity", "availability")},
    }  # fmt: skip
    asset = AssetFactory(**said | changed)
    PostHoldingFactory(post=asset.owner)
    return asset


@pytest.mark.parametrize("state", State.values)
def test_the_total_counts_what_is_held_and_neither_drafts_nor_what_has_left_the_register(state):
    AssetFactory(state=state)
    assert value(figures.total) == (state in ("live", "under_review", "to_be_disposed"))


@pytest.mark.parametrize(
    ("figure", "gap"),
    [
        (parts.with_personal_data, {"contains_personal_data": True}),
        (parts.not_assessed, {"contains_personal_data": None}),
        (parts.with_special_category, {"contains_personal_data": True, "special_category": True}),
        (parts.key_assets, {"is_key": True}),
        (parts.not_marked, {"marking": None}),
        (parts.without_retention, {"retention_rule": None}),
        (parts.without_publish_decision, {"publish": Asset.Publish.UNDECIDED}),
        (parts.to_be_disposed, {"state": State.TO_BE_DISPOSED}),
    ],
    ids=lambda each: getattr(each, "key", ""),
)
def test_each_part_counts_those_it_says_and_no_others(figure, gap):
    whole(contains_personal_data=False)
    wanted = whole(**{"contains_personal_data": False} | gap)
    whole(**{"contains_personal_data": False} | gap | {"state": State.WITHDRAWN})
    assert [entry.subject for entry in figure.entries(Moment.now(), Scope())] == [wanted.pk]


def test_an_asset_of_which_one_thing_is_rated_is_rated():
    none = {f"{name}_id": None for name in ("confidentiality", "integrity", "availability")}
    whole(**none)
    whole(**none | {"integrity_id": 2})
    assert value(parts.not_rated) == 1


def test_an_asset_of_a_vacant_post_is_ownerless():
    vacant = AssetFactory()
    whole()
    assert [entry.subject for entry in figures.ownerless.entries(Moment.now(), Scope())] == [vacant.pk]


def test_the_register_is_broken_down_by_unit_owner_marking_criticality_and_personal_data():
    asset = whole(integrity_id=3)
    now = (Moment.now(), Scope())
    assert figures.total.by(*now, "unit") == {asset.unit.code: 1}
    assert figures.total.by(*now, "owner") == {asset.owner_id: 1}
    assert figures.total.by(*now, "marking") == {"official": 1}
    assert figures.total.by(*now, "criticality") == {3: 1}
    assert figures.total.by(*now, "personal_data", "state") == {(True, "live"): 1}


@pytest.mark.parametrize(
    ("dimension", "asked"),
    [
        ("marking", "official"),
        ("criticality", "3"),
        ("personal_data", "True"),
        ("key", "False"),
        ("form", "data"),
    ],
)
def test_each_value_of_a_dimension_opens_its_rows(dimension, asked, ig_officer):
    asset = whole(availability_id=3, form="data")
    AssetFactory(form="paper", contains_personal_data=False, is_key=True)
    page = signed_in(ig_officer).get("/figures/assets.total/", {dimension: asked}).content.decode()
    assert asset.reference in page
    assert page.count('<th scope="row"') == 1


def test_a_breakdown_adds_up_to_the_total_at_a_past_moment_too():
    AssetFactory.create_batch(3)
    for moment in (Moment.now(), Moment.of(today() - timedelta(days=1))):
        by_state = figures.total.by(moment, Scope(), "state")
        assert sum(by_state.values()) == figures.total.value(moment, Scope())


def test_every_part_is_a_figure_with_a_definition_and_every_tile_a_part():
    assert set(parts.PARTS) <= set(FIGURES)
    assert {each.key for each, _ in counted.TILES} <= set(parts.PARTS)
    assert all(FIGURES[key].definition.startswith("Assets on the register") for key in parts.PARTS)


def test_the_tiles_are_one_query_and_say_what_the_figures_say(django_assert_num_queries):
    whole()
    AssetFactory(is_key=True, contains_personal_data=None)
    with django_assert_num_queries(1):
        tallies = figures.tallies(Moment.now(), Scope())
    assert tallies == {key: FIGURES[key].value(Moment.now(), Scope()) for key in tallies}
    yesterday = Moment.of(today() - timedelta(days=1))
    assert set(figures.tallies(yesterday, Scope()).values()) == {0}


def test_a_unit_that_holds_nothing_is_named_unless_units_below_it_answer():
    parent, asset = UnitFactory(), AssetFactory()
    nothing = UnitFactory(parent=parent)
    UnitFactory(until_on=today() - timedelta(days=1))
    withdrawn = AssetFactory(state=State.WITHDRAWN)
    rows = coverage.units_without.entries(Moment.now(), Scope())
    assert {row.reference for row in rows} == {nothing.code, withdrawn.unit.code}
    assert asset.unit.code not in {row.reference for row in rows}
    assert value(coverage.units_without, Scope(units=(nothing.code,))) == 1


def test_a_unit_behind_a_figure_leads_to_what_it_holds(ig_officer):
    unit = UnitFactory()
    client = signed_in(ig_officer)
    page = client.get("/figures/assets.units_without/").content.decode()
    assert f"/assets/units/{unit.code}/" in page
    assert client.get(f"/assets/units/{unit.code}/").url == f"/assets/?unit={unit.pk}"
    assert client.get("/assets/units/no-such-unit/").status_code == 404


def test_drafts_and_what_has_left_are_listed_when_their_state_is_asked_for(ig_officer):
    live, draft, gone = (AssetFactory(state=state) for state in (State.LIVE, State.DRAFT, State.DISPOSED))
    client = signed_in(ig_officer)
    page = client.get("/assets/").content.decode()
    assert [each.reference in page for each in (live, draft, gone)] == [True, False, False]
    page = client.get("/assets/", {"state": ["draft", "disposed"]}).content.decode()
    assert [each.reference in page for each in (live, draft, gone)] == [False, True, True]
