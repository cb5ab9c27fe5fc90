"""One change of an activity or of a DPIA: looked at, compared with another version, undone."""

import pytest
from django.urls import reverse

from assets.models import Dpia, DpiaAuthor, ProcessingActivity
from assets.services import dpia as dpias
from assets.services import processing
from governance.core.dates import today
from governance.history.trail import signed
from tests.assets.factories_processing import ActivityFactory, DpiaFactory, DpiaRiskFactory
from tests.assets.test_processing_past import shown
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(ig_officer):
    """One whose purposes and source were changed at once."""
    made = ActivityFactory(purposes="To let homes", source="The people")
    with signed(ig_officer, reason="Workshop"):
        ProcessingActivity.objects.filter(pk=made.pk).update(purposes="To sell homes", source="The police")
    return ProcessingActivity.objects.get()


@pytest.fixture
def dpia(ig_officer):
    """A draft of which one answer was changed."""
    made = DpiaFactory(need="Large scale", scope="10,000 people")
    with signed(ig_officer, reason="Workshop"):
        Dpia.objects.filter(pk=made.pk).update(need="Cameras")
    return Dpia.objects.get()


def undo(person, name, entry, fields, version=None, **typed):
    number = version or entry.standing_version()
    given = {
        "fields_to_undo": fields,
        "seen_version": entry.standing_version(),
        "change_reason": "It was right",
    }
    address = reverse(f"assets:undo_{name}", args=[entry.reference, number])
    return signed_in(person).post(address, given | typed)


@pytest.mark.parametrize(("name", "words"), [("activity", "To let homes"), ("dpia", "Large scale")])
def test_each_change_has_a_page_and_two_versions_can_be_compared(request, ig_officer, name, words):
    entry = request.getfixturevalue(name)
    first, last = type(entry).history.filter(id=entry.pk).order_by("history_id")
    address = reverse(f"assets:{name}_change", args=[entry.reference, last.history_id])
    assert address in shown(ig_officer, entry)
    page = signed_in(ig_officer).get(address).content.decode()
    assert words in page
    assert "Undo this change" in page
    compared = signed_in(ig_officer).get(address, {"against": first.history_id}).content.decode()
    assert "Two versions compared" in compared
    assert signed_in(ig_officer).get(address.replace(str(last.history_id), "999999")).status_code == 404


def test_one_change_of_an_activity_is_undone_in_part(ig_officer, activity):
    assert undo(ig_officer, "activity", activity, ["purposes"]).status_code == 302
    activity.refresh_from_db()
    assert (activity.purposes, activity.source) == ("To let homes", "The police")
    assert "It was right" in shown(ig_officer, activity)


def test_an_undo_that_would_leave_a_live_activity_incomplete_says_the_rule(ig_officer):
    activity = ActivityFactory(state="draft", security="")
    ProcessingActivity.objects.filter(pk=activity.pk).update(security="Roles")
    change = activity.standing_version()
    processing.go_live(activity, reason="Ready")
    page = undo(ig_officer, "activity", activity, ["security"], version=change).content.decode()
    assert "The rule is: activity live says security" in page
    activity.refresh_from_db()
    assert (activity.state, activity.security) == ("live", "Roles")


def test_states_and_days_of_an_end_have_steps_of_their_own(ig_officer):
    activity = ActivityFactory()
    processing.end(activity, on=today(), reason="Over")
    address = reverse("assets:undo_activity", args=[activity.reference, activity.standing_version()])
    assert signed_in(ig_officer).get(address).status_code == 404


def test_undoing_needs_a_reason_and_what_the_person_saw(ig_officer, activity):
    without = undo(ig_officer, "activity", activity, ["purposes"], change_reason="")
    assert "govuk-error-message" in without.content.decode()
    seen = activity.standing_version()
    ProcessingActivity.objects.filter(pk=activity.pk).update(security="Better")
    stale = undo(ig_officer, "activity", activity, ["purposes"], version=seen, seen_version=seen)
    assert "Somebody changed this entry while you were reading" in stale.content.decode()


def test_who_undoes_a_change_of_a_dpia_has_written_in_it(owner, dpia):
    Dpia.objects.update(activity=ActivityFactory(owner=owner.post))
    change = Dpia.history.filter(id=dpia.pk, need="Cameras").earliest().history_id
    assert undo(owner, "dpia", dpia, ["need"], version=change).status_code == 302
    dpia.refresh_from_db()
    assert dpia.need == "Large scale"
    assert DpiaAuthor.objects.filter(dpia=dpia, person=owner).exists()


def test_an_undo_that_fails_leaves_nobody_an_author(ig_officer, dpia):
    Dpia.objects.filter(pk=dpia.pk).update(scope="Everybody")
    seen = Dpia.history.filter(id=dpia.pk, need="Cameras").earliest().history_id
    undo(ig_officer, "dpia", dpia, ["need"], version=seen, seen_version=seen)
    assert not DpiaAuthor.objects.exists()


def test_what_was_sent_is_not_undone(ig_officer, dpia):
    change = dpia.standing_version()
    DpiaRiskFactory(dpia=dpia)
    dpias.send(dpia)
    assert undo(ig_officer, "dpia", dpia, ["need"], version=change).status_code == 403
    page = signed_in(ig_officer).get(reverse("assets:dpia_change", args=[dpia.reference, change]))
    assert "Undo this change" not in page.content.decode()


def test_sending_is_a_step_and_not_a_change_to_undo(ig_officer, dpia):
    DpiaRiskFactory(dpia=dpia)
    dpias.send(dpia)
    change = dpia.standing_version()
    dpias.take_back(dpia)
    address = reverse("assets:undo_dpia", args=[dpia.reference, change])
    assert signed_in(ig_officer).get(address).status_code == 404
