"""The references of a council's own file are remembered: put right and brought in again, nothing doubles."""

import pytest

from assets.models import Asset
from governance.exchange.importing import check, commit, guess, undo
from governance.exchange.importing.committing import MovedOnError
from governance.exchange.models import OF_LEFT_OUT, NotReadyError
from governance.people.registers.sheet import SHEETS
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(ig_officer, owner):
    """A file of these rows (reference and title), checked."""

    def checked(*rows, source="Old spreadsheet", headings=HEADINGS):
        post, unit = owner.post.code, owner.post.unit.code
        data = csv_file([headings, *([reference, title, "Paper", post, unit] for reference, title in rows)])
        return brought(data, ig_officer, source=source, unknown_are_new=True)

    return checked


def kinds(batch):
    return {kind: number for kind, number in batch.rows.counts().items() if number}


def test_a_file_put_right_and_brought_in_again_brings_in_only_what_was_left_out(bring):
    first = bring(("F-001", "Case files"), ("F-002", ""))
    assert kinds(first) == {"new": 1, "error": 1}
    commit(first.pk)
    again = bring(("F-001", "Case files"), ("F-002", "Visits"))
    assert kinds(again) == {"new": 1}
    assert again.unchanged_count == 1
    commit(again.pk)
    assert Asset.objects.filter(title__in=["Case files", "Visits"]).count() == 2


def test_what_the_file_says_otherwise_by_then_is_a_change(bring, ig_officer, owner):
    commit(bring(("F-001", "Case files")).pk)
    headings = ["Reference", "Title", "Form"]
    again = brought(
        csv_file([headings, ["f-001", "Case files", "Data"]]), ig_officer, source="Old spreadsheet"
    )
    row, came_in = again.rows.get(), Asset.objects.get(title="Case files")
    assert (row.kind, row.entry_id, row.patch) == ("changed", came_in.pk, {"form": "data"})
    commit(again.pk)
    came_in.refresh_from_db()
    assert came_in.form == "data"


def test_where_the_title_is_another_a_person_says_whether_it_is_the_same_thing(bring):
    """Some lists are numbered anew: a line put in at the top must not turn one asset into another."""
    commit(bring(("1", "Adoption records"), ("2", "Fleet")).pk)
    again = bring(("1", "Abandoned vehicles"), ("2", "Adoption records"), ("3", "Fleet"))
    assert kinds(again) == {"conflict": 2, "new": 1}
    with pytest.raises(NotReadyError, match="Choose first"):
        commit(again.pk)
    assert set(Asset.objects.values_list("title", flat=True)) >= {"Adoption records", "Fleet"}


def test_another_source_has_its_own_references(bring):
    commit(bring(("F-001", "Case files")).pk)
    assert kinds(bring(("F-001", "Fleet"), source="Fleet's list")) == {"new": 1}


def test_the_register_s_own_reference_goes_before_theirs(bring, owner):
    commit(bring((owner.asset.reference, owner.asset.title), ("F-001", "Case files")).pk)
    again = bring((owner.asset.reference, "Renamed"))
    assert again.rows.get().entry_id == owner.asset.pk


def test_what_was_taken_back_comes_in_again_as_new(bring):
    first = bring(("F-001", "Case files"))
    commit(first.pk)
    undo(first.pk)
    assert kinds(bring(("F-001", "Case files"))) == {"new": 1}


def test_two_rows_that_mean_one_entry_are_both_errors(bring):
    commit(bring(("F-001", "Case files")).pk)
    reference = Asset.objects.get(title="Case files").reference
    batch = bring(("F-001", "One"), (reference, "Other"))
    assert kinds(batch) == {"error": 2}
    assert "stands in row" in batch.rows.first().faults[0][2]


def test_two_files_of_a_source_checked_side_by_side_do_not_bring_one_thing_in_twice(bring, ig_officer):
    one, other = bring(("F-001", "Case files")), bring(("F-001", "Case files"), ("F-002", "Visits"))
    commit(one.pk)
    with pytest.raises(MovedOnError) as moved:
        commit(other.pk)
    came_in = Asset.objects.get(title="Case files").reference
    assert (moved.value.references, moved.value.became) == ([came_in], "came in")
    address, seen = f"/exchange/imports/{other.pk}/commit/", other.rows.seen()
    page = signed_in(ig_officer).post(address, {"seen": seen}, follow=True).content.decode()
    assert f"{came_in} came in since the file was checked, so nothing was written" in page
    assert "changed since" not in page
    check(other, ig_officer)
    assert kinds(other) == {"new": 1}
    commit(other.pk)
    assert Asset.objects.filter(title="Case files").count() == 1


def test_the_file_of_what_was_left_out_knows_its_own_columns(ig_officer, owner):
    found = guess(SHEETS["assets"], [*OF_LEFT_OUT, "Title"], {})
    assert found == {OF_LEFT_OUT[0]: "", OF_LEFT_OUT[1]: "", "Title": "title"}
