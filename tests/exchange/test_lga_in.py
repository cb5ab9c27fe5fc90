"""A file in the LGA/esd layout comes in: blank ID new, known ID edit, wrong ID reported."""

import pytest

from assets.models import Asset, Function
from governance.core.forms.selects import LongSelect
from governance.exchange.forms.imports import MatchForm
from governance.exchange.importing import commit, found_in, receive
from governance.exchange.importing.cells import values_for_new
from governance.exchange.importing.checking import OWN_NUMBERS
from governance.exchange.models import Batch
from governance.people.models import Controller
from governance.people.registers.sheet import SHEETS
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.exchange.test_lga import A_TO_S
from tests.exchange.uploads import csv_file
from tests.factories import AssetFactory, PostFactory

pytestmark = pytest.mark.django_db


def row(reference="", **said):
    words = {name.replace("_", " "): text for name, text in said.items()}
    full = dict.fromkeys(A_TO_S, "") | {"ID": reference} | words
    return [full[heading] for heading in A_TO_S]


def form_of(person, content, **said):
    batch = receive(content, "lga.csv", register="assets", source="LG Inform Plus", by=person)
    table = found_in(batch)
    asked = MatchForm(batch=batch, table=table, person=person)
    guessed = {field.name: field.value() or "" for field in asked.columns()}
    return MatchForm(guessed | said, batch=batch, table=table, person=person)


def checked(person, content, **said):
    form = form_of(person, content, **said)
    assert form.is_valid(), form.errors
    form.save()
    return Batch.objects.get(pk=form.batch.pk)


def kinds(batch):
    return [(found.number, found.kind) for found in batch.rows.order_by("number")]


def test_blank_id_is_new_known_id_an_edit_and_a_wrong_id_is_reported(ig_officer, owner):
    content = csv_file([
        A_TO_S,
        row(owner.asset.reference, Records_Description="Renamed", Business_Function="Housing"),
        row(Records_Description="New records"),
        row("123456", Records_Description="From another register"),
    ])  # fmt: skip

    batch = checked(
        ig_officer, content, new_owner=owner.post.pk, new_unit=owner.post.unit_id, new_form="paper"
    )

    assert kinds(batch) == [(2, "changed"), (3, "new"), (4, "error")]
    (only,) = batch.rows.get(number=4).faults
    assert "There is no asset 123456" in only[2], "it is no new one, so nothing is missing"
    commit(batch.pk)
    owner.asset.refresh_from_db()
    assert (owner.asset.title, owner.asset.function) == ("Renamed", Function.objects.get(name="Housing"))
    new = Asset.objects.get(title="New records")
    assert (new.owner, new.unit, new.form) == (owner.post, owner.post.unit, "paper")
    assert not Asset.objects.filter(title="From another register").exists()


def test_a_new_row_needs_an_owner_which_the_layout_does_not_have(ig_officer):
    batch = checked(ig_officer, csv_file([A_TO_S, row(Records_Description="New records")]))
    assert {fault[0] for fault in batch.rows.get().faults} == {"Owner", "Unit", "Form"}


def test_of_a_wrong_id_nothing_is_missing_though_new_rows_would_lack_it(ig_officer):
    elsewhere, new = row("XX-99", Records_Description="Elsewhere"), row(Records_Description="New")
    content = csv_file([A_TO_S, elsewhere, new])
    batch = checked(ig_officer, content)
    said = {row.number: [sentence for _, _, sentence in row.faults] for row in batch.rows.all()}
    assert said[2] == [f"There is no asset XX-99. {OWN_NUMBERS}"]
    assert all("It is missing" in sentence for sentence in said[3])
    unknown = batch.rows.get(number=2)
    assert (unknown.patch, unknown.title) == ({}, "Elsewhere")


def test_what_new_rows_say_is_chosen_from_the_lists_and_never_typed(ig_officer, owner):
    form = form_of(ig_officer, csv_file([A_TO_S, row(Records_Description="New")]), new_owner="Nobody at all")
    assert not form.is_valid()
    assert form.errors["new_owner"] == ["Owner of new assets: choose from the list"]
    offered = {name: [key for key, _ in form.fields[name].choices] for name in ("new_form", "new_owner")}
    assert offered["new_form"] == ["", "paper", "electronic", "data", "mixed"]
    assert str(owner.post.pk) in offered["new_owner"]
    assert {type(field.field.widget) for field in form.news()} == {LongSelect}


def test_two_posts_of_one_title_are_told_apart_in_what_new_rows_say(ig_officer, owner):
    other = PostFactory(title=owner.post.title)
    content = csv_file([A_TO_S, row(Records_Description="New records")])
    form = form_of(ig_officer, content)
    said = dict(form.fields["new_owner"].choices)
    assert said[str(other.pk)] == f"{other.title} ({other.code})"
    batch = checked(ig_officer, content, new_owner=other.pk, new_unit=other.unit_id, new_form="data")
    assert batch.rows.get().patch["owner_id"] == other.pk


def test_a_post_that_is_no_longer_offered_says_nothing_of_new_rows(ig_officer, owner):
    chosen = {"owner": "999999", "unit": str(owner.post.unit_id)}
    assert values_for_new(SHEETS["assets"], chosen) == {"unit_id": owner.post.unit_id}


def test_words_for_new_rows_leave_entries_that_are_there_alone(ig_officer, owner, other_owner):
    content = csv_file([A_TO_S, row(owner.asset.reference, Records_Description="Renamed")])
    batch = checked(ig_officer, content, new_owner=other_owner.post.pk)
    assert batch.rows.get().patch == {"title": "Renamed"}


def test_download_only_and_organisation_columns_are_left_out_and_said_to_be(ig_officer, owner):
    said = {"Service Name (download only)": "Another service", "Data Controller Name": "Another council"}
    cells = [
        said.get(heading, cell) for heading, cell in zip(A_TO_S, row(owner.asset.reference), strict=True)
    ]
    content = csv_file([A_TO_S, cells])

    form = form_of(ig_officer, content)
    reasons = {field.label: field.help_text for field in form.columns()}
    assert reasons["Service Name (download only)"].startswith("Download only")
    assert reasons["Data Controller Name"].startswith("About the whole organisation")
    batch = checked(ig_officer, content)

    assert kinds(batch) == []
    assert Controller.objects.current().name == ""


def test_a_column_that_the_layout_does_not_know_must_be_answered(ig_officer):
    form = form_of(ig_officer, csv_file([[*A_TO_S, "Shelf"], [*row(Records_Description="New"), "12"]]))
    assert not form.is_valid()
    assert any("Shelf" in str(errors) for errors in form.errors.values())


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_we_write_in_the_layout_comes_back_without_a_change(ig_officer, ending):
    AssetFactory.create_batch(5)
    AssetFactory(contains_personal_data=None, title="=1+1")
    answer = signed_in(ig_officer).get(f"/exchange/assets/file.{ending}?file_columns=lga")
    content = b"".join(answer.streaming_content)

    batch = checked(ig_officer, content)

    assert [(each.reference, each.patch, each.faults) for each in batch.rows.all()] == []
    assert ending != "csv" or len(csv_rows(content)) == batch.row_count + 1
