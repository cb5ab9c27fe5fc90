"""An undo leaves only what a rule refuses, and says of each field why."""

import pytest

from assets.models import ScheduleCondition
from assets.models.activity_rows import ActivityCondition
from governance.exchange.importing import commit, undo
from governance.history.trail import signed
from tests.assets.factories_processing import ActivityFactory, TransferFactory
from tests.cast import signed_in
from tests.exchange.uploads import brought, csv_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_a_request(ig_officer):
    with signed(ig_officer):
        yield


def committed(by, activity, **said):
    """A file that says so of the activity, by heading, committed."""
    data = csv_file([["Reference", *said], [activity.reference, *said.values()]])
    batch = brought(data, by, register="activities", name="ropa.csv", source="Ours")
    assert batch.rows.get().kind == "changed", batch.rows.get().faults
    commit(batch.pk)
    return batch


def test_a_field_that_may_go_back_does_beside_one_that_may_not(ig_officer):
    """A transfer entered since forbids to deny transfers; nothing forbids the other two fields."""
    activity = ActivityFactory(transfers_abroad=False, criminal_offence=True, privacy_notice="Before")
    condition = ScheduleCondition.objects.filter(needs_policy=False).first()
    ActivityCondition.objects.create(activity=activity, condition=condition)
    transfer = TransferFactory(activity=activity)
    said = {
        "Criminal offence data": "No",
        "Sent outside the United Kingdom": "Yes",
        "Privacy notice": "After",
    }
    batch = committed(ig_officer, activity, **said)

    assert undo(batch.pk) == 1

    activity.refresh_from_db()
    assert (activity.criminal_offence, activity.transfers_abroad) == (True, True)
    assert activity.privacy_notice == "Before"
    (kept,) = batch.rows.get().kept
    assert kept == (
        "Sent outside the United Kingdom (It is live. Say that data are sent abroad, or remove the transfers)"
    ), transfer


def test_each_field_that_stays_says_its_own_reason(ig_officer):
    activity = ActivityFactory(transfers_abroad=False, criminal_offence=True)
    condition = ScheduleCondition.objects.filter(needs_policy=False).first()
    met = ActivityCondition.objects.create(activity=activity, condition=condition)
    TransferFactory(activity=activity)
    said = {"Criminal offence data": "No", "Sent outside the United Kingdom": "Yes"}
    batch = committed(ig_officer, activity, **said)
    met.delete()  # allowed, since there are no such data any more

    undo(batch.pk)

    kept = batch.rows.get().kept
    assert [each.partition(" (")[0] for each in kept] == [
        "Criminal offence data", "Sent outside the United Kingdom",
    ]  # fmt: skip
    assert "Schedule 1 condition" in kept[0]
    assert "remove the transfers" in kept[1]


def test_the_page_says_how_many_rows_have_something_that_stays(ig_officer):
    activity = ActivityFactory(transfers_abroad=False)
    TransferFactory(activity=activity)
    batch = committed(ig_officer, activity, **{"Sent outside the United Kingdom": "Yes"})
    page = signed_in(ig_officer).post(f"/exchange/imports/{batch.pk}/undo/", follow=True).content.decode()
    assert "1 row had fields that stay: the rows below say which" in page
