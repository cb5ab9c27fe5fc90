"""What needs a DPIA is not live before one is signed off, unless the SIRO decides so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assets.figures import dpia as figures
from assets.models import DpiaAuthor, DpiaCriterion, GoAhead, ProcessingActivity, Screening
from assets.representations.screening import bars, go_ahead_of
from assets.services import dpia as services
from assets.services import processing
from assets.services.dpia import DpiaError
from assets.services.processing import IncompleteError
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.assets.factories_processing import (
    ActivityFactory,
    AdviceFactory,
    DpiaFactory,
    LinkFactory,
    ScreeningFactory,
    SignedDpiaFactory,
)
from tests.assets.test_asset_constraints import assert_refused, assert_stopped
from tests.cast import play, signed_in
from tests.factories import PostHoldingFactory, RoleAssignmentFactory

pytestmark = pytest.mark.django_db
RULE = "activity_goes_live_with_the_dpia_it_requires"


@pytest.fixture
def siro(db):
    return play("siro", Role.SIRO)


@pytest.fixture
def required():
    """A complete draft whose screening says that a DPIA is required."""
    activity = ActivityFactory(state="draft")
    ScreeningFactory(activity=activity, is_required=True, decision="do")
    return activity


def go_live(person, activity):
    address = reverse("assets:go_live", args=[activity.reference])
    return signed_in(person).post(address, {"reason": "Ready"}, follow=True).content.decode()


def state_of(activity):
    return ProcessingActivity.objects.get(pk=activity.pk).state


def write_live(activity):
    ProcessingActivity.objects.filter(pk=activity.pk).update(state="live")


# What keeps it from going live


def test_a_required_dpia_that_is_not_signed_off_keeps_an_activity_from_going_live(ig_officer, required):
    DpiaFactory(activity=required, state="with_dpo")
    assert "Have the DPIA signed off that the screening requires" in go_live(ig_officer, required)
    assert state_of(required) == "draft"


def test_the_database_keeps_it_from_going_live_by_every_door(required):
    assert_stopped(RULE, lambda: write_live(required))
    assert state_of(required) == "draft"


def test_what_is_over_does_not_come_back_without_its_dpia(required):
    ProcessingActivity.objects.filter(pk=required.pk).update(state="ended", ended_on="2017-01-01")
    assert_stopped(
        RULE, lambda: ProcessingActivity.objects.filter(pk=required.pk).update(state="live", ended_on=None)
    )


def test_once_it_is_signed_off_the_activity_goes_live(ig_officer, required):
    SignedDpiaFactory(activity=required)
    assert f"{required.reference} is live" in go_live(ig_officer, required)


def test_one_that_was_superseded_is_not_signed_off(required):
    SignedDpiaFactory(activity=required, state="superseded")
    with pytest.raises(IncompleteError, match="Have the DPIA signed off"):
        processing.go_live(required, reason="Ready")


def test_what_needs_no_dpia_goes_live(ig_officer):
    activity = ScreeningFactory(activity=ActivityFactory(state="draft")).activity
    assert bars(activity) == []
    assert f"{activity.reference} is live" in go_live(ig_officer, activity)


def test_deciding_against_a_required_dpia_does_not_open_the_way(required):
    advice = AdviceFactory(activity=required)
    Screening.objects.update(decision="none", reason="Old", advice=advice)
    assert_stopped(RULE, lambda: write_live(required))


def test_what_is_live_stays_live_when_it_is_found_to_need_one(ig_officer):
    activity = ActivityFactory()
    criteria = [DpiaCriterion.objects.get(code="public-monitoring")]
    services.screen(activity, criteria, decision="do", reason="")
    ProcessingActivity.objects.filter(pk=activity.pk).update(title="Cameras")
    assert state_of(activity) == "live"
    page = signed_in(ig_officer).get(activity.get_absolute_url()).content.decode()
    assert "It is live, and the DPIA that its screening requires is not signed off." in page


# The SIRO's decision


def decide(person, activity, reason="The town cannot wait"):
    address = reverse("assets:go_ahead", args=[activity.reference])
    return signed_in(person).post(address, {"reason": reason}, follow=True)


def test_the_siro_may_decide_with_a_reason_that_it_goes_ahead(siro, ig_officer, required):
    page = decide(siro, required).content.decode()
    assert "The town cannot wait" in page
    decided = GoAhead.objects.get()
    assert (decided.decided_by, decided.decided_by_post) == (siro, siro.post_title)
    assert f"{required.reference} is live" in go_live(ig_officer, required)


def test_a_decision_without_a_reason_is_none(siro, required):
    decide(siro, required, reason="")
    assert not GoAhead.objects.exists()
    assert_refused(
        "go_ahead_gives_a_reason",
        lambda: GoAhead.objects.create(activity=required, reason="", decided_by=siro, decided_by_post="SIRO"),
    )


@pytest.mark.parametrize("role", [Role.IG_OFFICER, Role.DPO, Role.CALDICOTT_GUARDIAN, Role.INTERNAL_AUDITOR])
def test_nobody_but_the_siro_decides_it(role, required):
    assert decide(play("reader", role), required).status_code == 403
    assert not GoAhead.objects.exists()


def test_the_owner_does_not_decide_it(owner):
    activity = ScreeningFactory(
        activity=ActivityFactory(state="draft", owner=owner.post), is_required=True, decision="do"
    ).activity
    assert decide(owner, activity).status_code == 403


def owns(siro, activity):
    ProcessingActivity.objects.filter(pk=activity.pk).update(owner=siro.post)


def began(siro, activity):
    DpiaFactory(activity=activity, begun_by=siro)


def wrote(siro, activity):
    DpiaAuthor.objects.create(dpia=DpiaFactory(activity=activity), person=siro)


def advised(siro, activity):
    AdviceFactory(activity=activity, given_by=siro)


@pytest.mark.parametrize("took_part", [owns, began, wrote, advised])
def test_the_siro_does_not_decide_on_what_they_own_wrote_or_advised_on(siro, required, took_part):
    took_part(siro, required)
    required.refresh_from_db()
    assert decide(siro, required).status_code == 403
    offer = reverse("assets:go_ahead", args=[required.reference])
    assert offer not in signed_in(siro).get(required.get_absolute_url()).content.decode()
    with pytest.raises(DpiaError, match="Nobody decides so on what they own, wrote or advised on"):
        services.go_ahead(required, "Mine", by=siro)
    facts = {"activity": required, "reason": "Mine", "decided_by": siro, "decided_by_post": "SIRO"}
    assert_stopped(
        "going_ahead_is_decided_by_another_than_owns_wrote_or_advised",
        lambda: GoAhead.objects.create(**facts),
    )
    services.go_ahead(required, "Looked at", by=play("second_siro", Role.SIRO))


def test_who_owned_or_wrote_in_something_else_decides(siro, required):
    was = PostHoldingFactory(person=siro, until_on=today() - timedelta(days=1)).post
    ProcessingActivity.objects.filter(pk=required.pk).update(owner=was)
    for took_part in (owns, began, wrote, advised):
        took_part(siro, ActivityFactory(state="draft"))
    assert decide(siro, required).status_code == 200
    assert GoAhead.objects.get().activity == required


def test_the_data_protection_officer_does_not_decide_as_siro(siro, required):
    RoleAssignmentFactory(post=siro.post, role=Role.DPO)
    assert decide(siro, required).status_code == 403
    assert not GoAhead.objects.exists()


def test_what_needs_no_decision_gets_none(siro):
    activity = ActivityFactory(state="draft")
    assert "It needs no decision" in decide(siro, activity).content.decode()
    with pytest.raises(DpiaError):
        services.go_ahead(activity, "Because", by=siro)


def test_a_decision_counts_until_the_activity_is_screened_again(siro, required):
    services.go_ahead(required, "The town cannot wait", by=siro)
    assert go_ahead_of(required) == GoAhead.objects.get()
    services.screen(required, [DpiaCriterion.objects.get(code="data-matching")], decision="do", reason="New")
    assert go_ahead_of(required) is None
    assert_stopped(RULE, lambda: write_live(required))


CRITERIA = ["public-monitoring", "data-matching"]


@pytest.mark.parametrize(("first", "second"), [(CRITERIA[:1], CRITERIA), (CRITERIA, CRITERIA[:1])])
def test_a_decision_does_not_cover_what_is_found_later_on_the_same_day(siro, first, second):
    activity = ActivityFactory(state="draft")

    def screen(codes):
        services.screen(activity, DpiaCriterion.objects.filter(code__in=codes), decision="do", reason="")

    screen(first)
    services.go_ahead(activity, "The town cannot wait", by=siro)
    assert go_ahead_of(activity)
    versions = Screening.history.filter(activity_id=activity.pk).count()
    screen(second)
    assert Screening.history.filter(activity_id=activity.pk).count() == versions
    assert go_ahead_of(activity) is None
    assert_stopped(RULE, lambda: write_live(activity))
    services.go_ahead(activity, "Even so", by=siro)
    write_live(activity)
    assert state_of(activity) == "live"


def test_the_screening_of_another_activity_leaves_a_decision_as_it_is(siro, required):
    services.go_ahead(required, "The town cannot wait", by=siro)
    other = ActivityFactory(state="draft")
    services.screen(other, [DpiaCriterion.objects.get(code=CRITERIA[0])], decision="do", reason="")
    assert go_ahead_of(required)
    write_live(required)


def test_a_decision_stands_as_it_was_taken(siro, required):
    services.go_ahead(required, "The town cannot wait", by=siro)
    with pytest.raises(Exception, match=r"append-only|permission denied"):
        GoAhead.objects.update(reason="Never said")


# What is shown of it


def test_live_activities_without_their_dpia_are_a_figure_that_opens():
    bad = ScreeningFactory(is_required=True, decision="do").activity
    draft = ScreeningFactory(activity__state="draft", is_required=True, decision="do").activity
    signed = SignedDpiaFactory(activity=ScreeningFactory(is_required=True, decision="do").activity).activity
    ScreeningFactory()
    now, everything = Moment.now(), Scope()

    def found(figure):
        return {entry.reference for entry in figure.entries(now, everything)}

    assert found(figures.live_without_dpia) == {bad.reference}
    assert found(figures.needing_dpia) == {bad.reference, draft.reference}
    assert signed.reference not in found(figures.needing_dpia)
    counted = figures.counts(now, everything)
    assert counted[figures.live_without_dpia.key] == figures.live_without_dpia.value(now, everything) == 1
    assert figures.live_without_dpia.value(Moment.of(now.as_at - timedelta(days=1)), everything) == 0


def test_the_page_of_an_asset_warns_of_what_is_done_with_it_unassessed(ig_officer):
    activity = ScreeningFactory(is_required=True, decision="do").activity
    asset = LinkFactory(activity=activity).asset
    address, words = asset.get_absolute_url(), "The law requires an impact assessment of what is done with it"
    assert words in signed_in(ig_officer).get(address).content.decode()
    SignedDpiaFactory(activity=activity)
    assert words not in signed_in(ig_officer).get(address).content.decode()
