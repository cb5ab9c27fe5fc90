"""Once the time of a file is over, only what came into the register is left of it."""

import pytest
from django.urls import reverse

from assets.models import Asset, Marking, OldMarking
from governance.exchange.importing import commit, undo
from governance.exchange.models import Batch, BatchRow, FoundTable
from governance.exchange.representations.told import outcome_of
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of

pytestmark = pytest.mark.django_db


def kept_of(batch):
    """All that is kept of what was in the file: the batch, its history, its rows, and what was found."""
    of_batch = [*Batch.objects.values(), *Batch.history.values()]
    return str([*of_batch, *BatchRow.objects.filter(batch=batch).values(), *FoundTable.objects.values()])


@pytest.fixture
def batch(ig_officer, owner):
    """A row that changes, a new one and one in error, committed."""
    new = row_of(owner.asset, reference="", title="Jane's letters")
    wrong = row_of(owner.asset, reference="", title="Jane's photographs", form="Papyrus")
    rows = [HEADINGS, row_of(owner.asset, title="Jane's file"), new, wrong]
    found = brought(csv_file(rows), ig_officer)
    commit(found.pk)
    return found


def conflict(ig_officer, owner, choice, description="By the file"):
    """A committed row in which file and register both changed the title; the description the file alone."""
    asset = owner.asset
    rows = [
        ["Reference", "Version", "Title", "Description"],
        [asset.reference, asset.standing_version(), "Jane's file", description],
    ]
    Asset.objects.filter(pk=asset.pk).update(title="By the register")
    found = brought(csv_file(rows), ig_officer)
    assert [row.kind for row in found.rows.all()] == ["conflict"]
    found.choose(choice, seen=found.rows.seen())
    commit(found.pk)
    return found


def test_of_a_batch_taken_back_no_value_stays(batch, empty):
    undo(batch.pk)
    assert "Jane" in kept_of(batch)
    before = outcome_of(Batch.objects.get()), batch.rows.counts()
    assert empty(batch) is True
    assert "Jane" not in kept_of(batch)
    assert (outcome_of(Batch.objects.get()), batch.rows.counts()) == before
    about = batch.rows.exclude(kind="error").values_list("reference", "entry_id")
    assert all(reference and entry for reference, entry in about)


def test_a_batch_taken_back_after_its_file_was_emptied_lets_go_at_once(batch, owner, empty):
    empty(batch)
    assert "Jane's file" in kept_of(batch)
    undo(batch.pk)
    assert Asset.objects.get(pk=owner.asset.pk).title == owner.asset.title
    assert "Jane" not in kept_of(batch)


def test_the_page_of_a_batch_taken_back_and_emptied_says_that_its_values_are_gone(batch, ig_officer, empty):
    undo(batch.pk)
    officer = signed_in(ig_officer)
    assert (
        "The rows below are what it brought before" in officer.get(batch.get_absolute_url()).content.decode()
    )
    empty(batch)
    for kind in BatchRow.Kind.values:
        page = officer.get(reverse("exchange:batch", args=[batch.pk]), {"show": kind}).content.decode()
        assert "What its rows brought was deleted together with the file" in page


def test_where_the_register_counted_the_files_value_goes_with_the_file(ig_officer, owner, empty):
    batch = conflict(ig_officer, owner, "register")
    was = outcome_of(Batch.objects.get())
    empty(batch)
    assert "Jane" not in kept_of(batch)
    assert outcome_of(Batch.objects.get()) == was
    assert Asset.objects.get(pk=owner.asset.pk).description == "By the file"


@pytest.mark.parametrize("choice", ["file", "register"])
def test_what_came_in_by_a_conflict_can_still_be_taken_back(choice, ig_officer, owner, empty):
    was = owner.asset.description
    batch = conflict(ig_officer, owner, choice)
    empty(batch)
    undo(batch.pk)
    asset = Asset.objects.get(pk=owner.asset.pk)
    assert (asset.title, asset.description) == ("By the register", was)


@pytest.mark.parametrize("choice", ["file", "register"])
def test_how_many_were_taken_back_stays_true_when_the_values_are_gone(choice, ig_officer, owner, empty):
    batch = conflict(ig_officer, owner, choice)
    undo(batch.pk)
    was = outcome_of(Batch.objects.get()), batch.rows.counts()
    assert "1 asset is as before" in was[0]
    empty(batch)
    assert (outcome_of(Batch.objects.get()), batch.rows.counts()) == was
    assert list(batch.rows.values_list("kind", "choice")) == [("conflict", choice)]
    assert "Jane" not in kept_of(batch)


def test_a_conflict_that_wrote_nothing_counts_as_nothing_when_its_values_are_gone(ig_officer, owner, empty):
    batch = conflict(ig_officer, owner, "register", description=owner.asset.description)
    undo(batch.pk)
    was = outcome_of(Batch.objects.get())
    empty(batch)
    assert outcome_of(Batch.objects.get()) == was == "There was nothing to take back"
    page = signed_in(ig_officer).get(batch.get_absolute_url(), {"show": "conflict"})
    assert page.status_code == 200


def test_old_words_and_what_the_file_says_of_the_council_go_with_the_file(ig_officer, owner, empty):
    marking = Marking.objects.create(code="guarded", name="Guarded here")
    OldMarking.objects.create(word="hush of jane", marking=marking)
    rows = [["Reference", "Protective marking"], [owner.asset.reference, "Hush of Jane"]]
    batch = brought(csv_file(rows), ig_officer)
    assert batch.found.read_as == {"Protective marking": {"Hush of Jane": "Guarded here"}}
    commit(batch.pk)
    empty(batch)
    assert "Jane" not in kept_of(batch)
