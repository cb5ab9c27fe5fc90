"""A DPIA that is required is declined on advice about the criteria that apply, and on no other."""

from concurrent.futures import ThreadPoolExecutor
from queue import Queue

import pytest
from django.db import connection, transaction
from django.urls import reverse

from assets.models import DpiaCriterion, ProcessingActivity, Screening
from assets.services import dpia as services
from assets.services.dpia import DpiaError
from tests.assets.factories_processing import ActivityFactory, AdviceFactory, DpiaFactory, ScreeningFactory
from tests.cast import signed_in
from tests.dashboards.test_hand_overs_due import waits_for_a_lock

pytestmark = pytest.mark.django_db
CAMERAS, MATCHING = "public-monitoring", "data-matching"


def screen(activity, *codes, decision="do"):
    criteria = DpiaCriterion.objects.filter(code__in=codes)
    return services.screen(activity, criteria, decision=decision, reason="Old")


def is_refused(activity, *codes):
    """Nothing is written either."""
    before = [*Screening.objects.values()], {*Screening.objects.values_list("criterion_links__criterion")}
    with pytest.raises(DpiaError, match="has not advised since these criteria were saved"):
        screen(activity, *codes, decision="none")
    after = [*Screening.objects.values()], {*Screening.objects.values_list("criterion_links__criterion")}
    return before == after


def test_declining_a_required_dpia_needs_a_reason_and_advice_on_its_criteria(ig_officer):
    activity = ActivityFactory()
    client, address = signed_in(ig_officer), reverse("assets:screening", args=[activity.reference])
    ticked = {"automatic": [DpiaCriterion.objects.get(code=CAMERAS).pk], "decision": "none"}
    assert "Give the reason" in client.post(address, ticked).content.decode()
    AdviceFactory(activity=activity, text="Given before anything was ticked")
    page = client.post(address, ticked | {"reason": "Old"}).content.decode()
    assert "Save them with the decision to make a DPIA, and ask for advice first" in page
    assert not Screening.objects.exists()
    assert client.post(address, ticked | {"decision": "do"}).status_code == 302
    advice = AdviceFactory(activity=activity)
    assert client.post(address, ticked | {"reason": "Old"}).status_code == 302
    screening = Screening.objects.get()
    assert (screening.is_required, screening.advice, screening.decision) == (True, advice, "none")


@pytest.mark.parametrize("now", [[CAMERAS, MATCHING], [MATCHING], [CAMERAS, "eu-vulnerable"]])
def test_advice_on_other_criteria_is_not_advice_on_these(now):
    activity = ActivityFactory()
    screen(activity, CAMERAS)
    AdviceFactory(activity=activity)
    assert is_refused(activity, *now)
    screen(activity, *now)
    assert is_refused(activity, *now), "they were saved after the advice was given"
    AdviceFactory(activity=activity)
    assert screen(activity, *now, decision="none").is_required


def test_one_criterion_less_than_was_advised_on_is_another_case():
    activity = ActivityFactory()
    screen(activity, CAMERAS, MATCHING)
    AdviceFactory(activity=activity)
    assert is_refused(activity, CAMERAS)


def test_criteria_that_went_and_came_back_need_advice_again():
    activity = ActivityFactory()
    screen(activity, CAMERAS)
    AdviceFactory(activity=activity)
    screen(activity)
    screen(activity, CAMERAS)
    assert is_refused(activity, CAMERAS)


def test_saving_the_same_criteria_again_leaves_the_advice_on_them_as_it_is():
    activity = ActivityFactory()
    screen(activity, CAMERAS)
    advice = AdviceFactory(activity=activity)
    screen(activity, CAMERAS)
    screen(ActivityFactory(), MATCHING)
    for _ in range(2):
        screen(activity, CAMERAS, decision="none")
        assert Screening.objects.get(activity=activity).advice == advice


def test_only_the_data_protection_officer_s_advice_on_this_activity_counts():
    activity = ActivityFactory()
    screen(activity, CAMERAS)
    AdviceFactory(activity=activity, given_as="caldicott_guardian")
    AdviceFactory(activity=activity, dpia=DpiaFactory(activity=activity))
    AdviceFactory()
    assert is_refused(activity, CAMERAS)


def test_what_requires_none_is_declined_without_advice():
    activity = ScreeningFactory(criteria=["tracking"]).activity
    assert not screen(activity, "genetic", decision="none").is_required


@pytest.mark.django_db(transaction=True)
def test_who_declines_while_another_saves_further_criteria_is_refused():
    """What is saved and what was advised is read once the other has finished."""
    activity, pids = ActivityFactory(), Queue()
    screen(activity, CAMERAS)
    AdviceFactory(activity=activity)

    def decline():
        try:
            connection.ensure_connection()
            pids.put(connection.connection.info.backend_pid)
            return screen(activity, CAMERAS, decision="none")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ProcessingActivity.objects.for_change().get(pk=activity.pk)
            declining = pool.submit(decline)
            assert waits_for_a_lock(pids.get(timeout=60))
            screen(activity, CAMERAS, MATCHING)
        with pytest.raises(DpiaError, match="has not advised since these criteria were saved"):
            declining.result(timeout=60)
    screening = Screening.objects.get()
    assert (screening.decision, screening.criterion_links.count()) == ("do", 2)
