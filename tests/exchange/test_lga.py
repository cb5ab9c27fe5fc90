"""The LGA/esd layout both ways: what its columns mean, which are left out and why, and what we write."""

from datetime import date

import pytest

from assets.models import ActivityAsset, Function, ImpactLevel, RetentionRule
from governance.exchange.layouts import LAYOUTS, LGA, recognised
from governance.exchange.layouts.layout import COUNCIL, DOWNLOAD, PROCESSING, REGISTER, plain
from governance.people.models import Controller
from tests.assets.factories_processing import ActivityFactory
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.factories import AssetFactory

A_TO_S = [
    "Data Controller Name",
    "Data Controller Email",
    "Data Controller Address",
    "Data Controller Telephone",
    "Data Protection Officer Name",
    "Data Protection Officer Email",
    "Data Protection Officer Address",
    "Data Protection Officer Telephone",
    "ID",
    "Retention ID",
    "Business Function",
    "Service ID (download only)",
    "Service Name (download only)",
    "Service Legislation Name (download only)",
    "Service Legislation Power Or Duty (download only)",
    "Records Description",
    "Contains Personal Information?",
    "Contains Special Information?",
    "Impact Level (download only)",
]


def written(person, **query):
    answer = signed_in(person).get("/exchange/assets/file.csv", {"file_columns": "lga", **query})
    heading, *rows = csv_rows(b"".join(answer.streaming_content))
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_the_published_columns_stand_at_their_places():
    places = [column.place for column in LGA.columns if column.place]
    assert places == list("ABCDEFGHIJKLMNOPQRS")
    assert [column.heading for column in LGA.columns][: len(A_TO_S)] == A_TO_S


def test_each_column_says_how_its_name_is_known():
    assert {column.basis for column in LGA.columns} == {"published", "older", "unseen"}
    assert all(bool(column.place) == (column.basis == "published") for column in LGA.columns)


def test_a_file_with_all_published_headings_is_recognised():
    assert recognised(LAYOUTS.values(), "assets", [*A_TO_S, "Something of our own"]) is LGA
    assert recognised(LAYOUTS.values(), "risks", A_TO_S) is None
    assert recognised(LAYOUTS.values(), "assets", ["Reference", "Title", "Owner"]) is None


@pytest.mark.parametrize("left_out", A_TO_S)
def test_a_file_without_one_of_them_is_not(left_out):
    assert not LGA.fits([heading for heading in A_TO_S if heading != left_out])


def test_headings_are_known_however_they_are_spaced_and_marked():
    spaced = [heading.replace(" (download only)", "").replace(" ", "") for heading in A_TO_S]
    assert LGA.fits(spaced)
    assert plain("Service ID (download only)") == plain("ServiceID") == "serviceid"


def test_what_may_be_edited_is_mapped_and_the_rest_left_out_with_a_reason():
    mapping = LGA.mapping([*A_TO_S, "Retention Requirements", "Unheard of"])
    assert {heading: field for heading, field in mapping.items() if field} == {
        "ID": "reference",
        "Retention ID": "retention_rule",
        "Business Function": "function",
        "Records Description": "title",
        "Contains Personal Information?": "contains_personal_data",
        "Contains Special Information?": "special_category",
        "Retention Requirements": "retention_note",
    }
    reasons = LGA.left_out(A_TO_S)
    assert reasons["Service Name (download only)"].startswith("Download only")
    assert reasons["Data Controller Email"].startswith("About the whole organisation")
    assert {heading for heading, field in LGA.mapping(A_TO_S).items() if not field} == set(reasons)


def test_a_heading_that_the_layout_does_not_know_is_left_to_the_officer():
    assert "Unheard of" not in LGA.mapping([*A_TO_S, "Unheard of"])


def test_every_column_has_one_use():
    assert {column.use for column in LGA.columns} == {COUNCIL, REGISTER, PROCESSING, DOWNLOAD}


def test_the_first_row_says_who_the_council_is():
    row = dict.fromkeys(A_TO_S, "") | {
        "Data Controller Name": " Northmere City Council ",
        "Data Protection Officer Email": "dpo@northmere.example",
        "Data Controller Telephone": None,
    }
    assert LGA.council(row) == {"name": "Northmere City Council", "dpo_email": "dpo@northmere.example"}


@pytest.mark.django_db
def test_organisation_columns_are_filled_in_the_first_row_only(ig_officer):
    Controller.objects.filter(pk=1).update(name="Northmere City Council", dpo_email="dpo@northmere.example")
    AssetFactory.create_batch(3)

    first, *others = written(ig_officer)

    assert first["Data Controller Name"] == "Northmere City Council"
    assert first["Data Protection Officer Email"] == "dpo@northmere.example"
    assert all(row[heading] == "" for row in others for heading in A_TO_S[:8])


@pytest.mark.django_db
def test_an_asset_is_written_as_the_layout_has_it(ig_officer):
    rule = RetentionRule.objects.create(
        code="hr-12", record_type="Staff files", words="6 years", months=72, trigger="end_of_employment",
        action="destroy", authority="statute", source="Limitation Act 1980",
    )  # fmt: skip
    asset = AssetFactory(
        title="Staff files",
        function=Function.objects.get(code="human-resources"),
        retention_rule=rule,
        special_category=True,
        integrity=ImpactLevel.objects.get(code="serious"),
        integrity_reason="Payroll runs on it",
    )

    (row,) = written(ig_officer)

    assert row["ID"] == asset.reference
    assert row["Retention ID"] == "hr-12"
    assert row["Business Function"] == "Human resources"
    assert row["Service ID (download only)"] == asset.unit.code
    assert row["Service Name (download only)"] == asset.unit.name
    assert row["Records Description"] == "Staff files"
    assert row["Contains Personal Information?"] == "Yes"
    assert row["Contains Special Information?"] == "Yes"
    assert row["Impact Level (download only)"] == "Serious"
    assert row["Retention Legislation Name (download only)"] == "Limitation Act 1980"
    assert row["Retain Permanently? (download only)"] == "No"
    assert row["Added Date (download only)"] == row["Updated Date (download only)"] != ""
    assert row["In IAR?"] == "Yes"


@pytest.mark.django_db
def test_what_nobody_has_said_is_an_empty_cell(ig_officer):
    AssetFactory(contains_personal_data=None)
    (row,) = written(ig_officer)
    assert row["Contains Personal Information?"] == ""
    assert row["Impact Level (download only)"] == ""
    assert row["Service Legislation Name (download only)"] == ""


@pytest.mark.django_db
def test_an_empty_register_has_only_headings(ig_officer):
    assert written(ig_officer) == []


@pytest.mark.django_db
def test_an_asset_is_in_the_ropa_if_an_activity_that_is_not_over_works_with_it(ig_officer):
    personal, other, over = AssetFactory.create_batch(3)
    activity = ActivityFactory(purposes="To pay staff")
    ActivityAsset.objects.create(activity=activity, asset=personal)
    ended = ActivityFactory(state="ended", ended_on=date(2016, 1, 1))
    ActivityAsset.objects.create(activity=ended, asset=over)

    said = {row["ID"]: row for row in written(ig_officer)}

    assert said[personal.reference]["In RoPA?"] == "Yes"
    assert said[personal.reference]["Purposes Of Processing"] == "To pay staff"
    assert said[other.reference]["In RoPA?"] == "No"
    assert said[other.reference]["Purposes Of Processing"] == ""
    assert said[over.reference]["In RoPA?"] == "No"


@pytest.mark.django_db
def test_what_two_activities_say_stands_with_semicolons_between_and_only_what_the_reader_may_open(
    ig_officer, owner, other_owner
):
    mine = ActivityFactory(owner=owner.post, purposes="To pay staff")
    theirs = ActivityFactory(owner=other_owner.post, purposes="To enforce")
    for activity in (mine, theirs):
        ActivityAsset.objects.create(activity=activity, asset=owner.asset)

    said = {row["ID"]: row["Purposes Of Processing"] for row in written(ig_officer)}
    assert said[owner.asset.reference] == "To enforce; To pay staff"
    assert [row["Purposes Of Processing"] for row in written(owner)] == ["To pay staff"]
