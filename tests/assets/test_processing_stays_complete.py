"""A live activity stays complete, its rows with it: by its forms, by its rows and by undoing."""

import pytest
from django.urls import reverse

from assets.models import ProcessingActivity, Safeguard, ScheduleCondition
from assets.representations.article_30 import missing
from assets.services import processing
from governance.history.trail import signed
from tests.assets.factories_processing import ActivityFactory, ProcessorFactory, TransferFactory
from tests.assets.test_processing_pages import edit
from tests.assets.test_processing_undo import undo
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
CONDITION = "Choose a Schedule 1 condition for the criminal offence data"


def again(activity):
    return ProcessingActivity.objects.get(pk=activity.pk)


def transfer(person, activity, **typed):
    given = {"country": "Norway", "safeguard": Safeguard.objects.get(code="adequacy").pk} | typed
    address = reverse("assets:new_row", args=[activity.reference, "transfers"])
    return signed_in(person).post(address, given)


def remove(person, activity):
    row = activity.transfers.first()
    address = reverse("assets:remove_row", args=[activity.reference, "transfers", row.pk])
    return signed_in(person).post(address, follow=True).content.decode()


# Its sections


def test_a_section_says_what_another_one_lacks_and_writes_nothing(ig_officer):
    activity = ActivityFactory()
    page = edit(ig_officer, activity, "data", criminal_offence="on", purposes="To keep order")
    assert f"The activity is live. {CONDITION} first, under “Lawfulness”" in page.content.decode()
    assert "To keep order" in page.content.decode()
    assert (again(activity).criminal_offence, again(activity).purposes) == (False, "To run the service")
    assert missing(again(activity)) == []


def test_with_the_condition_first_the_section_is_saved(ig_officer):
    activity = ActivityFactory()
    fraud = ScheduleCondition.objects.get(code="paragraph-14")
    edit(ig_officer, activity, "lawfulness", conditions=[fraud.pk], policy_document="APD 3")
    assert edit(ig_officer, activity, "data", criminal_offence="on").status_code == 302
    assert again(activity).criminal_offence
    assert missing(again(activity)) == []


def test_a_draft_may_lack_what_it_lacks(ig_officer):
    activity = ActivityFactory(state="draft")
    assert edit(ig_officer, activity, "data", criminal_offence="on").status_code == 302
    assert [each.words for each in missing(again(activity))] == [CONDITION]


def test_what_it_lacked_before_keeps_nobody_from_changing_the_rest(ig_officer):
    activity = ActivityFactory(criminal_offence=True, transfers_abroad=True)
    assert len(missing(activity)) == 2
    assert edit(ig_officer, activity, "data", purposes="To keep order").status_code == 302
    assert transfer(ig_officer, activity).status_code == 302
    assert [each.words for each in missing(again(activity))] == [CONDITION]


# Transfers abroad, and the answer whether there are any


def test_saying_that_data_are_sent_abroad_asks_for_the_transfer_first(ig_officer):
    activity = ActivityFactory()
    page = edit(ig_officer, activity, "protection", transfers_abroad="True").content.decode()
    assert "The activity is live. Name each country that data are sent to" in page
    assert "add the first transfer, or remove the last: that answers it" in page
    assert again(activity).transfers_abroad is False


def test_the_first_transfer_of_a_live_activity_says_that_there_are_some_and_the_last_that_there_are_none(
    ig_officer,
):
    activity = ActivityFactory()
    assert transfer(ig_officer, activity).status_code == 302
    assert again(activity).transfers_abroad is True
    versions = activity.history.count()
    transfer(ig_officer, activity, country="Iceland")
    remove(ig_officer, activity)
    assert (again(activity).transfers_abroad, activity.history.count()) == (True, versions)
    assert "removed" in remove(ig_officer, activity)
    assert again(activity).transfers_abroad is False
    assert missing(again(activity)) == []
    reasons = activity.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons)[-2:] == [
        "The first transfer abroad was recorded",
        "The last transfer abroad was removed",
    ]


def test_a_transfer_without_its_safeguard_leaves_a_live_activity_as_it_was(ig_officer):
    activity = ActivityFactory()
    assert "Choose the safeguard for Norway" in transfer(ig_officer, activity, safeguard="").content.decode()
    assert again(activity).transfers_abroad is False
    assert not activity.transfers.exists()


def test_the_transfers_of_a_draft_answer_nothing(ig_officer):
    activity = ActivityFactory(state="draft", transfers_abroad=None)
    assert transfer(ig_officer, activity).status_code == 302
    assert again(activity).transfers_abroad is None


def edit_transfer(person, transfer, **typed):
    given = {"country": transfer.country, "safeguard": transfer.safeguard_id or "", "assessment": ""}
    given |= {"seen_version": transfer.standing_version(), "change_reason": "Moved"} | typed
    address = reverse("assets:change_row", args=[transfer.activity.reference, "transfers", transfer.pk])
    return signed_in(person).post(address, given)


def test_a_transfer_without_its_safeguard_may_be_renamed_while_it_lacks_it(ig_officer):
    """What it lacks names the country: it lacks the same under another name."""
    lacking = TransferFactory(safeguard=None, country="Norway")
    assert "Choose the safeguard for Norway" in str(missing(lacking.activity))
    assert edit_transfer(ig_officer, lacking, country="Kenya").status_code == 302
    assert [each.words for each in missing(again(lacking.activity))] == ["Choose the safeguard for Kenya"]


def test_one_transfer_that_lacks_its_safeguard_excuses_no_other(ig_officer):
    lacking = TransferFactory(safeguard=None, country="Norway")
    sound = TransferFactory(activity=lacking.activity, country="Iceland")
    page = edit_transfer(ig_officer, sound, safeguard="").content.decode()
    assert "Choose the safeguard for Iceland" in page
    sound.refresh_from_db()
    assert sound.safeguard_id


def test_saying_that_no_data_are_sent_abroad_asks_to_remove_the_transfers(ig_officer):
    activity = TransferFactory().activity
    page = edit(ig_officer, activity, "protection", transfers_abroad="False").content.decode()
    assert "Say that data are sent abroad, or remove the transfers" in page
    assert again(activity).transfers_abroad is True


@pytest.mark.parametrize("before", ["True", "False", ""])
@pytest.mark.parametrize("after", ["True", "False", ""])
def test_each_answer_is_changed_into_each_other(ig_officer, before, after):
    answers = {"True": True, "False": False, "": None}
    activity = ActivityFactory(state="draft", transfers_abroad=answers[before])
    edit(ig_officer, activity, "protection", transfers_abroad=after)
    assert again(activity).transfers_abroad is answers[after]
    assert activity.history.count() == (1 if before == after else 2)


# Undoing


@pytest.fixture
def without_offences(ig_officer):
    """A live activity that once was about criminal offences, and names no condition any more."""
    activity = ActivityFactory(state="draft", criminal_offence=True)
    with signed(ig_officer, reason="None of that"):
        ProcessingActivity.objects.filter(pk=activity.pk).update(criminal_offence=False, source="The people")
    change = activity.standing_version()
    processing.go_live(activity, reason="Ready")
    return activity, change


def test_an_undo_leaves_no_live_activity_without_its_rows(ig_officer, without_offences):
    activity, change = without_offences
    page = undo(ig_officer, "activity", activity, ["criminal_offence"], version=change).content.decode()
    assert f"It cannot go back to that, since it is live. {CONDITION}" in page
    assert (again(activity).state, again(activity).criminal_offence) == ("live", False)
    assert undo(ig_officer, "activity", activity, ["source"], version=change).status_code == 302
    assert again(activity).source == ""


def test_a_controller_it_is_done_for_stays_named():
    activity = ProcessorFactory()
    with pytest.raises(processing.IncompleteError, match="Name each controller"):
        processing.save_row(activity, activity.controllers.get().delete)
    assert activity.controllers.exists()
