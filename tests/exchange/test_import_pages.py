"""The pages of files in: every step says what it will do, nothing is dropped in silence, nothing is a 500."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assets.models import Asset, Function, Marking
from governance.exchange.models import Batch, BatchRow, Source
from governance.people.models import Role
from tests.assets.factories import SystemFactory
from tests.assets.factories_retention import RuleFactory
from tests.cast import play, signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of, xlsx
from tests.factories import AssetFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


def uploaded(officer, data, name="housing.csv", source="Housing"):
    """What answers the upload of a file."""
    file = SimpleUploadedFile(name, data)
    return officer.post(reverse("exchange:upload"), {"register": "assets", "file": file, "source": source})


def matched(officer, batch, **said):
    """What answers the questions about the columns: as guessed, unless said."""
    page = officer.get(reverse("exchange:match", args=[batch.pk]))
    guessed = {field.name: field.value() for field in page.context["form"].columns()}
    return officer.post(reverse("exchange:match", args=[batch.pk]), guessed | said)


def committed(officer, batch, seen=None):
    """What answers a click on "Commit this file" on the page as it is, or as it was seen."""
    said = {"seen": batch.rows.seen() if seen is None else seen}
    return officer.post(reverse("exchange:commit", args=[batch.pk]), said, follow=True)


def at(officer, name, batch, **query):
    return officer.get(reverse(f"exchange:{name}", args=[batch.pk], query=query))


def test_a_file_comes_in_from_upload_to_commit(officer, owner):
    data = csv_file(
        [
            HEADINGS,
            row_of(owner.asset, title="Renamed"),
            ["", "New", "Paper", owner.post.code, owner.post.unit.code],
        ]
    )
    batch = Batch.objects.get(pk=uploaded(officer, data).url.split("/")[-3])
    checked = officer.get(matched(officer, batch).url)
    assert b"What would change" in checked.content
    done = committed(officer, batch)
    assert b"1 asset is new and 1 changed. You can still undo it" in done.content
    assert set(Asset.objects.values_list("title", flat=True)) == {"Renamed", "New"}
    version = Asset.history.filter(id=owner.asset.pk).latest("history_id")
    assert version.history_who == "The ig officer"
    undone = officer.post(reverse("exchange:undo", args=[batch.pk]), follow=True)
    assert f"Batch {batch.pk} is undone".encode() in undone.content
    owner.asset.refresh_from_db()
    assert owner.asset.title != "Renamed"


def test_a_refused_file_is_said_in_a_sentence_and_leaves_nothing(officer):
    answer = uploaded(officer, b"%PDF-1.7", name="register.xlsx")
    assert answer.status_code == 200
    assert b"This is a PDF, not a table. Bring one that ends in .csv, .tsv, .txt, .xlsx" in answer.content
    assert b'value="Housing"' in answer.content
    assert not Batch.objects.exists()


def test_a_file_over_ten_megabytes_is_refused_before_it_is_read(officer):
    assert b"must be smaller than 10 MB" in uploaded(officer, b"a" * (10 * 1024 * 1024 + 1)).content


def test_no_file_and_no_source_are_asked_for(officer):
    answer = officer.post(reverse("exchange:upload"), {"register": "assets"})
    assert b"Choose a file" in answer.content
    assert "Answer “Where does it come from?”".encode() in answer.content


def test_a_column_that_nobody_knows_must_be_answered(officer, owner):
    data = csv_file([["Reference", "Colour of the folder"], [owner.asset.reference, "blue"]])
    uploaded(officer, data)
    batch = Batch.objects.get()
    answer = matched(officer, batch)
    assert "Say what “Colour of the folder” is, or that it is left out".encode() in answer.content
    assert b"For example: blue" in answer.content
    matched(officer, batch, column_1="-", column_0="reference")
    assert Batch.objects.get().state == "uploaded"  # nothing is brought in by a reference alone


def test_what_a_column_means_is_remembered_for_the_source(officer, owner):
    data = csv_file([["Reference", "Colour", "Was ist das"], [owner.asset.reference, "blue", "Renamed"]])
    uploaded(officer, data)
    matched(officer, Batch.objects.get(), column_1="-", column_2="title")
    assert Source.objects.get().mapping == {"Reference": "reference", "Colour": "", "Was ist das": "title"}
    uploaded(officer, data)
    again = Batch.objects.latest("pk")
    form = at(officer, "match", again).context["form"]
    assert [field.value() for field in form.columns()] == ["reference", "-", "title"]


def test_one_column_of_the_register_cannot_be_two_of_the_file(officer, owner):
    uploaded(officer, csv_file([["Title", "Subject"], ["One", "Two"]]))
    answer = matched(officer, Batch.objects.get(), column_1="title")
    assert "“Title” is Title already".encode() in answer.content


def test_the_same_file_twice_is_said(officer, owner):
    data = csv_file([HEADINGS, row_of(owner.asset)])
    uploaded(officer, data)
    assert b"was brought in before" not in at(officer, "match", Batch.objects.get()).content
    uploaded(officer, data)
    assert b"This very file was brought in before" in at(officer, "match", Batch.objects.latest("pk")).content


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("fake.pdf", True), ("x.png", True), ("list.csv", False), ("macros.XLSM", False), ("list", False)],
)
def test_what_is_no_table_is_refused_by_the_ending_of_its_name_too(officer, name, is_told):
    page = uploaded(officer, b"Dear all, the list follows", name=name).content.decode()
    assert "There is no row below the headings" in page
    read = "one that ends in .csv, .tsv, .txt, .xlsx, .xlsm or .ods"
    assert (f"are not taken. Bring {read}" in page) is is_told
    assert f"{read.capitalize()}, up to 10 MB" in page


def test_another_sheet_and_another_row_can_be_chosen(officer, owner):
    book = xlsx(
        {"Notes": [["Our register"], ["last year"]], "Assets": [["Printed"], HEADINGS, row_of(owner.asset)]}
    )
    uploaded(officer, book, name="register.xlsx")
    batch = Batch.objects.get()
    assert batch.sheet == "Notes"
    officer.post(reverse("exchange:where", args=[batch.pk]), {"sheet": "Assets", "heading_row": ""})
    batch.refresh_from_db()
    assert (batch.sheet, batch.heading_row, batch.row_count) == ("Assets", 2, 1)
    answer = officer.post(reverse("exchange:where", args=[batch.pk]), {"sheet": "Assets", "heading_row": "3"})
    assert b"There is no row below the headings (row 3)" in answer.content


def test_errors_name_row_and_column_and_leave_as_a_file_that_says_why(officer, ig_officer, owner):
    data = csv_file([HEADINGS, row_of(owner.asset, form="=Papyrus", title="+1")])
    batch = brought(data, ig_officer)
    page = at(officer, "batch", batch, show="error").content.decode()
    assert "“=Papyrus” is not in the list" in page
    file = b"".join(at(officer, "errors", batch).streaming_content).decode("utf-8-sig")
    heading, row = file.splitlines()
    assert heading == "Why it was left out,Row,Reference,Title,Form,Owner,Unit"
    assert "Form: “=Papyrus” is not in the list" in row
    assert "'+1" in row
    assert "'=Papyrus" in row


def test_conflicts_are_chosen_row_by_row_or_all_at_once(officer, ig_officer, owner, other_owner):
    rows = [["Version", *HEADINGS]]
    rows += [
        [each.asset.standing_version(), *row_of(each.asset, title="File")] for each in (owner, other_owner)
    ]
    Asset.objects.update(title="Page")
    batch = brought(csv_file(rows), ig_officer)
    refused = committed(officer, batch)
    assert b"Choose first what counts in 2 conflicts" in refused.content
    choose = reverse("exchange:choose", args=[batch.pk])
    seen = at(officer, "batch", batch, show="conflict").context["seen"]
    odd = {"row_nonsense": "file", "row_99999999999": "file"}
    officer.post(choose, {"seen": seen, "row_2": "register"} | odd)
    assert list(batch.rows.order_by("number").values_list("choice", flat=True)) == ["register", ""]
    officer.post(choose, {"seen": seen, "all": "file", "row_2": "register"})
    assert set(batch.rows.values_list("choice", flat=True)) == {"file"}
    committed(officer, batch)
    assert set(Asset.objects.values_list("title", flat=True)) == {"File"}


def test_what_moved_since_the_check_is_named_and_checked_again(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="File")]), ig_officer)
    Asset.objects.filter(pk=owner.asset.pk).update(title="Page")
    answer = committed(officer, batch)
    assert f"{owner.asset.reference} changed since the file was checked".encode() in answer.content
    assert batch.rows.get().before == {"title": "Page"}


def test_a_committed_batch_cannot_be_matched_chosen_left_or_committed_again(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="File")]), ig_officer)
    for _ in range(2):
        answer = committed(officer, batch)
    assert b"was committed already, so it counts once" in answer.content
    for name in ("match", "where", "choose", "abandon"):
        officer.post(reverse(f"exchange:{name}", args=[batch.pk]), {"all": "file"})
    assert Batch.objects.get().state == "committed"
    assert Asset.history.filter(id=owner.asset.pk, title="File").count() == 1


def test_a_file_left_writes_nothing_and_can_no_longer_be_committed(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="File")]), ig_officer)
    officer.post(reverse("exchange:abandon", args=[batch.pk]))
    answer = committed(officer, batch)
    assert b"is abandoned, so nothing was written" in answer.content
    assert not Asset.objects.filter(title="File").exists()


@pytest.mark.parametrize("kind", ["new", "changed", "conflict", "error", "nonsense", ""])
def test_each_kind_of_rows_has_its_page_even_without_rows(officer, ig_officer, owner, kind):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset)]), ig_officer)
    page = at(officer, "batch", batch, show=kind)
    assert page.status_code == 200
    assert b"Every row says what the register says already" in page.content


def test_the_page_of_a_check_takes_as_many_queries_for_ten_rows_as_for_two_hundred(
    officer, ig_officer, django_assert_max_num_queries
):
    for count in (10, 200):
        assets = AssetFactory.create_batch(count)
        data = csv_file([HEADINGS, *(row_of(each, title=f"Renamed {each.pk}") for each in assets)])
        batch = brought(data, ig_officer)
        with django_assert_max_num_queries(12):
            assert at(officer, "batch", batch, show="changed").status_code == 200
    with django_assert_max_num_queries(12):
        officer.get(reverse("exchange:imports"))


def test_lists_that_rows_name_are_looked_up_together(officer, ig_officer, django_assert_max_num_queries):
    rule, marking = RuleFactory(), Marking.objects.first()
    headings = [*HEADINGS, "Function", "System", "Marking", "Retention rule", "Part of", "Custodian"]
    rows = []
    for each in AssetFactory.create_batch(10):
        lists = [Function.objects.first().name, SystemFactory().name, marking.name, rule.code]
        rows.append(
            [*row_of(each, owner=PostFactory().code), *lists, AssetFactory().reference, each.owner.code]
        )
    batch = brought(csv_file([headings, *rows]), ig_officer)
    with django_assert_max_num_queries(12 + 2):
        page = at(officer, "batch", batch, show="changed").content.decode()
    assert rows[0][-2] in page
    assert str(marking) in page


def test_the_rows_in_short_say_what_is_counted_one_by_one(ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="File"), ["", "", "", "", ""]]), ig_officer)
    assert batch.rows.in_short().counts == {"new": 0, "changed": 1, "conflict": 0, "error": 0}
    before = batch.rows.seen()
    BatchRow.objects.update(kind="conflict", contested={"title": "x"})
    assert batch.rows.in_short().undecided == batch.rows.undecided().count() == 1
    BatchRow.objects.update(choice="file")
    assert (batch.rows.in_short().undecided, batch.rows.seen() == before) == (0, False)


@pytest.mark.parametrize("role", [*Role])
def test_only_those_who_keep_the_registers_see_files_in(role, ig_officer, owner):
    brought(csv_file([HEADINGS, row_of(owner.asset)]), ig_officer)
    allowed = role in (Role.IG_OFFICER, Role.RECORDS_MANAGER)
    person = play(f"some_{role}", role)
    assert Batch.objects.visible_to(person).exists() is allowed
    assert signed_in(person).get(reverse("exchange:imports")).status_code == (200 if allowed else 403)


def test_a_role_for_one_unit_is_not_enough(owner):
    person = play("unit_officer", Role.IG_OFFICER, owner.post.unit)
    assert signed_in(person).get(reverse("exchange:imports")).status_code == 403


def test_the_file_itself_is_kept_and_cannot_be_changed(ig_officer, owner):
    from django.db import DatabaseError, transaction

    data = csv_file([HEADINGS, row_of(owner.asset)])
    batch = brought(data, ig_officer)
    assert bytes(batch.file.data) == data
    with pytest.raises(DatabaseError), transaction.atomic():
        type(batch.file).objects.update(name="other.csv")


def test_a_row_in_error_names_its_fault_and_only_conflicts_have_choices(ig_officer, owner):
    from django.db import IntegrityError, transaction

    batch = brought(csv_file([HEADINGS, row_of(owner.asset)]), ig_officer)
    for wrong in ({"kind": "error"}, {"kind": "new", "choice": "file"}, {"kind": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BatchRow.objects.create(batch=batch, number=9, **wrong)
    BatchRow.objects.create(batch=batch, number=9, kind="new")
    with pytest.raises(IntegrityError, match="batch_row_stands_once"), transaction.atomic():
        BatchRow.objects.create(batch=batch, number=9, kind="new")


@pytest.mark.parametrize(
    "wrong", [{"state": "lost"}, {"unchanged_count": 9, "row_count": 1}, {"heading_row": 0}]
)
def test_a_batch_is_in_a_known_state_and_counts_no_more_than_it_has(ig_officer, owner, wrong):
    from django.db import IntegrityError, transaction

    batch = brought(csv_file([HEADINGS, row_of(owner.asset)]), ig_officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(**wrong)


def test_a_source_has_one_name_in_a_register(db):
    from django.db import IntegrityError, transaction

    Source.objects.create(register="assets", name="Housing")
    for wrong in ({"register": "assets", "name": "Housing"}, {"register": "assets", "name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Source.objects.create(**wrong)
