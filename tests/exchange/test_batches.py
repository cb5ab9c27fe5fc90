"""A file becomes a batch: checked, committed once, taken back."""

import pytest
from django.db import transaction
from django.urls import reverse

from assets.models import Asset
from governance.exchange.importing import MovedOnError, NotReadyError, check, commit, undo
from governance.exchange.importing.checking import OWN_NUMBERS
from governance.exchange.models import UNKNOWN_ARE_NEW, Batch, BatchRow
from governance.history.trail import because, signed
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_a_request(ig_officer):
    """As TrailMiddleware does for each request."""
    with signed(ig_officer):
        yield


def versions(asset):
    return Asset.history.filter(id=asset.pk).count()


def test_a_row_without_reference_is_new_and_gets_the_next_one(ig_officer, owner):
    highest = Asset.objects.order_by("reference").last().reference
    batch = brought(
        csv_file([HEADINGS, ["", "Case files", "Paper", owner.post.code, owner.post.unit.code]]), ig_officer
    )
    assert batch.rows.counts() == {"new": 1, "changed": 0, "conflict": 0, "error": 0}
    assert commit(batch.pk)
    entered = Asset.objects.get(title="Case files")
    assert entered.reference == f"IA-{int(highest[3:]) + 1:04}"
    assert (entered.form, entered.owner, entered.state) == ("paper", owner.post, "live")
    assert batch.rows.get().entry_id == entered.pk


def test_only_the_fields_that_differ_are_changed(ig_officer, owner):
    before = versions(owner.asset)
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="Renamed")]), ig_officer)
    (row,) = batch.rows.all()
    assert (row.kind, row.patch, row.before) == (
        "changed",
        {"title": "Renamed"},
        {"title": owner.asset.title},
    )
    commit(batch.pk)
    owner.asset.refresh_from_db()
    assert owner.asset.title == "Renamed"
    assert versions(owner.asset) == before + 1
    assert Asset.history.filter(id=owner.asset.pk).latest("history_id").history_change_reason == (
        f"Imported from housing.csv, batch {batch.pk}"
    )


def test_a_row_that_changes_nothing_is_counted_and_leaves_no_history(ig_officer, owner):
    before = versions(owner.asset)
    batch = brought(csv_file([HEADINGS, row_of(owner.asset)]), ig_officer)
    assert (batch.row_count, batch.unchanged_count, batch.rows.count()) == (1, 1, 0)
    commit(batch.pk)
    assert versions(owner.asset) == before


def test_the_check_writes_nothing_to_the_register(ig_officer, owner):
    brought(
        csv_file([HEADINGS, row_of(owner.asset, title="Renamed"), ["", "New", "Paper", "owner", "x"]]),
        ig_officer,
    )
    owner.asset.refresh_from_db()
    assert owner.asset.title != "Renamed"
    assert not Asset.objects.filter(title="New").exists()


def test_a_blank_cell_leaves_the_field_unless_the_officer_says_that_it_empties_it(ig_officer, owner):
    Asset.objects.filter(pk=owner.asset.pk).update(description="Kept", purpose="Kept too")
    data = csv_file([["Reference", "Description"], [owner.asset.reference, ""]])
    assert brought(data, ig_officer).unchanged_count == 1
    emptied = brought(data, ig_officer, blank_means_empty=True)
    assert emptied.rows.get().patch == {"description": ""}
    commit(emptied.pk)
    owner.asset.refresh_from_db()
    assert (owner.asset.description, owner.asset.purpose) == ("", "Kept too")


def test_a_field_that_must_be_filled_cannot_be_emptied(ig_officer, owner):
    data = csv_file([["Reference", "Title"], [owner.asset.reference, " "]])
    row = brought(data, ig_officer, blank_means_empty=True).rows.get()
    assert (row.kind, row.faults) == ("error", [["Title", "", "It is blank, and cannot be"]])


def test_a_list_with_numbers_of_its_own_is_told_of_the_box_by_its_label(ig_officer):
    batch = brought(csv_file([["Reference", "Title"], ["A1", "Files"]]), ig_officer)
    said = batch.rows.get().faults[0][2]
    assert said.startswith("There is no asset A1. For a list with numbers of its own, go to “Change what")
    assert f"tick “{UNKNOWN_ARE_NEW}”" in said
    officer = signed_in(ig_officer)
    assert "Change what the columns mean</a>" in officer.get(batch.get_absolute_url()).content.decode()
    box = officer.get(reverse("exchange:match", args=[batch.pk])).context["form"]["unknown_are_new"]
    assert box.label.startswith(f"{UNKNOWN_ARE_NEW}. ")


def test_every_fault_names_its_row_and_column(ig_officer, owner):
    data = csv_file([
        [*HEADINGS, "Stars of openness", "Period start"],
        [*row_of(owner.asset, title="Good"), "2", ""],
        ["IA-9999", "Unknown", "Paper", "owner", "x", "2", ""],
        ["", "", "Papyrus", "nobody", owner.post.unit.code, "seven", ""],
    ])  # fmt: skip
    batch = brought(data, ig_officer)
    faults = {
        row.number: {(heading, sentence) for heading, _, sentence in row.faults} for row in batch.rows.all()
    }
    assert set(faults) == {2, 3, 4}
    assert ("Reference", f"There is no asset IA-9999. {OWN_NUMBERS}") in faults[3]
    assert {heading for heading, _ in faults[3]} == {"Reference", "Unit"}, (
        "what is wrong, and nothing missing"
    )
    assert ("Title", "It is missing, and every new asset needs it") in faults[4]
    assert {heading for heading, _ in faults[4]} == {"Title", "Form", "Owner", "Stars of openness"}


def test_a_reference_that_stands_twice_is_an_error_in_both_rows(ig_officer, owner):
    data = csv_file([HEADINGS, row_of(owner.asset, title="One"), row_of(owner.asset, title="Two")])
    rows = brought(data, ig_officer).rows.order_by("number")
    assert [row.faults[0][2] for row in rows] == [
        "The same reference stands in row 3 too", "The same reference stands in row 2 too",
    ]  # fmt: skip


def test_an_unknown_reference_can_be_let_in_under_a_new_one_if_the_officer_says_so(ig_officer, owner):
    data = csv_file([HEADINGS, ["HR-12", "Staff files", "Paper", owner.post.code, owner.post.unit.code]])
    assert brought(data, ig_officer).rows.get().kind == "error"
    batch = brought(data, ig_officer, unknown_are_new=True)
    commit(batch.pk)
    assert Asset.objects.get(title="Staff files").reference.startswith("IA-")


def test_what_the_database_would_refuse_is_foretold(ig_officer, owner):
    data = csv_file([
        ["Reference", "Special category", "Personal data", "Confidentiality", "Publish", "Duplicate of"],
        [owner.asset.reference, "yes", "no", "3", "withhold", owner.asset.reference],
    ])  # fmt: skip
    (row,) = brought(data, ig_officer).rows.all()
    assert {heading for heading, _, _ in row.faults} == {
        "Personal data", "Confidentiality: why", "Publish", "Part of",
    }  # fmt: skip


def test_rows_in_error_are_left_out_and_the_others_come_in(ig_officer, owner, other_owner):
    data = csv_file(
        [HEADINGS, row_of(owner.asset, title="Good"), row_of(other_owner.asset, form="Papyrus", title="Bad")]
    )
    commit(brought(data, ig_officer).pk)
    assert set(Asset.objects.values_list("title", flat=True)) >= {"Good", other_owner.asset.title}


def test_no_file_disposes_of_an_asset(ig_officer, owner):
    data = csv_file([["Reference", "State"], [owner.asset.reference, "Disposed"]])
    (row,) = brought(data, ig_officer).rows.all()
    assert row.faults == [["State", "", "“Disposed” cannot be set by a file, only on its page"]]


def test_a_disposed_asset_comes_back_unchanged(ig_officer, owner):
    gone = AssetFactory(owner=owner.post, state="disposed")
    data = csv_file([["Reference", "State"], [gone.reference, "Disposed"]])
    assert brought(data, ig_officer).unchanged_count == 1


# Conflicts


def exported(asset, **other):
    """A row as the export writes it, with the version that stands now."""
    return [["Version", *HEADINGS], [asset.standing_version(), *row_of(asset, **other)]]


def test_what_others_changed_in_other_fields_meanwhile_is_kept(ig_officer, owner):
    rows = exported(owner.asset, title="From the file")
    Asset.objects.filter(pk=owner.asset.pk).update(form="paper")
    batch = brought(csv_file(rows), ig_officer)
    (row,) = batch.rows.all()
    assert (row.kind, row.patch) == ("changed", {"title": "From the file"})
    commit(batch.pk)
    owner.asset.refresh_from_db()
    assert (owner.asset.title, owner.asset.form) == ("From the file", "paper")


@pytest.mark.parametrize(("choice", "title"), [("file", "From the file"), ("register", "From a page")])
def test_where_both_changed_a_field_somebody_chooses(ig_officer, owner, choice, title):
    rows = exported(owner.asset, title="From the file")
    Asset.objects.filter(pk=owner.asset.pk).update(title="From a page")
    batch = brought(csv_file(rows), ig_officer)
    (row,) = batch.rows.all()
    assert (row.kind, row.contested) == ("conflict", {"title": "From the file"})
    with pytest.raises(NotReadyError, match="Choose first what counts in 1 conflict"):
        commit(batch.pk)
    BatchRow.objects.filter(pk=row.pk).update(choice=choice)
    commit(batch.pk)
    owner.asset.refresh_from_db()
    assert owner.asset.title == title


def test_a_version_of_another_asset_is_an_error(ig_officer, owner, other_owner):
    rows = exported(owner.asset, title="From the file")
    rows[1][0] = other_owner.asset.standing_version()
    (row,) = brought(csv_file(rows), ig_officer).rows.all()
    assert (row.kind, row.faults[0][0]) == ("error", "Version")


def test_an_asset_that_moves_between_check_and_commit_stops_the_batch(ig_officer, owner, other_owner):
    data = csv_file([HEADINGS, row_of(owner.asset, title="One"), row_of(other_owner.asset, title="Two")])
    batch = brought(data, ig_officer)
    Asset.objects.filter(pk=owner.asset.pk).update(title="Changed on a page")
    with pytest.raises(MovedOnError) as moved:
        commit(batch.pk)
    assert moved.value.references == [owner.asset.reference]
    assert not Asset.objects.filter(title="Two").exists()
    check(batch, ig_officer)
    assert commit(batch.pk)


# Once, and back


def test_a_batch_committed_twice_counts_once(ig_officer, owner):
    batch = brought(
        csv_file([HEADINGS, ["", "Once", "Paper", owner.post.code, owner.post.unit.code]]), ig_officer
    )
    assert [commit(batch.pk), commit(batch.pk)] == [True, False]
    assert Asset.objects.filter(title="Once").count() == 1


def test_undo_puts_back_what_nobody_has_changed_since(ig_officer, owner, other_owner):
    was = owner.asset.title, other_owner.asset.title
    data = csv_file([
        HEADINGS, row_of(owner.asset, title="One", form="Paper"), row_of(other_owner.asset, title="Two"),
        ["", "New here", "Paper", owner.post.code, owner.post.unit.code],
    ])  # fmt: skip
    batch = brought(data, ig_officer)
    commit(batch.pk)
    Asset.objects.filter(pk=owner.asset.pk).update(title="Better")
    assert undo(batch.pk) == 1
    first, second, new = (Asset.objects.get(pk=row.entry_id) for row in batch.rows.order_by("number"))
    assert (first.title, first.form) == ("Better", "electronic")
    assert second.title == was[1]
    assert new.state == "withdrawn"
    assert [row.kept for row in batch.rows.order_by("number")] == [["Title"], [], []]
    assert Asset.history.filter(id=second.pk).latest("history_id").history_change_reason == (
        f"Undone: imported from housing.csv, batch {batch.pk}"
    )


def test_undo_leaves_new_entries_that_somebody_has_worked_on(ig_officer, owner):
    titles = ("Worked on", "Left alone")
    rows = [["", title, "Paper", owner.post.code, owner.post.unit.code] for title in titles]
    batch = brought(csv_file([HEADINGS, *rows]), ig_officer)
    commit(batch.pk)
    Asset.objects.filter(title="Worked on").update(description="What it is")
    assert undo(batch.pk) == 1
    assert dict(Asset.objects.filter(title__in=titles).values_list("title", "state")) == {
        "Worked on": "live", "Left alone": "withdrawn",
    }  # fmt: skip
    assert [row.kept for row in batch.rows.order_by("number")] == [["State (changed since)"], []]


@pytest.mark.parametrize("state", ["disposed", "transferred", "withdrawn"])
def test_undo_leaves_what_is_over(ig_officer, owner, other_owner, state):
    data = csv_file([HEADINGS, row_of(owner.asset, title="One"), row_of(other_owner.asset, title="Two")])
    batch = brought(data, ig_officer)
    commit(batch.pk)
    for step in ["withdrawn"] if state == "withdrawn" else ["to_be_disposed", state]:
        Asset.objects.filter(pk=owner.asset.pk).update(state=step)
    assert undo(batch.pk) == 1
    assert Asset.objects.filter(title__in=["One", "Two"]).get() == owner.asset


def test_undo_counts_once_and_only_after_a_commit(ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="One")]), ig_officer)
    with pytest.raises(NotReadyError, match="never committed"):
        undo(batch.pk)
    commit(batch.pk)
    assert [undo(batch.pk), undo(batch.pk)] == [0, None]


def test_undo_that_breaks_a_rule_undoes_nothing(ig_officer, owner):
    Asset.objects.filter(pk=owner.asset.pk).update(contains_personal_data=False)
    batch = brought(csv_file([["Reference", "Personal data"], [owner.asset.reference, "yes"]]), ig_officer)
    commit(batch.pk)
    Asset.objects.filter(pk=owner.asset.pk).update(special_category=True)
    with pytest.raises(NotReadyError, match="nothing was undone"):
        undo(batch.pk)
    assert Batch.objects.get(pk=batch.pk).state == "committed"


def test_who_committed_is_in_the_history_of_the_entry(ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="One")]), ig_officer)
    with transaction.atomic(), signed(ig_officer), because("Something else"):
        commit(batch.pk)
    version = Asset.history.filter(id=owner.asset.pk).latest("history_id")
    assert (version.history_who, version.history_change_reason) == (ig_officer.display_name, batch.reason)


def test_ten_rows_take_as_many_queries_as_two_hundred(ig_officer, django_assert_max_num_queries):
    for count in (10, 200):
        assets = AssetFactory.create_batch(count)
        data = csv_file([HEADINGS, *(row_of(asset, title=f"Renamed {asset.pk}") for asset in assets)])
        batch = brought(data, ig_officer)
        with django_assert_max_num_queries(14):
            check(batch, ig_officer)
        with django_assert_max_num_queries(12):
            commit(batch.pk)
        assert Asset.objects.filter(title__startswith="Renamed").count() >= count
