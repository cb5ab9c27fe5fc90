"""Nobody commits what they were not shown, and no row of a file comes in twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assets.models import Asset
from governance.exchange.importing import MovedOnError, check, commit, undo
from governance.exchange.models import Batch, FoundTable
from governance.history.trail import signed
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(ig_officer):
    with signed(ig_officer):
        yield signed_in(ig_officer)


def new_row(owner, title="Case files"):
    return ["", title, "Paper", owner.post.code, owner.post.unit.code]


def page_of(officer, batch, **query):
    return officer.get(reverse("exchange:batch", args=[batch.pk], query=query))


def post(officer, name, batch, **said):
    return officer.post(reverse(f"exchange:{name}", args=[batch.pk]), said, follow=True)


def conflicting(owner, other_owner):
    """A file whose two rows are in conflict with the register."""
    both = (owner, other_owner)
    rows = [[each.asset.standing_version(), *row_of(each.asset, title="File")] for each in both]
    Asset.objects.update(title="Page")
    return csv_file([["Version", *HEADINGS], *rows])


# Only what was seen


def test_a_batch_that_was_checked_again_since_the_page_was_shown_is_not_committed(officer, ig_officer, owner):
    batch = brought(
        csv_file([["Reference", "Title", "Description"], [owner.asset.reference, "New", ""]]), ig_officer
    )
    Asset.objects.update(description="Kept")
    seen = page_of(officer, batch).context["seen"]
    batch.refresh_from_db()
    batch.blank_means_empty = True
    batch.save(update_fields=["blank_means_empty"])
    check(batch, ig_officer)
    answer = post(officer, "commit", batch, seen=seen)
    assert b"The file was checked again, or somebody chose otherwise" in answer.content
    owner.asset.refresh_from_db()
    assert (owner.asset.title != "New", owner.asset.description) == (True, "Kept")
    post(officer, "commit", batch, seen=answer.context["seen"])
    owner.asset.refresh_from_db()
    assert (owner.asset.title, owner.asset.description) == ("New", "")


@pytest.mark.parametrize("seen", ["", "0", "nonsense", "0.0\x00"])
def test_a_commit_that_says_nothing_of_what_was_seen_writes_nothing(officer, ig_officer, owner, seen):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="New")]), ig_officer)
    assert b"Look at it as it is now" in post(officer, "commit", batch, seen=seen).content
    assert not Asset.objects.filter(title="New").exists()


def test_what_another_chose_since_is_looked_at_before_it_is_committed(
    officer, ig_officer, owner, other_owner
):
    batch = brought(conflicting(owner, other_owner), ig_officer)
    post(officer, "choose", batch, seen=batch.rows.seen(), all="register")
    seen = page_of(officer, batch).context["seen"]
    post(officer, "choose", batch, seen=seen, all="file")
    assert b"somebody chose otherwise" in post(officer, "commit", batch, seen=seen).content
    assert set(Asset.objects.values_list("title", flat=True)) == {"Page"}


def test_a_choice_for_rows_that_were_checked_again_is_not_kept(officer, ig_officer, owner, other_owner):
    batch = brought(conflicting(owner, other_owner), ig_officer)
    seen = page_of(officer, batch, show="conflict").context["seen"]
    check(batch, ig_officer)
    assert b"The file was checked again" in post(officer, "choose", batch, seen=seen, row_2="file").content
    assert set(batch.rows.values_list("choice", flat=True)) == {""}


def test_two_officers_may_choose_in_turn(officer, ig_officer, owner, other_owner):
    batch = brought(conflicting(owner, other_owner), ig_officer)
    seen = page_of(officer, batch, show="conflict").context["seen"]
    post(officer, "choose", batch, seen=seen, row_2="file")
    post(officer, "choose", batch, seen=seen, row_3="register")
    assert list(batch.rows.order_by("number").values_list("choice", flat=True)) == ["file", "register"]


# Moved on, in a sentence


def test_choices_for_a_batch_that_was_committed_meanwhile_are_refused_in_a_sentence(
    officer, ig_officer, owner, other_owner, monkeypatch
):
    batch = brought(conflicting(owner, other_owner), ig_officer)
    seen = batch.rows.seen()
    hold = Batch.hold_open

    def late(self):
        Batch.objects.filter(pk=self.pk).update(state="committed")
        hold(self)

    monkeypatch.setattr(Batch, "hold_open", late)
    answer = post(officer, "choose", batch, seen=seen, all="file")
    assert f"Batch {batch.pk} is committed by now".encode() in answer.content


@pytest.mark.parametrize("page", ["match", "where", "errors"])
def test_a_file_that_can_no_longer_be_read_is_said_in_a_sentence(officer, ig_officer, owner, page):
    book = xlsx({"Assets": [HEADINGS, row_of(owner.asset)]})
    batch = brought(book, ig_officer, name="register.xlsx")
    Batch.objects.filter(pk=batch.pk).update(sheet="Gone")
    FoundTable.objects.all().delete()  # as with a batch from before what was found was kept
    answer = officer.get(reverse(f"exchange:{page}", args=[batch.pk]), follow=True)
    assert answer.status_code == 200
    assert f"Batch {batch.pk} cannot be read: There is no sheet “Gone”".encode() in answer.content


def test_a_check_of_a_file_that_can_no_longer_be_read_is_refused_in_a_sentence(officer, ig_officer, owner):
    batch = brought(xlsx({"Assets": [HEADINGS, row_of(owner.asset)]}), ig_officer, name="register.xlsx")
    Batch.objects.filter(pk=batch.pk).update(sheet="Gone")
    match = reverse("exchange:match", args=[batch.pk])
    said = {field.name: field.value() for field in officer.get(match).context["form"].columns()}
    answer = officer.post(match, said, follow=True)
    assert f"Batch {batch.pk} cannot be read: There is no sheet “Gone”".encode() in answer.content


def test_the_page_of_a_batch_does_not_fetch_the_file(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="New")]), ig_officer)
    with CaptureQueriesContext(connection) as asked:
        page_of(officer, batch)
    assert not [each for each in asked.captured_queries if '"exchange_batchfile"."data"' in each["sql"]]


# Once


def test_the_new_rows_of_a_file_that_came_in_before_are_errors_that_say_so(officer, ig_officer, owner):
    data = csv_file([HEADINGS, new_row(owner), row_of(owner.asset, title="Renamed")])
    first = brought(data, ig_officer)
    commit(first.pk)
    again = brought(data, ig_officer, source="Another place")
    row = again.rows.get(kind="error")
    reference = Asset.objects.get(title="Case files").reference
    assert row.faults == [
        ["Reference", "", f"It came in as {reference} with batch {first.pk} of this very file"]
    ]
    commit(again.pk)
    assert Asset.objects.filter(title="Case files").count() == 1


def test_rows_of_another_sheet_of_the_same_workbook_come_in(officer, ig_officer, owner):
    book = xlsx({"One": [HEADINGS, new_row(owner, "First")], "Two": [HEADINGS, new_row(owner, "Second")]})
    commit(brought(book, ig_officer, name="register.xlsx").pk)
    batch = brought(book, ig_officer, name="register.xlsx")
    batch.read_at("Two", 1, 1)
    batch.mapping = {"Title": "title", "Form": "form", "Owner": "owner", "Unit": "unit"}
    batch.save()
    check(batch, ig_officer)
    commit(batch.pk)
    assert Asset.objects.filter(title__in=["First", "Second"]).count() == 2


def test_a_row_that_was_an_error_may_come_in_with_the_same_file_again(officer, ig_officer, owner):
    data = csv_file([HEADINGS, new_row(owner)])
    first = brought(data, ig_officer, mapping={"Title": "title"})
    assert first.rows.get().kind == "error"
    commit(first.pk)
    commit(brought(data, ig_officer).pk)
    assert Asset.objects.filter(title="Case files").count() == 1


def test_a_file_that_was_undone_comes_in_anew(officer, ig_officer, owner):
    data = csv_file([HEADINGS, new_row(owner)])
    first = brought(data, ig_officer)
    commit(first.pk)
    undo(first.pk)
    commit(brought(data, ig_officer).pk)
    states = Asset.objects.filter(title="Case files").values_list("state", flat=True)
    assert sorted(states) == ["live", "withdrawn"]


def test_of_two_batches_of_one_file_that_were_both_checked_the_second_is_checked_again(
    officer, ig_officer, owner
):
    data = csv_file([HEADINGS, new_row(owner)])
    first, second = brought(data, ig_officer), brought(data, ig_officer)
    commit(second.pk)
    with pytest.raises(MovedOnError):
        commit(first.pk)
    answer = post(officer, "commit", first, seen=first.rows.seen())
    assert f"Batch {second.pk} of the same file came in since the file was checked".encode() in answer.content
    assert first.rows.get().kind == "error"


@pytest.mark.django_db(transaction=True)
def test_one_file_uploaded_and_committed_by_six_people_at_once_counts_once(owner):
    by = play("ig_officer", Role.IG_OFFICER)
    with signed(by):
        batches = [brought(csv_file([HEADINGS, new_row(owner)]), by) for _ in range(6)]
    ready = Barrier(6)

    def click(batch):
        try:
            client, said = signed_in(by), {"seen": batch.rows.seen()}
            ready.wait(timeout=60)
            return client.post(reverse("exchange:commit", args=[batch.pk]), said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(click, batches)) == {302}
    assert Asset.objects.filter(title="Case files").count() == 1
    assert Batch.objects.filter(state="committed").count() == 1
