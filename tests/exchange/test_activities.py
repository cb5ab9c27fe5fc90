"""The record of processing leaves in all its columns, and comes back in those that a file may set."""

from datetime import date

import pytest
from django.db import models

from assets.models import LawfulBasis, ProcessingActivity, Safeguard, ScheduleCondition
from assets.models.activity_rows import ActivityCondition
from assets.representations.activity_sheet import SHEET
from governance.exchange.importing import MovedOnError, check, commit, undo
from governance.people.models import Role
from tests.assets.factories_processing import (
    ActivityFactory,
    ControllerServedFactory,
    LinkFactory,
    ProcessorFactory,
    TransferFactory,
)
from tests.cast import play, signed_in
from tests.exchange.files import csv_rows, xlsx_rows
from tests.exchange.test_round_trip import AWKWARD, edited_csv
from tests.exchange.uploads import brought, csv_file
from tests.factories import AssetFactory, PostFactory, UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]


def out(person, ending="csv", query="?file_columns=all"):
    answer = signed_in(person).get(f"/exchange/activities/file.{ending}{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def told(person, **options):
    """The first activity of the file, by heading."""
    heading, *rows = csv_rows(out(person, **options))
    return dict(zip(heading, rows[0], strict=True))


def bring(headings, rows, by, **options):
    return back(csv_file([headings, *rows]), by, **options)


def back(content, by, **options):
    return brought(content, by, register="activities", name="ropa.csv", source="Ours", **options)


# Out


def test_every_field_of_an_activity_has_its_column():
    fields = {field.name for field in ProcessingActivity._meta.concrete_fields}
    assert {column.name for column in SHEET.columns} == fields - {"id", "reference", "ended_on"}
    for column in SHEET.columns:
        assert ProcessingActivity._meta.get_field(column.name).attname == column.attname


def test_no_heading_means_two_columns():
    headings = [word.casefold() for column in SHEET.all_columns for word in (column.heading, *column.aliases)]
    headings += [column.heading.casefold() for column in SHEET.derived]
    assert sorted(headings) == sorted(set(headings))


def test_every_rule_of_the_database_is_foretold_by_a_rule_or_by_the_reading_of_a_column():
    read = {
        "activity_reference_is_like_pa_0001", "activity_has_a_title", "activity_capacity_is_known",
        "activity_state_is_known", "activity_ended_says_when",
    }  # fmt: skip
    checks = (
        each for each in ProcessingActivity._meta.constraints if isinstance(each, models.CheckConstraint)
    )
    assert {rule.constraint for rule in SHEET.rules} | read == {each.name for each in checks}


@pytest.mark.parametrize(("ending", "read"), [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_the_record_leaves_in_full(ig_officer, ending, read):
    activity = ActivityFactory(next_review_on=date(2027, 1, 1), transfers_abroad=True)
    heading, row = read(out(ig_officer, ending))
    assert heading[:3] == ["Reference", "Version", "Written at"]
    assert heading[3:] == [column.heading for column in (*SHEET.own, *SHEET.derived)]
    said = dict(zip(heading, row, strict=False))
    assert (said["Reference"], said["State"], said["Lawful basis"]) == (
        activity.reference,
        "Live",
        "Public task",
    )
    assert (said["Owner"], said["Unit"]) == (activity.owner.title, activity.unit.name)
    assert (said["Sent outside the United Kingdom"], said["Automated decisions"]) == ("Yes", "Not yet said")


def test_what_an_activity_has_several_of_stands_in_one_cell(ig_officer):
    activity = ProcessorFactory(transfers_abroad=True, capacity="processor")
    ControllerServedFactory(activity=activity, name="A controller")
    assets = [AssetFactory(), AssetFactory()]
    for asset in assets:
        LinkFactory(activity=activity, asset=asset)
    TransferFactory(activity=activity, country="Norway", recipient="")
    TransferFactory(activity=activity, country="Japan", recipient="A printer")
    conditions = list(ScheduleCondition.objects.order_by("name")[:2])
    for condition in conditions:
        ActivityCondition.objects.create(activity=activity, condition=condition)
    said = told(ig_officer)
    served = sorted(["A controller", *activity.controllers.values_list("name", flat=True)[1:]])
    assert said["Assets it works with"] == "; ".join(asset.reference for asset in assets)
    assert said["Transfers abroad"] == "Japan: A printer; Norway"
    assert set(said["Schedule 1 conditions"].split("; ")) == {each.name for each in conditions}
    assert said["Done for these controllers"].split("; ")[0] == served[0]


def test_an_owner_is_told_of_their_own_activities_and_of_assets_that_they_may_open(owner, other_owner):
    mine = ActivityFactory(owner=owner.post)
    LinkFactory(activity=mine, asset=owner.asset)
    LinkFactory(activity=mine, asset=other_owner.asset)
    ActivityFactory(owner=other_owner.post)
    text = out(owner).decode()
    assert set(told(owner)["Assets it works with"].split("; ")) == {
        owner.asset.reference, "others that you may not open",
    }  # fmt: skip
    assert (len(csv_rows(out(owner))), other_owner.asset.reference in text) == (2, False)


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR])
def test_who_may_not_list_activities_gets_no_file(role):
    browser = signed_in(play("somebody", role))
    assert browser.get("/exchange/activities/file.csv").status_code == 403


def test_the_file_of_the_page_has_the_columns_of_the_page(ig_officer):
    ActivityFactory()
    (heading, _) = csv_rows(out(ig_officer, query=""))
    assert heading == [
        "Reference", "Version", "Title", "Unit", "Owner", "The council acts as", "Lawful basis", "State",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [10, 200])
def test_many_activities_take_as_many_queries_as_few(ig_officer, number, django_assert_max_num_queries):
    ActivityFactory.create_batch(number, owner=PostFactory())
    browser = signed_in(ig_officer)
    with django_assert_max_num_queries(22):
        answer = browser.get("/exchange/activities/file.csv?file_columns=all")
        assert len(csv_rows(b"".join(answer.streaming_content))) == number + 1


# In


def test_a_council_s_own_record_comes_in_as_drafts(ig_officer, owner):
    headings = ["Name", "Purpose of processing", "Categories of data subjects", "Owner", "Service",
                "Article 6 lawful basis", "Retention period"]  # fmt: skip
    row = ["Payroll", "To pay; to account", "Staff\nPensioners", owner.post.code, owner.post.unit.code,
           "contract", "6 years"]  # fmt: skip
    batch = bring(headings, [row], ig_officer)
    assert batch.rows.counts()["new"] == 1, batch.rows.get().faults
    commit(batch.pk)
    made = ProcessingActivity.objects.get(title="Payroll")
    assert (made.reference[:3], made.state, made.basis_id) == ("PA-", "draft", "contract")
    assert (made.purposes, made.data_subjects) == ("To pay; to account", "Staff\nPensioners")


def test_a_file_that_nobody_edited_changes_nothing(ig_officer):
    for words in AWKWARD:
        ActivityFactory(purposes=f"{words}.", data_categories=words or "None", recipients=f"{words};{words};")
    ActivityFactory(special_category=True, special_condition_id=1, automated_decisions=False)
    activity = ActivityFactory(transfers_abroad=True)
    TransferFactory(activity=activity, safeguard=Safeguard.objects.get(code="adequacy"))
    for ending in ("csv", "xlsx"):
        batch = back(out(ig_officer, ending), ig_officer, blank_means_empty=True)
        assert [(row.reference, row.patch, row.faults) for row in batch.rows.all()] == []
        assert batch.unchanged_count == len(AWKWARD) + 2


def test_thirty_cells_of_two_hundred_activities_leave_thirty_versions_and_no_other(ig_officer):
    ActivityFactory.create_batch(200, owner=PostFactory())
    edits = {(row, "Purposes"): f"One; two\nthree {row}" for row in range(1, 181, 6)}
    assert len(edits) == 30
    before = ProcessingActivity.history.count()
    batch = back(edited_csv(out(ig_officer), edits), ig_officer)
    commit(batch.pk)
    assert ProcessingActivity.history.count() == before + 30
    assert ProcessingActivity.objects.filter(purposes__startswith="One; two\nthree").count() == 30


def test_columns_that_only_leave_are_left_out_and_named(ig_officer):
    activity = ActivityFactory()
    batch = back(edited_csv(out(ig_officer), {(1, "Ended on"): "2026-01-01"}), ig_officer)
    assert batch.unchanged_count == 1
    activity.refresh_from_db()
    assert activity.ended_on is None
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    assert "Ended on" in page
    match = signed_in(ig_officer).get(f"/exchange/imports/{batch.pk}/match/").content.decode()
    assert match.count("Download only: it follows from other columns, or has a page") == len(SHEET.derived)


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        ("State", "Ended", "“Ended” cannot be set by a file, only on its page"),
        ("State", "Draft", "{} is live: it goes live, and ends, on its page"),
        ("Purposes", "", "It is live. Enter the purposes"),
        ("Lawful basis", "", "It is live. Choose a lawful basis"),
        ("Criminal offence data", "Yes",
         "It is live. Choose a Schedule 1 condition for the criminal offence data"),
        ("Sent outside the United Kingdom", "Yes", "It is live. Name each country that data are sent to"),
        ("The council acts as", "Processor for others",
         "The lawful basis is the controller's: clear it where the council is processor"),
    ],
)  # fmt: skip
def test_a_live_activity_stays_complete_and_keeps_its_state(ig_officer, heading, cell, sentence):
    activity = ActivityFactory()
    batch = bring(["Reference", heading], [[activity.reference, cell]], ig_officer, blank_means_empty=True)
    (row,) = batch.rows.all()
    assert (row.kind, sentence.format(activity.reference)) in [("error", fault[2]) for fault in row.faults]


def test_a_draft_may_be_incomplete(ig_officer):
    activity = ActivityFactory(state="draft")
    bring(["Reference", "Purposes"], [[activity.reference, ""]], ig_officer, blank_means_empty=True)
    batch = bring(["Reference", "Criminal offence data"], [[activity.reference, "yes"]], ig_officer)
    assert batch.rows.get().kind == "changed"


def test_a_transfer_entered_after_the_check_stops_the_commit_that_denies_transfers(ig_officer):
    activity = ActivityFactory(transfers_abroad=True)
    transfer = TransferFactory(activity=activity)
    transfer.delete()
    batch = bring(["Reference", "International transfers"], [[activity.reference, "no"]], ig_officer)
    assert batch.rows.get().kind == "changed"
    TransferFactory(activity=activity)
    with pytest.raises(MovedOnError):
        commit(batch.pk)
    check(batch, ig_officer)
    assert "remove the transfers" in batch.rows.get().faults[0][2]


def test_undo_ends_what_came_in_and_gives_the_rest_back(ig_officer, owner):
    activity = ActivityFactory(privacy_notice="Before")
    headings = ["Reference", "Title", "Owner", "Unit", "Privacy notice"]
    row = [owner.post.code, owner.post.unit.code]
    changed = [activity.reference, activity.title, activity.owner.code, activity.unit.code, "After"]
    batch = bring(headings, [["", "New", *row, "x"], ["", "Linked", *row, "x"], changed], ig_officer)
    commit(batch.pk)
    LinkFactory(activity=ProcessingActivity.objects.get(title="Linked"))
    assert undo(batch.pk) == 1
    activity.refresh_from_db()
    states = dict(ProcessingActivity.objects.values_list("title", "state"))
    assert (activity.privacy_notice, states["New"], states["Linked"]) == ("Before", "ended", "draft")
    assert ProcessingActivity.objects.get(title="New").ended_on is not None


def test_the_page_leads_to_files_both_ways(ig_officer):
    ActivityFactory()
    page = signed_in(ig_officer).get("/assets/processing/").content.decode()
    assert "/exchange/imports/new/?register=activities" in page
    assert "/exchange/activities/file.csv?file_columns=all" in page
    reader = signed_in(play("reader", Role.SIRO)).get("/assets/processing/").content.decode()
    assert "imports/new" not in reader


def test_a_unit_s_keeper_gets_the_record_of_that_unit():
    unit = UnitFactory()
    ActivityFactory()
    mine = ActivityFactory(owner=PostFactory(unit=unit))
    person = play("service_manager", Role.SERVICE_MANAGER, unit)
    assert [row[0] for row in csv_rows(out(person))[1:]] == [mine.reference]


def test_a_basis_is_found_by_code_or_name():
    read = SHEET.column("basis").reader()
    basis = LawfulBasis.objects.get(code="consent")
    assert read("consent") == read(basis.name) == "consent"
