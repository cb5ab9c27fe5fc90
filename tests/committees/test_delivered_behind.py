"""Actions entered as delivered are never slipped in behind a paper that has gone out."""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import Action
from tests.cast import signed_in
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db


def days(**named):
    """Days in three fields each."""
    return {
        f"{name}_{part}": getattr(day, part)
        for name, day in named.items()
        for part in ("day", "month", "year")
    }


def test_a_document_before_the_last_freeze_is_refused_and_said_why(october, plan, ig_officer):
    browser, address = signed_in(ig_officer), reverse("actions:enter_action", args=[plan.code])
    form = {"title": "Left out", "reference": "ICO-9", "owner": PostFactory().pk, "document": "The plan"}
    form |= days(opened_on=plan.opened_on)
    answer = browser.post(address, form | days(known_on=date(2016, 10, 11)))
    (said,) = answer.context["form"].errors["known_on"]
    assert said.startswith("A paper on this plan went out after 11 October 2016 without this action")
    assert not Action.objects.filter(reference="ICO-9").exists()
    assert browser.post(address, form | days(known_on=date(2016, 10, 13))).status_code == 302
    assert Action.objects.filter(reference="ICO-9").exists()
