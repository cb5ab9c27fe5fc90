"""A file is looked into once, kept for a time as it came, and then emptied; nothing else may change it."""

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset
from governance.exchange.importing import check, commit, undo
from governance.exchange.models import Batch, BatchFile, FoundTable
from governance.exchange.reading import FileRefusedError, workbook
from governance.exchange.tasks import empty_files
from governance.history.trail import signed
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


@pytest.fixture
def batch(ig_officer, owner):
    """One row that changes, one in error with a word of its own, and a word that nobody knows."""
    rows = [HEADINGS, row_of(owner.asset, title="Renamed"), ["", "Jane's file", "Papyrus", "Jane", "x"]]
    return brought(csv_file(rows), ig_officer)


@pytest.fixture
def of_workbook(officer, owner):
    """A batch of a workbook, which is read by a process of its own."""
    book = SimpleUploadedFile(
        "register.xlsx", xlsx({"Assets": [HEADINGS, row_of(owner.asset, form="Papyrus")]})
    )
    said = {"register": "assets", "file": book, "source": "Housing"}
    officer.post(reverse("exchange:upload"), said)
    found = Batch.objects.get()
    match = reverse("exchange:match", args=[found.pk])
    officer.post(match, {field.name: field.value() for field in officer.get(match).context["form"].columns()})
    return found


@pytest.mark.parametrize("page", ["match", "where", "words", "batch", "errors", "undo"])
def test_no_page_reads_the_file_again_or_fetches_it(page, officer, of_workbook, monkeypatch):
    monkeypatch.setattr(workbook, "READER", "/nowhere")  # whoever starts the reader now is refused
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = officer.get(reverse(f"exchange:{page}", args=[of_workbook.pk]))
    assert answer.status_code == (302 if page == "undo" else 200)
    assert not [query for query in asked.captured_queries if '"data"' in query["sql"]]


def test_what_was_found_is_kept_and_made_anew_with_another_place(officer, owner):
    book = xlsx({"Notes": [["Our register"], ["last year"]], "Assets": [HEADINGS, row_of(owner.asset)]})
    said = {"register": "assets", "file": SimpleUploadedFile("register.xlsx", book), "source": "Housing"}
    officer.post(reverse("exchange:upload"), said)
    found = FoundTable.objects.get()
    assert (found.sheets, found.headings, found.samples) == (
        ["Notes", "Assets"], ["Our register"], [["last year"]],
    )  # fmt: skip
    officer.post(reverse("exchange:where", args=[found.batch_id]), {"sheet": "Assets", "heading_row": ""})
    found.refresh_from_db()
    assert found.headings == HEADINGS
    assert found.samples[0] == [owner.asset.reference]


def test_a_batch_from_before_is_read_once_more(officer, batch):
    FoundTable.objects.all().delete()
    match = reverse("exchange:match", args=[batch.pk])
    page = officer.get(match)
    assert page.context["table"].headings == HEADINGS
    assert not FoundTable.objects.exists()  # looking writes nothing
    officer.post(match, {field.name: field.value() for field in page.context["form"].columns()})
    assert FoundTable.objects.get().headings == HEADINGS
    assert [word[2] for word in FoundTable.objects.get().words] == ["Papyrus", "Jane", "x"]


def test_rows_in_error_are_kept_as_they_came_and_others_are_not(batch):
    assert dict(batch.rows.values_list("kind", "cells")) == {
        "changed": [], "error": ["", "Jane's file", "Papyrus", "Jane", "x"],
    }  # fmt: skip


# Emptying


def test_files_are_emptied_once_nothing_has_happened_for_as_long_as_they_are_kept(batch, settings, rest):
    commit(batch.pk)
    settings.UPLOADS_KEPT_DAYS = 3
    rest(batch, days=2)
    empty_files()
    assert BatchFile.objects.get().emptied_at is None
    rest(batch, days=2)
    empty_files()
    file = BatchFile.objects.get()
    assert (bytes(file.data), file.name, file.size > 50, len(file.sha256)) == (b"", "housing.csv", True, 64)
    assert file.emptied_at


def test_what_came_in_stays_and_can_still_be_taken_back(batch, owner, empty):
    was = owner.asset.title
    commit(batch.pk)
    empty(batch)
    assert Asset.objects.get(pk=owner.asset.pk).title == "Renamed"
    assert batch.rows.of_kind("changed").get().before == {"title": was}
    undo(batch.pk)
    assert Asset.objects.get(pk=owner.asset.pk).title == was


def test_nothing_of_the_rows_that_were_left_out_stays(batch, empty):
    commit(batch.pk)
    empty(batch)
    row = batch.rows.of_kind("error").get()
    assert (row.cells, row.title, row.reference) == ([], "", "")
    assert row.faults == [["Row", "", "What was wrong was deleted together with the file"]]
    assert not FoundTable.objects.exists()
    kept = str([*Batch.history.values(), *batch.rows.values_list("patch", "faults")])
    assert "Jane" not in kept


def test_a_file_nobody_went_on_with_is_abandoned_and_emptied(batch, ig_officer, empty):
    with signed(ig_officer):
        assert empty(batch) is True
    batch.refresh_from_db()
    assert batch.state == "abandoned"
    assert batch.rows.count() == 0
    assert BatchFile.objects.get().emptied_at


def test_a_file_is_emptied_once(batch, empty):
    assert [empty(batch), empty(batch)] == [True, False]
    with pytest.raises(DatabaseError, match="empty already"), transaction.atomic():
        batch.file.empty()


def test_an_emptied_file_is_not_read_and_its_page_says_when_it_went(officer, batch, ig_officer, empty):
    commit(batch.pk)
    page = officer.get(reverse("exchange:batch", args=[batch.pk])).content.decode()
    assert "emptied 90 days after the last step" in page
    empty(batch)
    page = officer.get(reverse("exchange:batch", args=[batch.pk])).content.decode()
    assert "emptied on" in page
    assert "Download the rows" not in page
    file = officer.get(reverse("exchange:errors", args=[batch.pk]), follow=True).content.decode()
    assert "The file has been emptied since its time was over. Bring it in again" in file
    with pytest.raises(FileRefusedError):
        check(Batch.objects.get(), ig_officer)


def test_the_same_file_can_be_brought_in_again_once_it_was_emptied(batch, ig_officer, owner, empty):
    empty(batch)
    again = brought(csv_file([HEADINGS, row_of(owner.asset, title="Renamed")]), ig_officer)
    assert commit(again.pk)


# What the database refuses


@pytest.mark.parametrize(
    "change", [{"data": b""}, {"name": "other.csv"}, {"sha256": "0" * 64}, {"size": 1}, {"emptied_at": None}]
)
def test_a_file_changes_in_no_other_way(batch, change):
    commit(batch.pk)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        BatchFile.objects.update(**change)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM exchange_batchfile")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "slip", ["UPDATE exchange_batchfile SET name = 'other.csv'", "DELETE FROM exchange_batchfile"]
)
def test_nor_does_the_owner_change_it_by_a_slip(batch, owner_connection, slip):
    commit(batch.pk)
    with pytest.raises(psycopg.Error, match="append-only"):
        owner_connection.execute(slip)


def test_switching_the_guard_off_does_not_help_the_application(batch):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.redacting', 'on', true)")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        BatchFile.objects.update(data=b"", emptied_at=timezone.now())


def test_a_file_is_kept_for_a_day_after_the_last_step_whoever_asks(batch, rest):
    with pytest.raises(DatabaseError, match="kept for a day at least"):
        batch.empty_file()
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("checked", 2), "nothing was let go of either"
    rest(batch)
    commit(batch.pk)
    with pytest.raises(DatabaseError, match="kept for a day at least"), transaction.atomic():
        batch.file.empty()
    rest(batch)
    assert batch.empty_file()


def test_a_batch_that_somebody_works_on_while_files_are_emptied_keeps_its_file(batch, settings, caplog):
    settings.UPLOADS_KEPT_DAYS = 0  # as though it were listed, and committed a moment later
    commit(batch.pk)
    empty_files()
    assert f"The file of batch {batch.pk} was not emptied" in caplog.text
    assert BatchFile.objects.get().emptied_at is None


def test_the_file_of_an_open_batch_is_not_emptied(batch):
    with pytest.raises(DatabaseError, match="open batch"), transaction.atomic():
        batch.file.empty()


def test_emptying_a_file_leaves_the_guard_on_for_the_rest_of_the_transaction(batch, empty):
    with transaction.atomic():
        empty(batch)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.redacting', true)")
            assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize("wrong", [{"size": 1}, {"emptied_at": timezone.now()}, {"data": b"", "size": 3}])
def test_a_file_is_whole_or_emptied(wrong, db):
    said = {"name": "a.csv", "data": b"abc", "size": 3, "sha256": "0" * 64}
    BatchFile.objects.create(**said)
    with pytest.raises(IntegrityError, match="batch_file_is_whole_or_emptied"), transaction.atomic():
        BatchFile.objects.create(**(said | wrong))
