"""One file of the LGA/esd layout comes in twice: for its assets, and then for their processing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assets.models import ProcessingActivity
from governance.exchange.importing import commit
from governance.exchange.importing.receiving import receive_for
from governance.exchange.models import Batch
from governance.exchange.reading import FileRefusedError
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.exchange.lga_processing import (
    BASIS,
    HEADINGS,
    IN_ROPA,
    PURPOSES,
    answered,
    at_work,
    brought,
    file_of,
    out,
    row,
)
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import csv_file
from tests.factories import AssetFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]


# One file, two batches


def in_twice(by, owner, *rows):
    """The file committed as assets, and then a batch of it for the processing."""
    words = {"new_owner": owner.post.pk, "new_unit": owner.post.unit_id, "new_form": "paper"}
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
def test_an_officer_mends_a_basis_in_the_file_and_brings_it_back(any_page, ig_officer):
    page, person = any_page, ig_officer
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
