"""A file's own words are matched once for its source; nothing is guessed without being shown as a guess."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from assets.models import Asset, Marking
from governance.exchange.importing import NotReadyError, check, commit
from governance.exchange.importing.words import MOST_OF_A_COLUMN, remember, words_of
from governance.exchange.models import FileWord, Source
from governance.people.models import Role
from tests.cast import play, play_owner, signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of
from tests.factories import AssetFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


@pytest.fixture
def finance(db):
    return UnitFactory(code="FIN", name="Finance and Procurement")


def in_units(ig_officer, owner, *units, **options):
    """A batch with a new row for each unit, by the words of the file."""
    rows = [["", f"Ledger {n}", "Paper", owner.post.code, unit] for n, unit in enumerate(units)]
    return brought(csv_file([HEADINGS, *rows]), ig_officer, **options)


def words_page(officer, batch):
    return officer.get(reverse("exchange:words", args=[batch.pk]))


def opened(officer, batch):
    """The page about the words, as somebody holds it open."""
    return words_page(officer, batch).context["form"]


def answered(officer, batch, page=None, **said):
    """What answers the questions about words: as proposed, unless said by word."""
    form = page or opened(officer, batch)
    fields = {field.label.strip("“”"): field for column in form.columns() for field in column.fields}
    posted = {field.html_name: said.get(word, field.value()) for word, field in fields.items()} | form.seen
    return officer.post(reverse("exchange:words", args=[batch.pk]), posted, follow=True)


def test_a_word_is_asked_once_with_its_rows_and_what_is_nearest(ig_officer, owner, finance):
    batch = in_units(ig_officer, owner, "Finance", "finance ", "Finance", "FIN")
    (word,) = words_of(batch)
    assert (word.column, word.heading, word.word, word.rows) == ("unit", "Unit", "Finance", 3)
    assert (list(word.near), word.likely, word.is_matched) == ([finance.name], str(finance.pk), False)


def test_a_matched_word_brings_all_its_rows_in(officer, ig_officer, owner, finance):
    batch = in_units(ig_officer, owner, "Finance", "Finance")
    assert batch.rows.counts()["error"] == 2
    done = answered(officer, batch)
    assert done.redirect_chain[-1][0] == reverse("exchange:batch", args=[batch.pk])
    assert batch.rows.counts() == {"new": 2, "changed": 0, "conflict": 0, "error": 0}
    commit(batch.pk)
    assert set(Asset.objects.filter(title__startswith="Ledger").values_list("unit", flat=True)) == {
        finance.pk
    }


def test_what_a_word_stands_for_is_remembered_for_the_source_alone(officer, ig_officer, owner, finance):
    answered(officer, in_units(ig_officer, owner, "Money people"), **{"Money people": finance.pk})
    kept = FileWord.objects.get()
    assert (kept.source.name, kept.column, kept.stands_for) == ("Housing", "unit", str(finance.pk))
    again = in_units(ig_officer, owner, "MONEY  people", "Money people")
    assert again.rows.counts()["error"] == 0
    assert [word.is_matched for word in words_of(again)] == [True]
    assert in_units(ig_officer, owner, "Money people", source="Parks").rows.counts()["error"] == 1


def test_what_was_matched_is_shown_and_can_be_changed_or_forgotten(officer, ig_officer, owner, finance):
    batch = in_units(ig_officer, owner, "Finance")
    answered(officer, batch)
    page = officer.get(reverse("exchange:batch", args=[batch.pk]))
    assert "1 matched for this source" in page.content.decode()
    answered(officer, batch, Finance=owner.post.unit.pk)
    assert batch.rows.get().patch["unit_id"] == owner.post.unit.pk
    answered(officer, batch, Finance="")
    assert not FileWord.objects.exists()
    assert batch.rows.counts()["error"] == 1
    history = FileWord.history.order_by("history_id").values_list("history_type", "history_who")
    assert list(history) == [(kind, ig_officer.display_name) for kind in "+~-"]


def test_cells_are_left_out_only_where_the_field_may_be_blank(officer, ig_officer, owner):
    data = csv_file([
        ["Reference", "Title", "Marking", "Unit"], [owner.asset.reference, "Renamed", "Hush", "Nowhere"],
    ])  # fmt: skip
    batch = brought(data, ig_officer)
    form = words_page(officer, batch).context["form"]
    offered = {
        column.meaning: [code for code, _ in column.fields[0].field.choices] for column in form.columns()
    }
    assert "-" in offered["Protective marking"]
    assert "-" not in offered["Unit"]
    answered(officer, batch, Hush="-", Nowhere=owner.post.unit.pk)
    assert batch.rows.get().patch == {"title": "Renamed"}


def test_a_word_that_is_not_matched_leaves_its_rows_out_and_the_error_names_what_is_near(
    officer, ig_officer, owner, finance
):
    for name in ("Parks", "Streets", "Libraries", "Housing", "Planning", "Elections", "Licensing", "Museums"):
        UnitFactory(code=name[:3].upper(), name=name)
    batch = in_units(ig_officer, owner, "Finanse", "FIN")
    answered(officer, batch, Finanse="")
    assert batch.rows.counts() == {"new": 1, "changed": 0, "conflict": 0, "error": 1}
    (fault,) = batch.rows.of_kind("error").get().faults
    assert fault[2] == "“Finanse” is not in the list. Nearest: Finance and Procurement"


@pytest.mark.parametrize(
    ("heading", "word", "choice"),
    [("Owner", "Boss of it", None), ("Form", "Spreadsheet", "data"), ("Personal data", "maybe", "None")],
)
def test_posts_forms_and_yes_or_no_are_matched_too(officer, ig_officer, owner, heading, word, choice):
    batch = brought(csv_file([["Reference", heading], [owner.asset.reference, word]]), ig_officer)
    assert batch.rows.counts()["error"] == 1
    answered(officer, batch, **{word: choice or owner.post.pk})
    assert batch.rows.counts()["error"] == 0


def test_an_unknown_marking_is_matched_here_or_kept_in_the_list_of_old_markings(officer, ig_officer, owner):
    hidden = Marking.objects.create(code="hidden", name="Hidden away")
    batch = brought(csv_file([["Reference", "Marking"], [owner.asset.reference, "Hush"]]), ig_officer)
    page = words_page(officer, batch).content.decode()
    assert f'href="{reverse("assets:entries", args=["oldmarking"])}">Old markings</a>' in page
    answered(officer, batch, Hush=hidden.pk)
    assert batch.rows.get().patch == {"marking_id": hidden.pk}
    assert batch.found.read_as == {}


def test_what_the_source_was_told_goes_before_the_list_of_old_words(ig_officer, owner):
    from assets.models import OldMarking

    ours = Marking.objects.create(code="ours", name="Ours")
    batch = brought(csv_file([["Reference", "Marking"], [owner.asset.reference, "Hush"]]), ig_officer)
    remember(batch, {("marking", "Hush"): str(ours.pk)})
    OldMarking.objects.create(word="hush", marking=Marking.objects.get(code="official"))
    check(batch, ig_officer)
    assert batch.rows.get().patch == {"marking_id": ours.pk}
    assert batch.found.read_as == {}


def test_two_things_of_one_name_are_told_apart(officer, ig_officer, owner):
    twins = [UnitFactory(code=code, name="Records") for code in ("R1", "R2")]
    batch = in_units(ig_officer, owner, "Records")
    assert "More than one is called" in batch.rows.get().faults[0][2]
    field = words_page(officer, batch).context["form"].columns()[0].fields[0]
    assert {"Records (R1)", "Records (R2)"} <= {said for _, said in field.field.choices}
    answered(officer, batch, Records=twins[1].pk)
    assert batch.rows.get().patch["unit_id"] == twins[1].pk


def test_what_is_no_longer_offered_is_asked_anew(officer, ig_officer, owner):
    old = Marking.objects.create(code="old", name="Of old")
    batch = brought(csv_file([["Reference", "Marking"], [owner.asset.reference, "Hush"]]), ig_officer)
    answered(officer, batch, Hush=old.pk)
    Marking.objects.filter(pk=old.pk).update(is_retired=True)
    check(batch, ig_officer)
    assert [word.is_matched for word in words_of(batch)] == [False]
    assert batch.rows.counts()["error"] == 1


def test_formulas_that_failed_and_odd_cells_are_no_words(ig_officer, owner):
    cells = ["#REF!", "x" * 300, "=1+1"]
    assert [word.word for word in words_of(in_units(ig_officer, owner, *cells))] == ["=1+1"]


def test_a_column_of_thousands_of_words_asks_for_the_commonest_only(officer, ig_officer, owner):
    batch = in_units(ig_officer, owner, *(f"Unit {n}" for n in range(MOST_OF_A_COLUMN + 50)), "Unit 7")
    assert len(words_of(batch)) == MOST_OF_A_COLUMN
    assert words_of(batch)[0].word == "Unit 7"
    first = words_page(officer, batch)
    assert first.context["page"].paginator.num_pages > 1
    done = answered(officer, batch)
    assert done.redirect_chain[-1][0].endswith("?page=2")


def test_an_answer_that_was_not_offered_is_refused_by_name(officer, ig_officer, owner):
    batch = in_units(ig_officer, owner, "Nowhere")
    for wrong in ("9999999", "Finance", "None", "-", "\x00"):
        answer = answered(officer, batch, Nowhere=wrong)
        assert "Choose from the list what “Nowhere” stands for" in answer.content.decode()
    assert not FileWord.objects.exists()


def test_an_answer_from_an_old_page_is_for_no_other_word(officer, ig_officer, owner, finance):
    batch = in_units(ig_officer, owner, "Nowhere")
    officer.post(reverse("exchange:words", args=[batch.pk]), {"word_0": finance.pk, "word_" + "0" * 16: "1"})
    assert not FileWord.objects.exists()


def test_a_file_whose_words_are_known_says_so(officer, ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="Renamed")]), ig_officer)
    assert "The register knows every word of this file" in words_page(officer, batch).content.decode()


def test_the_words_follow_the_columns_where_there_are_any(officer, ig_officer, owner):
    batch = in_units(ig_officer, owner, "Nowhere")
    match = reverse("exchange:match", args=[batch.pk])
    guessed = {field.name: field.value() for field in officer.get(match).context["form"].columns()}
    assert officer.post(match, guessed).url == reverse("exchange:words", args=[batch.pk])
    remember(batch, {("unit", "Nowhere"): str(owner.post.unit.pk)})
    assert officer.post(match, guessed).url == reverse("exchange:batch", args=[batch.pk])


def test_words_of_a_closed_batch_stay_as_they_are(officer, ig_officer, owner):
    batch = in_units(ig_officer, owner, "Nowhere", owner.post.unit.code)
    commit(batch.pk)
    assert words_page(officer, batch).url == reverse("exchange:batch", args=[batch.pk])
    with pytest.raises(NotReadyError):
        remember(batch, {("unit", "Nowhere"): "1"})


@pytest.mark.parametrize("wrong", [{"digest": ""}, {"digest": "jane smith"}, {"column": ""}, {}])
def test_a_word_stands_for_one_thing_in_a_column_and_is_kept_as_a_digest(wrong, db):
    source = Source.objects.create(register="assets", name="Housing")
    said = {"source": source, "column": "unit", "digest": source.digest_of("finance"), "stands_for": "1"}
    FileWord.objects.create(**said)
    with pytest.raises(IntegrityError, match="file_word_"), transaction.atomic():
        FileWord.objects.create(**(said | wrong))


def test_ten_rows_with_unknown_words_take_as_many_queries_as_two_hundred(
    officer, ig_officer, owner, django_assert_max_num_queries
):
    for count in (10, 200):
        batch = in_units(ig_officer, owner, *(f"Unit {n}" for n in range(count)))
        with django_assert_max_num_queries(16):
            check(batch, ig_officer)
        with django_assert_max_num_queries(12):
            assert words_page(officer, batch).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_who_match_the_same_word_at_once_leave_one_answer():
    owner, person = play_owner("owner"), play("ig_officer", Role.IG_OFFICER)
    batch = in_units(person, owner, "Nowhere")
    keys = [str(AssetFactory().unit_id) for _ in range(4)]
    ready = Barrier(len(keys))

    def one(key):
        try:
            ready.wait(timeout=60)
            remember(batch, {("unit", "Nowhere"): key})
        finally:
            connection.close()

    with ThreadPoolExecutor(len(keys)) as pool:
        list(pool.map(one, keys))
    assert FileWord.objects.get().stands_for in keys
