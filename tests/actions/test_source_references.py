"""What other lists call an action: once on a plan, shown, found, and never of another plan."""

import pytest
from django.db import IntegrityError, transaction

from actions.models import SourceReference
from governance.core.refusals import rule_of
from tests.factories import ActionFactory, PlanFactory, RecommendationFactory

pytestmark = pytest.mark.django_db


def call(action, reference, **facts):
    return SourceReference.objects.create(
        **{"plan": action.plan, "action": action, "reference": reference} | facts
    )


def refused(change):
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        change()
    return rule_of(found.value)


@pytest.fixture
def plan():
    return PlanFactory()


def test_on_one_plan_a_reference_of_a_source_means_one_action_in_whatever_letters(plan):
    one, other = ActionFactory.create_batch(2, plan=plan)
    call(one, "ICO-A3")
    assert refused(lambda: call(other, "ico-a3")) == "source reference once on a plan"
    call(ActionFactory(), "ico-a3")


@pytest.mark.parametrize("reference", ["", "A1; A2"])
def test_a_reference_of_a_source_is_one_and_says_something(plan, reference):
    action = ActionFactory(plan=plan)
    assert refused(lambda: call(action, reference)) == "source reference stands in a cell"


def test_a_reference_of_a_source_is_said_on_the_plan_of_its_action(plan):
    action = ActionFactory()
    assert refused(lambda: call(action, "A1", plan=plan)) == "source reference is on the plan of its action"


def test_no_two_actions_and_no_two_recommendations_of_an_audit_differ_in_capital_letters_alone(plan):
    ActionFactory(reference="ICO-A1", plan=plan)
    told = refused(lambda: ActionFactory(reference="ico-a1"))
    assert told == "action reference once in whatever letters"
    RecommendationFactory(audit=plan.audit, reference="A1")
    told = refused(lambda: RecommendationFactory(audit=plan.audit, reference="a1"))
    assert told == "recommendation reference once in whatever letters"
