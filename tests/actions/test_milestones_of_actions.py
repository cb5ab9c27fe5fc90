"""An action serves a milestone of its plan: said on pages, counted beside the milestone, kept in history."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actions.models.sight import placed
from actions.services import mistaken
from tests.actions.factories_sight import MilestoneFactory
from tests.actions.test_sight import placing, sight_page, typed
from tests.cast import signed_in
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
ADOPTED = "All policies adopted"


@pytest.fixture
def milestone():
    return MilestoneFactory(title=ADOPTED)


@pytest.fixture
def action(milestone):
    return ActionFactory(plan=milestone.plan)


def page(person, address):
    return signed_in(person).get(address).content.decode()


def test_a_milestone_of_another_plan_is_served_by_nobody(action):
    action.milestone = MilestoneFactory()
    with pytest.raises(IntegrityError, match="action_serves_a_milestone_of_its_plan"), transaction.atomic():
        action.save()


def test_the_officer_says_which_milestone_an_action_serves_and_the_pages_say_so(
    ig_officer, action, milestone
):
    assert (
        signed_in(ig_officer).post(placing(action), typed(action, milestone=milestone.pk)).status_code == 302
    )
    assert placed(action).milestone == milestone.pk
    assert action.history.first().history_change_reason == "The board agreed"
    for shown in (page(ig_officer, action.get_absolute_url()), sight_page(ig_officer, action)):
        assert ADOPTED in shown
    assert f"Milestone: {ADOPTED}" in page(ig_officer, action.plan.get_absolute_url())
    signed_in(ig_officer).post(placing(action), typed(action))
    assert placed(action).milestone is None


@pytest.mark.parametrize("said", ["99999", "x", "\x00", "9" * 400])
def test_what_is_no_milestone_of_the_plan_is_told_at_its_field(ig_officer, action, said):
    keys = [said, MilestoneFactory().pk]
    for key in keys:
        answer = signed_in(ig_officer).post(placing(action), typed(action, milestone=key))
        assert "milestone" in answer.context["form"].errors


def test_who_saw_another_milestone_is_told(ig_officer, action, milestone):
    form = typed(action, milestone="")
    action.milestone = milestone
    action.save()
    answer = signed_in(ig_officer).post(placing(action), form)
    assert "Somebody else changed this" in answer.content.decode()
    assert placed(action).milestone == milestone.pk


def test_beside_a_milestone_stands_how_many_of_its_actions_are_done_and_opens_them(ig_officer, milestone):
    plan = milestone.plan
    done, *_ = ActionFactory.create_batch(3, plan=plan, milestone=milestone)
    ActionFactory(plan=plan)
    done.append("completed", effective_on=plan.opened_on, by=ig_officer)
    (shown,) = signed_in(ig_officer).get(plan.get_absolute_url()).context["milestones"]
    assert (shown.completed.value, shown.total.value) == (1, 3)
    for tile in (shown.completed, shown.total):
        listing = signed_in(ig_officer).get(tile.href).context["listing"]
        assert listing.rows().count() == tile.value
        assert done.reference in page(ig_officer, tile.href)


def test_a_milestone_to_which_nothing_leads_says_so(ig_officer, milestone):
    assert "No action leads to it" in page(ig_officer, milestone.plan.get_absolute_url())
    ActionFactory(plan=milestone.plan, milestone=milestone)
    assert "No action leads to it" not in page(ig_officer, milestone.plan.get_absolute_url())


def test_an_action_is_entered_with_its_milestone(ig_officer, milestone):
    plan = milestone.plan
    owner = ActionFactory(plan=plan).owner
    day = plan.opened_on
    said = {"title": "Adopt it", "owner": owner.pk, "milestone": milestone.pk, "opened_on_day": day.day,
            "opened_on_month": day.month, "opened_on_year": day.year}  # fmt: skip
    answer = signed_in(ig_officer).post(reverse("actions:enter_action", args=[plan.code]), said)
    assert answer.status_code == 302
    assert milestone.actions.get().title == "Adopt it"


def test_an_action_entered_in_error_serves_no_milestone_any_more(ig_officer, action, milestone):
    action.milestone = milestone
    action.save()
    mistaken.action(action, reason="Entered twice", by=ig_officer)
    assert placed(action).milestone is None
