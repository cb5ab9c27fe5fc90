"""The LGA/esd layout both ways: what it says of processing comes in, by the asset that each row is about."""

import pytest

from assets.models import ProcessingActivity
from governance.exchange.forms.imports import MatchForm
from governance.exchange.importing import MovedOnError, check, commit, found_in, receive, undo
from governance.exchange.layouts import LAYOUTS, LGA, LGA_PROCESSING, others, recognised
from governance.people.models import Controller
from tests.assets.factories_processing import ActivityFactory, LinkFactory
from tests.exchange.files import csv_rows
from tests.exchange.lga_processing import (
    BASIS,
    HEADINGS,
    IN_ROPA,
    PURPOSES,
    ROPA,
    at_work,
    brought,
    faults,
    file_of,
    out,
    row,
)
from tests.exchange.test_lga import A_TO_S
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import csv_file
from tests.factories import AssetFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]


# The layout


def test_the_layout_is_known_to_both_registers():
    assert recognised(LAYOUTS.values(), "activities", HEADINGS) is LGA_PROCESSING
    assert [each.register for each in others(LAYOUTS.values(), "assets", HEADINGS)] == ["activities"]
    assert [each.register for each in others(LAYOUTS.values(), "activities", HEADINGS)] == ["assets"]


def test_a_file_that_says_nothing_of_processing_is_for_assets_alone():
    assert others(LAYOUTS.values(), "assets", A_TO_S) == []
    assert others(LAYOUTS.values(), "assets", ["Reference", "Title"]) == []


def test_each_column_is_the_asset_s_the_processing_s_or_nobody_s():
    of_assets, of_processing = LGA.mapping(HEADINGS), LGA_PROCESSING.mapping(HEADINGS)
    assert of_processing["ID"] == "asset"
    assert [of_processing[heading] for heading in ROPA] == [
        "in_ropa", "purposes", "data_subjects", "data_categories", "recipients", "basis", "security",
    ]  # fmt: skip
    both = {heading for heading in HEADINGS if of_assets[heading] and of_processing[heading]}
    assert both == {"ID"}
    assert of_processing["Records Description"] == of_processing["Service ID (download only)"] == ""


def test_each_column_that_is_left_out_says_why():
    why = LGA_PROCESSING.left_out(HEADINGS)
    assert why["Records Description"].startswith("About the asset: brought in as assets")
    assert why["Service ID (download only)"].startswith("Download only")
    assert why["Data Protection Officer Name"].startswith("About the whole organisation")
    assert LGA.left_out(HEADINGS)["Lawful Basis"].startswith("About the processing: brought in as processing")


# One activity


def test_what_a_row_says_of_processing_changes_the_one_activity_of_its_asset(ig_officer):
    asset, activity = at_work(purposes="Before")
    batch = brought(file_of(row(asset.reference, **{PURPOSES: "After", BASIS: "Consent"})), ig_officer)
    assert faults(batch) == ["It is live. Say where consent is recorded"]
    batch = brought(file_of(row(asset.reference, **{PURPOSES: "After", BASIS: "Contract"})), ig_officer)
    (found,) = batch.rows.all()
    assert (found.kind, found.reference, found.title) == ("changed", activity.reference, activity.title)
    commit(batch.pk)
    activity.refresh_from_db()
    assert (activity.purposes, activity.basis_id, activity.title) == ("After", "contract", found.title)
    undo(batch.pk)
    activity.refresh_from_db()
    assert activity.purposes == "Before"


def test_an_activity_that_is_over_is_not_the_one_meant(ig_officer):
    asset, activity = at_work()
    LinkFactory(asset=asset, activity=ActivityFactory(state="ended", ended_on="2025-01-01"))
    batch = brought(file_of(row(asset.reference, **{PURPOSES: "After"})), ig_officer)
    assert batch.rows.get().reference == activity.reference


def test_the_asset_s_own_columns_do_not_touch_the_activity(ig_officer):
    asset, _ = at_work()
    said = {
        "Records Description": "Renamed",
        "Data Controller Name": "Elsewhere",
        "Service ID (download only)": "x",
    }
    batch = brought(file_of(row(asset.reference, **said)), ig_officer)
    assert (batch.rows.count(), batch.unchanged_count) == (0, 1)
    assert Controller.objects.current().name == ""


@pytest.mark.parametrize("again", [1, 2])
def test_what_we_write_comes_back_to_both_registers_without_a_change(ig_officer, again):
    for _ in range(2):
        asset, activity = at_work(purposes="To pay; to account\nand more")
        LinkFactory(activity=activity)
    LinkFactory(asset=asset)
    AssetFactory()
    data = out(ig_officer)
    for register in ("assets", "activities"):
        batch = brought(data, ig_officer, register)
        assert [(each.kind, each.patch, each.faults) for each in batch.rows.all()] == []
        assert batch.unchanged_count == len(csv_rows(data)) - 1 == 5


def test_an_edited_cell_of_what_we_write_changes_that_cell_alone(ig_officer):
    _, activity = at_work(security="Before")
    batch = brought(edited_csv(out(ig_officer), {(1, "Security Measures"): "After"}), ig_officer)
    assert [(each.reference, each.patch) for each in batch.rows.all()] == [
        (activity.reference, {"security": "After"}),
    ]  # fmt: skip


# None, and several


def test_an_asset_without_one_gets_a_draft_where_the_row_says_that_it_is_in_the_ropa(ig_officer):
    asset = AssetFactory(purpose="From the asset", data_subjects="Tenants", contains_personal_data=True)
    said = {IN_ROPA: "Yes", "Categories Of Individuals": "Residents", BASIS: "Public task"}
    batch = brought(file_of(row(asset.reference, **said)), ig_officer)
    assert (batch.rows.get().kind, batch.rows.get().title) == ("new", asset.title), faults(batch)
    commit(batch.pk)
    made = ProcessingActivity.objects.get()
    assert (made.state, made.title, made.owner, made.unit) == ("draft", asset.title, asset.owner, asset.unit)
    assert (made.purposes, made.data_subjects, made.basis.name) == (
        "From the asset",
        "Residents",
        "Public task",
    )
    assert [link.asset for link in made.asset_links.all()] == [asset]
    again = brought(file_of(row(asset.reference, **said)), ig_officer)
    assert again.unchanged_count == 1
    undo(batch.pk)
    made.refresh_from_db()
    assert made.state == "ended"


def test_a_draft_that_somebody_enters_between_check_and_commit_is_not_entered_twice(ig_officer):
    asset, other = AssetFactory.create_batch(2)
    rows = [row(each.reference, **{IN_ROPA: "Yes", PURPOSES: "To pay"}) for each in (asset, other)]
    batch = brought(file_of(*rows), ig_officer)
    made = LinkFactory(asset=asset, activity=ActivityFactory(state="draft")).activity
    with pytest.raises(MovedOnError) as moved:
        commit(batch.pk)
    assert (moved.value.references, ProcessingActivity.objects.count()) == ([asset.reference], 1)
    check(batch, ig_officer)
    assert [(each.kind, each.reference) for each in batch.rows.order_by("number")] == [
        ("changed", made.reference), ("new", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["", "No"])
def test_nothing_is_entered_for_an_asset_that_nobody_says_is_in_the_ropa(ig_officer, word):
    asset = AssetFactory()
    batch = brought(file_of(row(asset.reference, **{IN_ROPA: word})), ig_officer)
    assert (batch.rows.count(), batch.unchanged_count) == (0, 1)
    batch = brought(file_of(row(asset.reference, **{IN_ROPA: word, PURPOSES: "To pay"})), ig_officer)
    assert faults(batch) == [
        f"No processing activity works with {asset.reference}. Say Yes here to enter one"
    ]


def test_an_asset_is_not_taken_out_of_the_ropa_by_a_file(ig_officer):
    asset, activity = at_work()
    batch = brought(file_of(row(asset.reference, **{IN_ROPA: "No"})), ig_officer)
    assert faults(batch) == [
        f"It says No, but {activity.reference} works with {asset.reference}: end it, or take the asset off "
        "it, on its page"
    ]


def test_of_several_activities_none_is_changed_and_all_are_named(ig_officer):
    asset, first = at_work(purposes="One")
    second = LinkFactory(asset=asset, activity=ActivityFactory(purposes="Two")).activity
    same = {PURPOSES: "Two; One", IN_ROPA: "Yes"}
    assert brought(file_of(row(asset.reference, **same)), ig_officer).unchanged_count == 1
    batch = brought(file_of(row(asset.reference, **{IN_ROPA: "No"})), ig_officer)
    assert faults(batch)[0].startswith(f"It says No. {first.reference} and {second.reference} work with")
    batch = brought(file_of(row(asset.reference, **{PURPOSES: "Three"})), ig_officer)
    assert faults(batch) == [
        f"{first.reference} and {second.reference} work with {asset.reference}, so it is not clear which is "
        "meant. Bring in the file of the record of processing itself"
    ]
    assert batch.rows.get().title == asset.reference


def test_two_rows_that_say_the_same_of_one_activity_change_it_once(ig_officer):
    asset, activity = at_work(purposes="Before")
    other = LinkFactory(activity=activity).asset
    alike = [row(each.reference, **{PURPOSES: "After"}) for each in (asset, other)]
    batch = brought(file_of(*alike), ig_officer)
    assert (batch.rows.count(), batch.unchanged_count) == (1, 1)
    commit(batch.pk)
    differing = [row(asset.reference, **{PURPOSES: "One"}), row(other.reference, **{PURPOSES: "Two"})]
    batch = brought(file_of(*differing), ig_officer)
    assert faults(batch) == [
        f"Row {number} says otherwise of {activity.reference}: let both say the same" for number in (3, 2)
    ]


def test_a_row_that_names_no_asset_or_one_twice_is_reported(ig_officer):
    asset, _ = at_work()
    rows = [
        row("", **{PURPOSES: "x"}), row("123456", **{IN_ROPA: "yes"}), row("654321"),
        row(asset.reference, **{PURPOSES: "x"}), row(asset.reference, **{PURPOSES: "y"}),
    ]  # fmt: skip
    batch = brought(file_of(*rows), ig_officer)
    assert faults(batch) == [
        "It names no asset. Bring the file in as assets first",
        "There is no asset 123456",
        "The same reference stands in row 6 too",
        "The same reference stands in row 5 too",
    ]
    assert batch.unchanged_count == 1


def test_rows_are_matched_by_the_activity_or_by_the_asset_not_by_both(ig_officer):
    data = csv_file([["Reference", "Asset", "Purposes"], ["PA-0001", "IA-0001", "x"]])
    batch = receive(data, "ropa.csv", register="activities", source="Ours", by=ig_officer)
    said = {"column_0": "reference", "column_1": "asset", "column_2": "purposes"}
    form = MatchForm(said, batch=batch, table=found_in(batch), person=ig_officer)
    assert form.errors == {"column_0": ["Rows are matched by the asset already, not by both"]}


@pytest.mark.parametrize("number", [10, 100])
def test_many_rows_take_as_many_queries_as_few(ig_officer, number, django_assert_max_num_queries):
    activity = ActivityFactory(state="draft")
    assets = AssetFactory.create_batch(number, owner=activity.owner)
    rows = [row(each.reference, **{IN_ROPA: "Yes", PURPOSES: f"No {n}"}) for n, each in enumerate(assets)]
    with django_assert_max_num_queries(62):
        batch = brought(file_of(*rows), ig_officer)
    with django_assert_max_num_queries(32):
        commit(batch.pk)
    assert ProcessingActivity.objects.filter(asset_links__asset__in=assets).count() == number
