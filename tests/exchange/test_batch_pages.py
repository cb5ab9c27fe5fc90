"""The page of a batch says what can come in, what did, and what was left out."""

import pytest
from django.urls import reverse

from assets.models import Asset
from governance.exchange.importing import commit, receive, undo
from governance.exchange.representations.told import came_in, taken_back
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


def page_of(officer, batch, **query):
    return officer.get(reverse("exchange:batch", args=[batch.pk], query=query)).content.decode()


def test_a_file_of_errors_alone_is_not_offered_for_commit(officer, ig_officer, owner):
    page = page_of(officer, brought(csv_file([HEADINGS, row_of(owner.asset, form="Papyrus")]), ig_officer))
    assert "Nothing in this file can come in yet: 1 row has errors." in page
    assert "Commit this file" not in page
    assert "Abandon this file" in page


def test_a_file_that_changes_nothing_is_not_offered_for_commit(officer, ig_officer, owner):
    page = page_of(officer, brought(csv_file([HEADINGS, row_of(owner.asset)]), ig_officer))
    assert "This file changes nothing of the assets: the register says all of it already." in page
    assert "Commit this file" not in page


def test_what_changes_is_shown_before_what_is_wrong(officer, ig_officer, owner):
    rows = [HEADINGS, row_of(owner.asset, title="Renamed"), ["IA-9999", "Unknown", "", "", ""]]
    page = page_of(officer, brought(csv_file(rows), ig_officer))
    assert "Renamed" in page
    assert "There is no asset IA-9999" not in page
    assert "Commit this file" in page


def test_a_committed_batch_says_what_came_in_and_an_undone_one_what_was_taken_back(
    officer, ig_officer, owner
):
    new = ["", "Staff files", "Paper", owner.post.code, owner.post.unit.code]
    rows = [HEADINGS, row_of(owner.asset, title="Renamed"), new, ["IA-9999", "Unknown", "", "", ""]]
    batch = brought(csv_file(rows), ig_officer)
    commit(batch.pk)
    assert "1 asset is new and 1 changed. 1 row was left out." in page_of(officer, batch)
    undo(batch.pk)
    page = page_of(officer, batch)
    assert "This batch was undone: 1 asset is withdrawn and 1 is as before. The rows below" in page
    assert "New, taken back" in page
    assert "Changed, taken back" in page


def test_several_are_told_in_the_plural_and_what_others_changed_is_said(ig_officer, owner):
    assets = AssetFactory.create_batch(3)
    batch = brought(
        csv_file([HEADINGS, *(row_of(each, title=f"No {each.pk}") for each in assets)]), ig_officer
    )
    commit(batch.pk)
    assert came_in(batch) == "3 assets changed"
    Asset.objects.filter(pk=assets[0].pk).update(title="Better")
    undo(batch.pk)
    assert taken_back(batch) == "3 assets are as before, save in 1 row that others have changed since"


@pytest.mark.parametrize(("choice", "said"), [("file", "1 asset changed"), ("register", "Nothing changed")])
def test_a_conflict_counts_as_changed_only_where_the_file_was_chosen(ig_officer, owner, choice, said):
    rows = [["Version", *HEADINGS], [owner.asset.standing_version(), *row_of(owner.asset, title="File")]]
    Asset.objects.filter(pk=owner.asset.pk).update(title="Page")
    batch = brought(csv_file(rows), ig_officer)
    batch.choose(choice, seen=batch.rows.seen())
    commit(batch.pk)
    assert came_in(batch) == said
    undo(batch.pk)
    assert taken_back(batch) == {
        "file": "1 asset is as before", "register": "There was nothing to take back",
    }[choice]  # fmt: skip


def test_rows_of_a_kind_are_headed_in_the_plural_and_counted_in_the_singular(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, form="Papyrus")]), ig_officer)
    page = page_of(officer, batch, show="error")
    assert '<span class="app-tile__value">1</span> <span class="app-tile__label">Error</span>' in page
    assert '<span class="app-tile__value">0</span> <span class="app-tile__label">Conflicts</span>' in page
    assert ">Errors</caption>" in page


def test_a_reference_that_is_not_ours_is_said_to_be_theirs_and_a_double_one_comes_first(
    officer, ig_officer, owner
):
    rows = [HEADINGS, *(["SC-1", f"File {n}", "Papyrus", "nobody", "nowhere"] for n in (1, 2))]
    batch = brought(csv_file(rows), ig_officer, unknown_are_new=True)
    assert "their reference SC-1" in page_of(officer, batch, show="error")
    for row in batch.rows.all():
        assert row.faults[0][2].startswith("The same reference stands in row")


def test_what_an_undo_would_not_touch_is_not_spoken_of(officer, ig_officer, owner):
    undo_page = "exchange:undo"
    changed = brought(csv_file([HEADINGS, row_of(owner.asset, title="Renamed")]), ig_officer)
    commit(changed.pk)
    page = officer.get(reverse(undo_page, args=[changed.pk])).content.decode()
    assert "What it changed in 1 entry goes back" in page
    assert "it brought" not in page
    new = ["", "Staff files", "Paper", owner.post.code, owner.post.unit.code]
    entered = brought(csv_file([HEADINGS, new]), ig_officer)
    commit(entered.pk)
    page = officer.get(reverse(undo_page, args=[entered.pk])).content.decode()
    assert "The new entry it brought is withdrawn, not deleted" in page
    assert "What it changed" not in page


def test_a_file_that_is_left_is_abandoned_in_the_same_word(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="Renamed")]), ig_officer)
    assert "Abandon this file" in page_of(officer, batch)
    done = officer.post(reverse("exchange:abandon", args=[batch.pk]), follow=True).content.decode()
    assert "housing.csv was abandoned, and nothing of it was written" in done


def test_a_title_that_is_too_long_still_names_its_row(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="Burials " * 75)]), ig_officer)
    assert batch.rows.get().title == f"{('Burials ' * 75)[:40]}…"
    assert "No title" not in page_of(officer, batch)


def test_a_heading_that_asks_takes_no_colon_more(officer, ig_officer, owner):
    names = ["reference", "title", "form", "owner", "unit"]
    asked = ["Reference", "Title", "What is it?", "Owner", "Unit"]
    data = csv_file([asked, row_of(owner.asset, form="Papyrus")])
    batch = brought(data, ig_officer, mapping=dict(zip(asked, names, strict=True)))
    page = page_of(officer, batch)
    assert "<strong>What is it?</strong> “Papyrus”" in page
    file = officer.get(reverse("exchange:errors", args=[batch.pk]))
    assert "What is it? “Papyrus”" in b"".join(file.streaming_content).decode("utf-8-sig")


def test_how_rows_were_taken_is_remembered_for_the_source(officer, ig_officer, owner):
    data = csv_file([HEADINGS, row_of(owner.asset, title="Renamed")])
    how = {"unknown_are_new": True, "blank_means_empty": True, "for_new": {"form": "paper"}}
    commit(brought(data, ig_officer, **how).pk)
    again = receive(data, "housing.csv", register="assets", source="Housing", by=ig_officer)
    assert {name: getattr(again, name) for name in how} == how
    page = officer.get(reverse("exchange:match", args=[again.pk]))
    assert {name: page.context["form"][name].value() for name in ("unknown_are_new", "new_form")} == {
        "unknown_are_new": True, "new_form": "paper",
    }  # fmt: skip
    other = receive(data, "parks.csv", register="assets", source="Parks", by=ig_officer)
    assert (other.unknown_are_new, other.blank_means_empty, other.for_new) == (False, False, {})
