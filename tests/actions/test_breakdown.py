"""A plan by priority, area, owner, unit or milestone: each number opens as many actions as it says."""

import re

import pytest
from django.urls import reverse

from actions.models import Status
from actions.representations.breakdown import BREAKDOWNS
from governance.core.dates import today
from tests.actions.factories_sight import MilestoneFactory
from tests.actions.pages import a_plan, an_action, area, plan_page, recommendation, text, told
from tests.cast import signed_in
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db
VALUE = re.compile(r'href="(/figures/actions[^"]+)"[^>]*>\s*(?:<[^>]+>\s*)*(\d+)')


@pytest.fixture
def plan():
    """Three actions: one with everything, one of another owner completed, one of which nothing is said."""
    plan = a_plan()
    asked = recommendation(plan, "Train everybody", priority="high")
    milestone = MilestoneFactory(plan=plan, title="Everybody trained")
    an_action(plan, scope_area=area(plan, "Training"), recommendation=asked, milestone=milestone)
    told(an_action(plan, owner=PostFactory(title="Head of Archives")), Status.COMPLETED, today())
    an_action(plan)
    return plan


def by(plan, way, asked=""):
    return f"{reverse('actions:by', args=[plan.code, way])}{asked}"


@pytest.mark.parametrize("way", BREAKDOWNS)
def test_every_number_opens_so_many_rows(plan, way, ig_officer):
    client = signed_in(ig_officer)
    page = text(client.get(by(plan, way)))
    numbers = VALUE.findall(page)
    assert any(int(value) for _, value in numbers)
    for address, value in numbers:
        found = client.get(address.replace("&amp;", "&"))
        assert found.status_code == 200
        assert found.context["value"] == int(value)


def test_the_numbers_of_each_way_add_up_to_the_plan(plan, ig_officer):
    client = signed_in(ig_officer)
    for way in BREAKDOWNS:
        lines = client.get(by(plan, way)).context["lines"]
        assert sum(line.total.value for line in lines) == 3, way
        assert all(sum(each.value for each in line.statuses) == line.total.value for line in lines)
    assert "No priority" in text(client.get(by(plan, "priority")))
    assert "Head of Archives" in text(client.get(by(plan, "owner")))


def test_a_past_day_is_told_as_it_stood_then_and_before_the_plan_there_is_nothing(plan, ig_officer):
    client = signed_in(ig_officer)
    lines = client.get(by(plan, "owner", "?as_at=2016-02-01")).context["lines"]
    assert [line.total.value for line in lines] == [1, 1, 1]
    assert {each.value for line in lines for each in line.statuses if each.label == "Completed"} == {0}
    assert client.get(by(plan, "owner", "?as_at=1")).status_code == 200


def test_an_unknown_way_is_no_page_and_the_plan_leads_to_it(plan, ig_officer):
    client = signed_in(ig_officer)
    assert client.get(by(plan, "colour-of-cover")).status_code == 404
    assert by(plan, "priority") in text(client.get(plan_page(plan)))


def test_a_longer_plan_asks_no_more(plan, ig_officer, django_assert_max_num_queries):
    client = signed_in(ig_officer)
    client.get(by(plan, "owner"))
    for _ in range(5):
        an_action(plan)
    with django_assert_max_num_queries(12):
        client.get(by(plan, "owner"))
