"""The auditor's view beside the council's own, on the pages of actions, plans and the list of plans."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actions.figures import follow_ups as figures
from actions.models import Status
from actions.representations.found import found_of, rated_of
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.actions.factories_audits import AnsweringFactory, FollowUpFactory, rating_of
from tests.cast import signed_in
from tests.factories import ActionFactory, PlanFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
HELD = {"held_from": date(2026, 3, 14), "held_to": date(2026, 3, 15), "reported_on": date(2026, 5, 3)}


@pytest.fixture
def action(ig_officer):
    """An action said to be completed, of a recommendation found partially complete."""
    asked = RecommendationFactory(reference="A05")
    action = ActionFactory(plan=PlanFactory(audit=asked.audit), recommendation=asked)
    action.report(Status.COMPLETED, effective_on=action.plan.opened_on, by=ig_officer)
    follow_up = FollowUpFactory(audit=asked.audit, plan_as_at=Moment.now().as_at, **HELD)
    follow_up.rate({asked.pk: rating_of("partly")})
    return action


def words(response):
    return " ".join(response.content.decode().split())


def page_of(person, thing, query=""):
    return words(signed_in(person).get(f"{thing.get_absolute_url()}{query}"))


def test_an_action_says_what_the_auditor_found_and_what_the_council_had_said(ig_officer, action):
    page = page_of(ig_officer, action)
    assert "3 May 2026, of recommendation" in page
    assert "<strong>Partially complete</strong>" in page
    assert "The council had said on" in page
    assert ": completed. <strong>Claimed complete, found otherwise.</strong>" in page


def test_the_last_follow_up_speaks_and_of_each_recommendation_that_the_action_answers(ig_officer, action):
    audit = action.plan.audit
    FollowUpFactory(audit=audit, **HELD).rate({action.recommendation_id: rating_of("complete")})
    further = AnsweringFactory(action=action, recommendation__audit=audit).recommendation
    FollowUpFactory(audit=audit).rate({further.pk: rating_of("not-complete")})
    FollowUpFactory(audit=audit).rate({RecommendationFactory(audit=audit).pk: rating_of("partly")})
    found = found_of(rated_of(action, Moment.now(), ig_officer))
    assert {(each.recommendation, each.follow_up.number, each.found) for each in found} == {
        (action.recommendation, 2, "Complete"),
        (further, 3, "Not complete"),
    }


def test_a_rating_that_was_taken_back_leaves_the_one_before_it(ig_officer, action):
    second = FollowUpFactory(audit=action.plan.audit)
    second.rate({action.recommendation_id: rating_of("complete")})
    second.ratings.get().take_back("Another council's")
    assert [each.found for each in found_of(rated_of(action, Moment.now(), ig_officer))] == [
        "Partially complete"
    ]


def test_a_past_moment_says_what_was_on_record_by_then(ig_officer, action):
    yesterday = Moment.of(today() - timedelta(days=1))
    assert found_of(rated_of(action, yesterday, ig_officer)) == []
    assert figures.counts_by_follow_up(figures.by_follow_up(yesterday, Scope())) == {}


def test_who_may_not_open_the_audit_reads_nothing_of_it(owner, ig_officer):
    other = RecommendationFactory()
    mine = ActionFactory(plan=PlanFactory(), owner=owner.post, recommendation=other)
    FollowUpFactory(audit=other.audit).rate({other.pk: rating_of("partly")})
    assert "What the auditor found" not in page_of(owner, mine)
    assert "What the auditor found" in page_of(ig_officer, mine)


def test_an_owner_reads_what_was_found_of_what_their_action_answers(owner, action):
    action.owner = owner.post
    action.save()
    assert "Claimed complete, found otherwise" in page_of(owner, action)


def test_a_plan_and_the_list_of_plans_say_how_many_were_found_otherwise(ig_officer, action):
    plan = action.plan
    handle, scope = plan.audit.follow_ups.get().handle, Scope(plans=(plan.code,))
    address = figures.not_found_so.address(Moment.now(), scope, follow_up=handle).replace("&", "&amp;")
    shown = (
        f'href="{address}">1<span class="govuk-visually-hidden"> found otherwise</span></a> found otherwise'
    )
    assert shown in page_of(ig_officer, plan)
    assert shown in words(signed_in(ig_officer).get(reverse("actions:plans")))


def test_a_plan_shows_the_last_follow_up_in_which_anything_was_rated(ig_officer, action):
    audit = action.plan.audit
    for _ in range(10):
        FollowUpFactory(audit=audit)
    assert ">follow-up 1</a> of the audit" in page_of(ig_officer, action.plan)
    FollowUpFactory(audit=audit, number=12).rate({action.recommendation_id: rating_of("complete")})
    assert ">follow-up 12</a> of the audit" in page_of(ig_officer, action.plan)


def test_a_plan_of_the_councils_own_and_one_never_followed_up_say_nothing(ig_officer):
    for plan in (PlanFactory(audit=None), PlanFactory()):
        ActionFactory(plan=plan)
        assert "The auditor’s view" not in page_of(ig_officer, plan)


def test_the_counts_by_follow_up_are_those_of_the_figures(action, django_assert_num_queries):
    audit = action.plan.audit
    FollowUpFactory(audit=audit).rate({action.recommendation_id: rating_of("complete")})
    now, scope = Moment.now(), Scope(plans=(action.plan.code,))
    with django_assert_num_queries(1):
        counted = figures.counts_by_follow_up(figures.by_follow_up(now, scope))
    assert set(counted) == {f"{audit.code}.1", f"{audit.code}.2"}
    for figure in figures.SHOWN:
        by = figure.by(now, scope, "follow_up")
        assert {handle: by.get(handle, 0) for handle in counted} == {
            handle: of[figure.key] for handle, of in counted.items()
        }
