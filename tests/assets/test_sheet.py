"""The asset register as a file: every field has a column, every column reads what it writes."""

import pytest
from django.db import models

from assets.models import Asset, ImpactLevel, Marking, RetentionRule
from assets.models.numbering import next_references
from assets.representations.sheet import SHEET
from governance.people.registers.cells import CellError
from tests.factories import AssetFactory, PostFactory, UnitFactory

# What no file may set: the key, the reference (by which a row is matched), and what is reckoned.
NOT_IN_FILES = {"id", "reference"}

pytestmark = pytest.mark.django_db


def test_every_field_of_an_asset_has_its_column():
    fields = {field.name for field in Asset._meta.concrete_fields}
    assert {column.name for column in SHEET.columns} == fields - NOT_IN_FILES


def test_every_column_ends_in_the_field_it_names():
    for column in SHEET.columns:
        assert Asset._meta.get_field(column.name).attname == column.attname


def test_no_heading_means_two_columns():
    headings = [word.casefold() for column in SHEET.all_columns for word in (column.heading, *column.aliases)]
    assert sorted(headings) == sorted(set(headings))


def test_every_rule_of_the_database_is_foretold_by_a_rule_or_by_the_reading_of_a_column():
    read_by_columns = {
        "asset_reference_is_like_ia_0042", "asset_has_a_title", "asset_form_is_known", "asset_state_is_known",
        "asset_publish_decision_is_known", "asset_stars_are_0_to_5",
    }  # fmt: skip
    rules = {rule.constraint for rule in SHEET.rules}
    constraints = {each.name for each in Asset._meta.constraints if isinstance(each, models.CheckConstraint)}
    assert rules | read_by_columns == constraints


def test_what_is_written_is_read_back():
    asset = AssetFactory(
        title="Case files", confidentiality_id=3, confidentiality_reason="Children",
        marking=Marking.objects.get(code="official-sensitive"), contains_personal_data=None,
        part_of=AssetFactory(), retention_from="2016-10-24", stars=2,
    )  # fmt: skip
    asset.refresh_from_db()
    for column in SHEET.columns:
        written = column.write(asset)
        value = column.empty if written in (None, "") else column.reader([str(written)])(written)
        assert value == getattr(asset, column.attname), column.name


def test_an_owner_is_found_by_code_or_title_and_never_by_a_guess():
    unit = UnitFactory()
    first = PostFactory(code="head-a", title="Head of care", unit=unit)
    PostFactory(code="head-b", title="Head of care", unit=unit)
    read = SHEET.column("owner").reader()
    assert read("head-a") == read(" HEAD-A ") == first.pk
    with pytest.raises(CellError, match=r"More than one is called “Head of care”. Use its code"):
        read("Head of care")


def test_of_two_posts_with_one_title_the_code_is_written():
    unit = UnitFactory()
    for code in ("head-a", "head-b"):
        PostFactory(code=code, title="Head of care", unit=unit)
    alone = PostFactory(code="head-c", title="Head of planning", unit=unit)
    shared = AssetFactory(owner__code="head-d", owner__title="Head of care").owner_id
    write = SHEET.column("owner").writer()
    assert write(alone.pk) == "Head of planning"
    assert write(shared) == "head-d"


def test_an_old_word_for_a_marking_is_a_proposal():
    column = SHEET.column("marking")
    assert column.reader()("restricted") == Marking.objects.get(code="official-sensitive").pk
    assert column.proposals({"RESTRICTED", "OFFICIAL"}) == {"RESTRICTED": "OFFICIAL-SENSITIVE"}


def test_a_rating_is_read_as_number_code_or_name():
    level = ImpactLevel.objects.get(number=3)
    read = SHEET.column("confidentiality").reader()
    assert read(3.0) == read("3") == read(level.code) == read(level.name) == 3


def test_a_word_outside_a_short_list_is_refused_with_the_list():
    with pytest.raises(
        CellError, match=r"“Papyrus” is not in the list. Use one of: Paper, Electronic documents"
    ):
        SHEET.column("form").reader()("Papyrus")


def test_a_retired_entry_is_known_but_not_offered():
    Marking.objects.filter(code="official").update(is_retired=True)
    retired = Marking.objects.get(code="official").pk
    column = SHEET.column("marking")
    assert column.reader()("OFFICIAL") == retired
    assert column.refuser()(retired) == "It is no longer offered. Choose another"
    assert column.refuser()(None) == ""


@pytest.mark.parametrize("state", ["to_be_disposed", "disposed", "transferred", "withdrawn"])
def test_no_file_disposes_of_an_asset(state):
    column = SHEET.column("state")
    assert column.reader()(state) == state
    assert "cannot be set by a file" in column.refuser()(state)


def test_an_address_that_is_a_script_is_refused():
    with pytest.raises(CellError, match="is not an address"):
        SHEET.column("dataset_address").reader()("javascript:alert(1)")


def test_references_go_on_after_the_highest():
    AssetFactory(reference="IA-0041")
    AssetFactory(reference="IA-0007")
    assert next_references(Asset, "IA", 2) == ["IA-0042", "IA-0043"]


def test_a_retention_rule_is_found_by_its_code():
    rule = RetentionRule.objects.create(
        code="hr-1", record_type="Staff files", words="6 years", trigger="event", action="destroy",
        authority="business",
    )  # fmt: skip
    assert SHEET.column("retention_rule").reader()("HR-1") == rule.pk
