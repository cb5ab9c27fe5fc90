"""Measuring the order of work: on a plan made for it, of which nothing stays."""

import pytest

from actions.models import Action, Dependency, OrderCycleError
from governance.demo import bench_plans
from governance.people.models import Role
from tests.cast import play

pytestmark = pytest.mark.django_db


def test_the_order_of_work_is_measured_and_nothing_of_it_stays():
    person = play("ig_officer", Role.IG_OFFICER)
    measured = list(bench_plans.measure(person, actions=60, waits=90))
    assert [one.name for one in measured] == [
        "page of the plan, beside a list",
        "page of the plan, beside list and counts",
        "order page",
        "blocked, counted",
        "read, blocked and critical path",
        "with what frees most and the days",
    ]
    assert all(one.found > 0 for one in measured)
    assert [one.limit == 1.5 * one.floor for one in measured] == [True] * 2 + [False] * 4
    assert not Action.objects.exists()
    assert not Dependency.objects.exists()


def test_what_is_made_to_be_measured_has_as_many_waits_as_asked_and_no_circle():
    plan = bench_plans._plan(60, 90)
    found = Dependency.objects.filter(action__plan=plan)
    assert found.count() == 90
    try:
        for each in found:
            each.save()
    except OrderCycleError as circle:
        pytest.fail(str(circle))


def test_a_line_says_whether_the_limit_is_kept():
    assert str(bench_plans.Timed("blocked", 999.0, 7)).endswith("kept, 7 found")
    assert "NOT KEPT" in str(bench_plans.Timed("blocked", 1001.0, 7))
