"""The LGA/esd layout both ways: what it says of processing comes in, by the asset that each row is about."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assets.models import ProcessingActivity
from governance.exchange.forms.imports import MatchForm
from governance.exchange.importing import MovedOnError, check, commit, found_in, receive, undo
from governance.exchange.importing.receiving import receive_for
from governance.exchange.layouts import LAYOUTS, LGA, LGA_PROCESSING, others, recognised
from governance.exchange.models import Batch
from governance.exchange.reading import FileRefusedError
from governance.history.trail import signed
from governance.people.models import Controller, Role
from tests.assets.factories_processing import ActivityFactory, LinkFactory
from tests.browser import axe, sign_in
from tests.cast import play, signed_in
from tests.exchange.files import csv_rows
from tests.exchange.test_lga import A_TO_S
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import csv_file
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db
ROPA = ["In RoPA?", "Purposes Of Processing", "Categories Of Individuals", "Categories Of Personal Data",
        "Categories Of Recipients", "Lawful Basis", "Security Measures"]  # fmt: skip
HEADINGS = [*A_TO_S, *ROPA]
PURPOSES, BASIS, IN_ROPA = ROPA[1], ROPA[5], ROPA[0]


@pytest.fixture(autouse=True)
def _in_a_request(request):
    if "ig_officer" not in request.fixturenames:
        yield
        return
    with signed(request.getfixturevalue("ig_officer")):
        yield


def row(reference="", **said):
    full = (
        dict.fromkeys(HEADINGS, "")
        | {"ID": reference}
        | {n.replace("_", " "): text for n, text in said.items()}
    )
    return [full[heading] for heading in HEADINGS]


def file_of(*rows):
    return csv_file([HEADINGS, *rows])


def answered(batch, by, **said):
    """The batch, its columns taken as they are guessed, checked."""
    table = found_in(batch)
    asked = MatchForm(batch=batch, table=table, person=by)
    form = MatchForm(
        {field.name: field.value() or "" for field in asked.columns()} | said,
        batch=batch,
        table=table,
        person=by,
    )
    assert form.is_valid(), form.errors
    form.save()
    return Batch.objects.get(pk=batch.pk)


def brought(data, by, register="activities", **said):
    return answered(receive(data, "lga.csv", register=register, source="LG Inform Plus", by=by), by, **said)


def out(by):
    answer = signed_in(by).get("/exchange/assets/file.csv?file_columns=lga")
    return b"".join(answer.streaming_content)


def faults(batch):
    return [fault[2] for each in batch.rows.order_by("number") for fault in each.faults]


def at_work(**options):
    """An asset and the one activity that works with it."""
    link = LinkFactory(activity=ActivityFactory(**options))
    return link.asset, link.activity


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


# One file, two batches


def in_twice(by, owner, *rows):
    """The file committed as assets, and then a batch of it for the processing."""
    words = {"new_owner": owner.post.code, "new_unit": owner.post.unit.code, "new_form": "Paper"}
    first = brought(file_of(*rows), by, "assets", **words)
    commit(first.pk)
    return first, signed_in(by).post(reverse("exchange:also", args=[first.pk]), {"register": "activities"})


def test_a_row_that_was_new_among_the_assets_is_known_by_its_place_in_the_file(ig_officer, owner):
    new = row(**{"Records Description": "Parking permits", IN_ROPA: "Yes", PURPOSES: "To issue permits"})
    theirs = row("SC-1", **{"Records Description": "Blue badges", IN_ROPA: "Yes"})
    first, answer = in_twice(ig_officer, owner, new, theirs)
    second = Batch.objects.exclude(pk=first.pk).get()
    assert answer.url == reverse("exchange:match", args=[second.pk])
    assert (second.register, second.file.sha256, second.source.name) == (
        "activities", first.file.sha256, first.source.name,
    )  # fmt: skip
    batch = answered(second, ig_officer)
    assert [each.kind for each in batch.rows.order_by("number")] == ["new", "error"]
    commit(batch.pk)
    made = ProcessingActivity.objects.get()
    assert (made.title, made.purposes) == ("Parking permits", "To issue permits")
    assert made.asset_links.get().asset.title == "Parking permits"


def test_the_second_batch_is_offered_once_the_first_is_in_and_no_more_after_that(ig_officer, owner):
    asset, _ = at_work()
    changing = row(asset.reference, **{"Records Description": "Renamed", PURPOSES: "After"})
    batch = brought(file_of(changing), ig_officer, "assets")
    officer, page = signed_in(ig_officer), reverse("exchange:batch", args=[batch.pk])
    offer = "Bring in its processing activities"
    assert offer not in officer.get(page).content.decode()
    commit(batch.pk)
    assert offer in officer.get(page).content.decode()
    second = answered(receive_for(batch, "activities", ig_officer), ig_officer)
    commit(second.pk)
    assert offer not in officer.get(page).content.decode()
    answer = officer.post(reverse("exchange:also", args=[batch.pk]), {"register": "activities"}, follow=True)
    assert "came in for both already, or is for no other register" in answer.content.decode()
    assert Batch.objects.count() == 2


def test_a_file_that_says_something_new_of_processing_alone_goes_on_at_once(ig_officer):
    asset, activity = at_work()
    edited = row(asset.reference, **{PURPOSES: "After"})
    batch = brought(file_of(edited), ig_officer, "assets")
    if batch.rows.exists():  # the columns of the asset are made to say what it says
        commit(batch.pk)
        batch = brought(file_of(edited), ig_officer, "assets")
    officer, page = signed_in(ig_officer), reverse("exchange:batch", args=[batch.pk])
    words = officer.get(page).content.decode()
    assert "changes nothing of the assets" in words
    assert "Bring in its processing activities" in words
    second = answered(receive_for(batch, "activities", ig_officer), ig_officer)
    commit(second.pk)
    activity.refresh_from_db()
    assert activity.purposes == "After"


def test_an_emptied_file_is_offered_for_nothing_more(ig_officer, empty):
    asset, _ = at_work()
    batch = brought(file_of(row(asset.reference, **{"Records Description": "Renamed"})), ig_officer, "assets")
    commit(batch.pk)
    empty(batch)
    batch = Batch.objects.get(pk=batch.pk)
    page = signed_in(ig_officer).get(reverse("exchange:batch", args=[batch.pk])).content.decode()
    assert "Bring in its" not in page
    with pytest.raises(FileRefusedError):
        receive_for(batch, "activities", ig_officer)


def test_columns_left_out_stand_in_the_order_of_the_file_apart_from_those_that_no_file_sets(ig_officer):
    asset, _ = at_work()
    data = csv_file([[*HEADINGS, "Shelf", "Box"], [*row(asset.reference, **{PURPOSES: "x"}), "1", "2"]])
    places = {f"column_{len(HEADINGS) + place}": "-" for place in (0, 1)}
    batch = brought(data, ig_officer, "assets", **places)
    page = signed_in(ig_officer).get(reverse("exchange:batch", args=[batch.pk]))
    assert page.context["left_out"] == ["Shelf", "Box"]
    settled = page.context["settled"]
    assert settled == [heading for heading in HEADINGS if heading in settled]
    assert {PURPOSES, BASIS, "Service ID (download only)", "Data Controller Name"} <= set(settled)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_officer_mends_a_basis_in_the_file_and_brings_it_back(any_page):
    page, person = any_page, play("ig_officer", Role.IG_OFFICER)
    with signed(person):
        asset, activity = at_work(purposes="To pay")
        AssetFactory(title="Parking permits", owner=asset.owner)
    edits = {(1, "Records Description"): "Renamed", (1, BASIS): "Contract", (2, IN_ROPA): "Yes"}
    data = edited_csv(out(person), edits)
    sign_in(page, person)
    page.goto("/exchange/imports/new/")
    page.get_by_label("File").set_input_files({"name": "esd.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_label("Where does it come from?").fill("LG Inform Plus")
    page.get_by_role("button", name="Go on to its columns").click()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Columns for reading only, or of another register")).to_be_visible()
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 asset changed. You can still undo it")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Bring in its processing activities").click()
    expect(page.get_by_role("heading", name="What do the columns mean?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Commit this file").click()
    expect(
        page.get_by_text("1 processing activity is new and 1 changed. You can still undo it")
    ).to_be_visible()
    activity.refresh_from_db()
    assert activity.basis_id == "contract"
    assert ProcessingActivity.objects.get(state="draft").title == "Parking permits"
