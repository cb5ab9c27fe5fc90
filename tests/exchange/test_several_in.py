"""What an activity has several of comes in by one cell: assets, conditions, controllers, transfers."""

from datetime import date

import pytest

from assets.models import (
    ActivityAsset,
    ActivityCondition,
    ControllerServed,
    ProcessingActivity,
    Safeguard,
    ScheduleCondition,
    Transfer,
)
from governance.exchange.importing import MovedOnError, commit, undo
from tests.assets.factories_processing import (
    ActivityFactory,
    ControllerServedFactory,
    LinkFactory,
    ProcessorFactory,
    TransferFactory,
)
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.exchange.test_activities import back, bring, out
from tests.exchange.test_round_trip import edited_csv
from tests.factories import AssetFactory, PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]
ASSETS, CONDITIONS = "Assets it works with", "Schedule 1 conditions"
CONTROLLERS, TRANSFERS = "Done for these controllers", "Transfers abroad"


def said(by, activity, heading, cell, **options):
    """A file with one cell about the activity, checked: its row, or None where it changes nothing."""
    return bring(["Reference", heading], [[activity.reference, cell]], by, **options).rows.first()


def linked(activity):
    return sorted(activity.asset_links.values_list("asset__reference", flat=True))


@pytest.fixture
def activity():
    return ActivityFactory(state="draft")


# Setting them


def test_the_assets_named_are_linked_and_no_other(ig_officer, activity):
    kept, gone, new = AssetFactory.create_batch(3)
    link = LinkFactory(activity=activity, asset=kept)
    LinkFactory(activity=activity, asset=gone)
    row = said(ig_officer, activity, ASSETS, f"{kept.reference.lower()} ;{new.reference}")
    assert row.kind == "changed", row.faults
    commit(row.batch_id)
    assert linked(activity) == sorted([kept.reference, new.reference])
    assert activity.asset_links.get(asset=kept).pk == link.pk
    assert ActivityAsset.history.filter(asset_id=gone.pk, history_type="-").count() == 1
    reason = ActivityAsset.history.get(asset_id=new.pk).history_change_reason
    assert reason == f"Imported from ropa.csv, batch {row.batch_id}"


def test_conditions_are_named_by_code_or_name(ig_officer, activity):
    first, second = ScheduleCondition.objects.all()[:2]
    row = said(ig_officer, activity, CONDITIONS, f"{first.code}\n{second.name.upper().replace(';', ',')}")
    commit(row.batch_id)
    assert {link.condition for link in activity.condition_links.all()} == {first, second}


def test_a_new_transfer_is_entered_and_what_is_said_of_another_stays(ig_officer, activity):
    safeguard = Safeguard.objects.first()
    TransferFactory(activity=activity, country="Norway", recipient="", safeguard=safeguard, assessment="Here")
    row = said(ig_officer, activity, TRANSFERS, "norway; Japan: A printer")
    commit(row.batch_id)
    kept, new = activity.transfers.get(country="Norway"), activity.transfers.get(country="Japan")
    assert (kept.safeguard, kept.assessment) == (safeguard, "Here")
    assert (new.recipient, new.safeguard, new.assessment) == ("A printer", None, "")


def test_a_new_controller_says_how_it_is_reached_and_what_is_done_for_it(ig_officer):
    activity = ProcessorFactory(state="draft")
    own = ControllerServedFactory(activity=activity)
    row = said(ig_officer, activity, CONTROLLERS, f"{own.name}; District | dpo@district.example | Payroll")
    commit(row.batch_id)
    new = activity.controllers.exclude(pk=own.pk).get()
    assert (new.name, new.contact, new.categories) == ("District", "dpo@district.example", "Payroll")


def test_a_new_activity_comes_in_with_its_assets(ig_officer, owner):
    row = ["Payroll", owner.post.code, owner.post.unit.code, owner.asset.reference, "Japan"]
    batch = bring(["Title", "Owner", "Unit", ASSETS, TRANSFERS], [row], ig_officer)
    page = signed_in(ig_officer).get(batch.get_absolute_url(), {"show": "new"}).content.decode()
    assert owner.asset.reference in page
    commit(batch.pk)
    made = ProcessingActivity.objects.get(title="Payroll")
    assert linked(made) == [owner.asset.reference]
    assert made.transfers.get().country == "Japan"


def test_a_blank_cell_says_nothing_unless_blanks_count(ig_officer, activity):
    link = LinkFactory(activity=activity)
    assert said(ig_officer, activity, ASSETS, "") is None
    row = said(ig_officer, activity, ASSETS, "", blank_means_empty=True)
    commit(row.batch_id)
    assert not ActivityAsset.objects.filter(pk=link.pk).exists()


# What is wrong


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        (ASSETS, "IA-9999", "There is no asset IA-9999"),
        (ASSETS, "IA-9998; others that you may not open", "There is no asset IA-9998"),
        (ASSETS, "others that you may not open", "It leaves out assets that whoever wrote the file"),
        (CONDITIONS, "No such condition", "“No such condition” is not in the list"),
        (CONTROLLERS, "District", "To enter it write “District | how to reach it | what is done for it”"),
        (CONTROLLERS, "District | | Payroll", "“District” is not among its controllers"),
        (CONTROLLERS, f"{'D' * 201} | here | Payroll", "is too long for name: 200 is the most"),
        (TRANSFERS, ": A printer", "names no country"),
        (TRANSFERS, "J" * 101, "is too long for country: 100 is the most"),
        (TRANSFERS, "Japan; JAPAN", "“JAPAN” stands twice in the cell"),
    ],
)
def test_what_cannot_come_in_is_named(ig_officer, activity, heading, cell, sentence):
    row = said(ig_officer, activity, heading, cell)
    assert row.kind == "error"
    assert row.faults[0][0] == heading
    assert sentence in row.faults[0][2]


def test_a_condition_that_is_no_longer_offered_is_not_entered_but_may_stay(ig_officer, activity):
    old = ScheduleCondition.objects.first()
    ScheduleCondition.objects.filter(pk=old.pk).update(is_retired=True)
    row = said(ig_officer, activity, CONDITIONS, old.code)
    assert row.faults[0][2] == f"“{old.name}” is no longer offered. Choose another"
    ActivityCondition.objects.create(activity=activity, condition=old)
    assert said(ig_officer, activity, CONDITIONS, old.code) is None


def test_a_live_activity_keeps_what_its_rows_have_to_say(ig_officer):
    live = ActivityFactory(transfers_abroad=True)
    TransferFactory(activity=live, country="Norway", recipient="", safeguard=Safeguard.objects.first())
    row = said(ig_officer, live, TRANSFERS, "", blank_means_empty=True)
    assert row.faults[0] == [TRANSFERS, "", "It is live. Name each country that data are sent to"]
    row = said(ig_officer, live, TRANSFERS, "Norway; Japan")
    assert row.faults[0][2] == "It is live. Choose the safeguard for Japan"


def test_rows_and_the_field_that_goes_with_them_come_in_together(ig_officer):
    live = ActivityFactory(transfers_abroad=True)
    TransferFactory(activity=live)
    headings = ["Reference", "Sent outside the United Kingdom", TRANSFERS]
    batch = bring(headings, [[live.reference, "No", ""]], ig_officer, blank_means_empty=True)
    assert batch.rows.get().kind == "changed", batch.rows.get().faults
    commit(batch.pk)
    live.refresh_from_db()
    assert (live.transfers_abroad, live.transfers.count()) == (False, 0)


# There and back


def full(**options):
    activity = ActivityFactory(transfers_abroad=True, criminal_offence=True, **options)
    TransferFactory(
        activity=activity, country="Norway", recipient="A; B", assessment="Here", assessed_on=date(2026, 1, 2)
    )
    TransferFactory(activity=activity, country="Japan", recipient="")
    for condition in ScheduleCondition.objects.all()[:3]:
        ActivityCondition.objects.create(activity=activity, condition=condition)
    LinkFactory.create_batch(2, activity=activity)
    return activity


def test_a_file_that_nobody_edited_changes_no_row(ig_officer):
    full()
    ControllerServedFactory(activity=ProcessorFactory(), name="One; and | two")
    for ending in ("csv", "xlsx"):
        batch = back(out(ig_officer, ending), ig_officer, blank_means_empty=True)
        assert [(row.reference, row.patch, row.faults) for row in batch.rows.all()] == []


def test_every_schedule_1_condition_comes_back_as_it_left(ig_officer, activity):
    for condition in ScheduleCondition.objects.all():
        ActivityCondition.objects.create(activity=activity, condition=condition)
    assert back(out(ig_officer), ig_officer).unchanged_count == 1


def test_only_the_edited_cell_changes(ig_officer):
    activity, other = full(), full()
    asset = AssetFactory()
    before = [
        model.history.count() for model in (ActivityAsset, ActivityCondition, Transfer, ControllerServed)
    ]
    data = out(ig_officer)
    cell = csv_rows(data)[1][csv_rows(data)[0].index(ASSETS)]
    batch = back(edited_csv(data, {(1, ASSETS): f"{cell}; {asset.reference}"}), ig_officer)
    commit(batch.pk)
    after = [
        model.history.count() for model in (ActivityAsset, ActivityCondition, Transfer, ControllerServed)
    ]
    assert after == [before[0] + 1, *before[1:]]
    assert asset.reference in linked(activity)
    assert asset.reference not in linked(other)


def test_what_was_linked_since_the_file_was_written_stays_where_the_cell_was_not_edited(ig_officer):
    activity = full()
    data = out(ig_officer)
    LinkFactory(activity=activity)
    assert back(data, ig_officer).unchanged_count == 1
    assert len(linked(activity)) == 3


@pytest.mark.parametrize(("choice", "stays"), [("file", False), ("register", True)])
def test_a_cell_that_was_edited_there_and_here_is_a_conflict(ig_officer, choice, stays):
    activity, new = full(), AssetFactory()
    data = out(ig_officer)
    since = LinkFactory(activity=activity).asset
    batch = back(edited_csv(data, {(1, ASSETS): new.reference}), ig_officer)
    (row,) = batch.rows.all()
    assert (row.kind, row.patch) == ("conflict", {})
    batch.choose(choice, seen=batch.rows.seen())
    commit(batch.pk)
    assert (since.reference in linked(activity)) is stays
    assert (linked(activity) == [new.reference]) is not stays


@pytest.mark.parametrize("cell", ["yesterday", "0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_moment_that_is_none_is_named(ig_officer, activity, cell):
    batch = bring(["Reference", "Written at", "Purposes"], [[activity.reference, cell, "x"]], ig_officer)
    assert batch.rows.get().faults[0][0] == "Written at"
    assert batch.rows.get().faults[0][2].endswith("Leave the cell as it was in the export")


def test_a_link_made_between_check_and_commit_stops_the_commit(ig_officer, activity):
    row = said(ig_officer, activity, ASSETS, AssetFactory().reference)
    LinkFactory(activity=activity)
    with pytest.raises(MovedOnError) as moved:
        commit(row.batch_id)
    assert moved.value.references == [activity.reference]
    assert activity.asset_links.count() == 1


@pytest.mark.parametrize("number", [10, 100])
def test_many_rows_take_as_many_queries_as_few(ig_officer, number, django_assert_max_num_queries):
    owner, asset = PostFactory(), AssetFactory()
    activities = ActivityFactory.create_batch(number, owner=owner, state="draft")
    rows = [[each.reference, asset.reference, "Japan; Norway"] for each in activities]
    with django_assert_max_num_queries(56):
        batch = bring(["Reference", ASSETS, TRANSFERS], rows, ig_officer)
    with django_assert_max_num_queries(32):
        commit(batch.pk)
    assert Transfer.objects.count() == 2 * number
    with django_assert_max_num_queries(40):
        undo(batch.pk)
    assert not Transfer.objects.exists()


# Taking back


def test_undo_gives_back_what_was_taken_away_with_all_that_was_said_of_it(ig_officer, activity):
    gone = TransferFactory(
        activity=activity, country="Norway", assessment="Here", assessed_on=date(2026, 1, 2)
    )
    row = said(ig_officer, activity, TRANSFERS, "Japan")
    commit(row.batch_id)
    assert undo(row.batch_id) == 0
    back_again = activity.transfers.get()
    names = ("country", "recipient", "safeguard_id", "assessment", "assessed_on")
    assert [getattr(back_again, name) for name in names] == [getattr(gone, name) for name in names]


def test_undo_leaves_rows_that_others_have_changed_since(ig_officer, activity):
    row = said(ig_officer, activity, ASSETS, AssetFactory().reference)
    commit(row.batch_id)
    LinkFactory(activity=activity)
    assert undo(row.batch_id) == 1
    assert activity.asset_links.count() == 2
    row.refresh_from_db()
    assert row.kept == [ASSETS]


def test_undo_ends_a_new_activity_with_the_assets_that_came_with_it(ig_officer, owner):
    row = ["Payroll", owner.post.code, owner.post.unit.code, owner.asset.reference]
    batch = bring(["Title", "Owner", "Unit", ASSETS], [row], ig_officer)
    commit(batch.pk)
    assert undo(batch.pk) == 0
    assert ProcessingActivity.objects.get(title="Payroll").state == "ended"


def test_undo_takes_no_transfer_from_a_live_activity_that_needs_it(ig_officer):
    headings = ["Reference", "Privacy notice", "Sent outside the United Kingdom", TRANSFERS]
    live = ActivityFactory(state="draft", transfers_abroad=False, privacy_notice="Before")
    batch = bring(headings, [[live.reference, "After", "Yes", "Norway"]], ig_officer)
    commit(batch.pk)
    live.transfers.update(safeguard=Safeguard.objects.get(code="adequacy"))
    ProcessingActivity.objects.filter(pk=live.pk).update(state="live")
    assert undo(batch.pk) == 1
    live.refresh_from_db()
    assert (live.privacy_notice, live.transfers_abroad) == ("Before", True)
    assert live.transfers.count() == 1
