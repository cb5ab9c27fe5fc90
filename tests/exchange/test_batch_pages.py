"""The page of a batch says what can come in, what did, and what was left out."""

import pytest
from django.urls import reverse

from governance.exchange.importing import commit, receive, undo
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of

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
    assert "This file changes nothing: the register says all of it already." in page
    assert "Commit this file" not in page


def test_what_changes_is_shown_before_what_is_wrong(officer, ig_officer, owner):
    rows = [HEADINGS, row_of(owner.asset, title="Renamed"), ["IA-9999", "Unknown", "", "", ""]]
    page = page_of(officer, brought(csv_file(rows), ig_officer))
    assert "Renamed" in page
    assert "There is no asset IA-9999" not in page
    assert "Commit this file" in page


def test_a_committed_batch_says_what_came_in_and_an_undone_one_that_it_was_undone(officer, ig_officer, owner):
    rows = [HEADINGS, row_of(owner.asset, title="Renamed"), ["IA-9999", "Unknown", "", "", ""]]
    batch = brought(csv_file(rows), ig_officer)
    commit(batch.pk)
    assert "1 row came in. 1 row was left out." in page_of(officer, batch)
    undo(batch.pk)
    assert "This batch was undone." in page_of(officer, batch)


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
    how = {"unknown_are_new": True, "blank_means_empty": True, "for_new": {"form": "Paper"}}
    commit(brought(data, ig_officer, **how).pk)
    again = receive(data, "housing.csv", register="assets", source="Housing", by=ig_officer)
    assert {name: getattr(again, name) for name in how} == how
    page = officer.get(reverse("exchange:match", args=[again.pk]))
    assert {name: page.context["form"][name].value() for name in ("unknown_are_new", "new_form")} == {
        "unknown_are_new": True, "new_form": "Paper",
    }  # fmt: skip
    other = receive(data, "parks.csv", register="assets", source="Parks", by=ig_officer)
    assert (other.unknown_are_new, other.blank_means_empty, other.for_new) == (False, False, {})
