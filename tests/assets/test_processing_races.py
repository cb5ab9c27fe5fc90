"""Several people at the same moment in the record of processing: threads and commits of their own."""

import pytest
from django.urls import reverse

from assets.models import Dpia, ProcessingActivity, Transfer
from tests.assets.factories_processing import ActivityFactory, AdviceFactory, DpiaFactory, DpiaRiskFactory
from tests.factories import PostFactory
from tests.people.test_races import clicked

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_who_enter_an_activity_at_once_get_four_references(ig_officer):
    post = PostFactory()
    given = {"title": "Lettings", "capacity": "controller", "unit": post.unit_id, "owner": post.pk}
    assert clicked(ig_officer, reverse("assets:new_activity"), given) == {302: 4}
    references = ProcessingActivity.objects.order_by("reference").values_list("reference", flat=True)
    assert list(references) == ["PA-0001", "PA-0002", "PA-0003", "PA-0004"]


def test_of_four_who_add_the_same_transfer_one_does_and_the_others_read_it(ig_officer):
    activity = ActivityFactory(state="draft")
    address = reverse("assets:new_row", args=[activity.reference, "transfers"])
    assert clicked(ig_officer, address, {"country": "Norway"}) == {302: 1, 200: 3}
    assert Transfer.objects.count() == 1


def test_four_who_begin_a_dpia_at_once_go_on_with_one(ig_officer):
    activity = ActivityFactory()
    assert clicked(ig_officer, reverse("assets:begin_dpia", args=[activity.reference]), {}) == {302: 4}
    assert Dpia.objects.count() == 1


def test_of_four_who_sign_off_at_once_one_does_and_the_others_read_it(siro):
    dpia = DpiaFactory(state="with_dpo")
    DpiaRiskFactory(dpia=dpia)
    AdviceFactory(activity=dpia.activity, dpia=dpia)
    given = {
        "post": siro.post.pk, "answer": "accepted", "kept_under_review_by": siro.post.pk,
        "next_review_on_day": 1, "next_review_on_month": 6, "next_review_on_year": 2090,
    }  # fmt: skip
    address = reverse("assets:sign_off_dpia", args=[dpia.reference])
    assert clicked(siro, address, given) == {302: 1, 200: 3}
