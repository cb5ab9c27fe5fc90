"""The order of work: what waits on what, and going ahead all the same."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from actions.models import Dependency, OrderCycleError, Status, WaiverNeededError
from governance.people.models import PostHolding
from tests.factories import ActionFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
OPENED, DAY = date(2016, 1, 1), date(2017, 4, 13)


@pytest.fixture
def policy():
    return ActionFactory(opened_on=OPENED)


@pytest.fixture
def register():
    return ActionFactory(opened_on=OPENED)


def wait(action, step, **needs):
    return Dependency.objects.create(action=action, holds_up=step, from_on=OPENED, **needs)


def test_completing_before_what_it_waits_on_needs_a_reason(policy, register):
    wait(register, "finish", needs_action=policy)
    person = UserFactory()
    with pytest.raises(WaiverNeededError, match=policy.reference):
        register.report(Status.COMPLETED, effective_on=DAY, by=person)
    assert register.updates.count() == 1
    saved = register.report(Status.COMPLETED, effective_on=DAY, by=person, waiver="Approved by the SIRO")
    assert saved.waiver == "Approved by the SIRO"


@pytest.mark.parametrize(
    ("step", "status", "held"),
    [
        ("start", Status.NOT_STARTED, False),
        ("start", Status.IN_PROGRESS, True),
        ("start", Status.AWAITING_APPROVAL, True),
        ("start", Status.COMPLETED, True),
        ("start", Status.WITHDRAWN, False),
        ("finish", Status.IN_PROGRESS, False),
        ("finish", Status.AWAITING_APPROVAL, False),
        ("finish", Status.COMPLETED, True),
        ("finish", Status.WITHDRAWN, False),
    ],
)
def test_which_step_is_held_up(policy, register, step, status, held):
    wait(register, step, needs_action=policy)
    assert bool(register.held_up_by(status, on=DAY)) is held


def test_an_action_no_longer_waits_once_the_other_is_completed(policy, register):
    wait(register, "start", needs_action=policy)
    policy.report(Status.COMPLETED, effective_on=DAY, by=UserFactory())
    assert register.held_up_by(Status.IN_PROGRESS, on=DAY) == []
    assert register.held_up_by(Status.IN_PROGRESS, on=date(2017, 4, 12)) != []


def test_an_action_waits_for_a_vacant_post_until_somebody_is_in_it(register):
    post = PostFactory(title="Records Manager")
    wait(register, "finish", needs_post=post)
    assert "Records Manager" in str(register.held_up_by(Status.COMPLETED, on=DAY)[0])
    PostHolding.objects.create(post=post, person=UserFactory(), kind="acting", from_on=DAY)
    assert register.held_up_by(Status.COMPLETED, on=DAY) == []


def test_a_dependency_that_has_ended_holds_nothing_up(policy, register):
    Dependency.objects.create(
        action=register, needs_action=policy, holds_up="start", from_on=OPENED, until_on=date(2016, 12, 31)
    )
    assert register.held_up_by(Status.IN_PROGRESS, on=DAY) == []


def test_a_circle_is_refused_and_its_way_named(policy, register):
    third = ActionFactory()
    wait(register, "start", needs_action=policy)
    wait(policy, "start", needs_action=third)
    with pytest.raises(OrderCycleError) as circle:
        wait(third, "finish", needs_action=register)
    assert all(action.reference in str(circle.value) for action in (policy, register, third))
    assert third.dependencies.count() == 0


@pytest.mark.parametrize(
    ("needs", "constraint"),
    [
        (lambda a, p: {}, "dependency_needs_one_thing"),
        (lambda a, p: {"needs_action": ActionFactory(), "needs_post": p}, "dependency_needs_one_thing"),
        (lambda a, p: {"needs_post": p, "holds_up": "lunch"}, "dependency_step_is_known"),
        (
            lambda a, p: {"needs_post": p, "until_on": date(2015, 1, 1)},
            "actions_dependency_ends_after_it_begins",
        ),
    ],
)
def test_the_database_refuses(register, needs, constraint):
    row = {"action": register, "holds_up": "start", "from_on": OPENED} | needs(register, PostFactory())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Dependency.objects.create(**row)


def test_the_database_refuses_an_action_that_waits_on_itself(register):
    with pytest.raises(IntegrityError, match="dependency_is_not_on_itself"), transaction.atomic():
        Dependency.objects.bulk_create(
            [Dependency(action=register, needs_action=register, holds_up="start", from_on=OPENED)]
        )
