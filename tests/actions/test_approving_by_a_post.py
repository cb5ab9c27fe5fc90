"""The post that is named approves on its page, without a role; never what it owns itself."""

from datetime import date

import pytest
from django.urls import reverse

from actions.forms.extensions import decider_of
from actions.models import Completion, Status
from governance.core.dates import today
from governance.people.waiting import all_waiting
from tests.actions.moving import approved_by_a_body
from tests.actions.pages import an_action, correct_page, plan_page, report_page, text, told, typed
from tests.cast import known, play, signed_in
from tests.factories import ActionFactory, PlanFactory, PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = (date(2016, month, 10) for month in (6, 7, 8))


def awaiting(**facts):
    """An action claimed to be done today."""
    action = ActionFactory(**facts)
    said = {"evidence": "Minutes of the project board"}
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=UserFactory(), **said)
    return action


def at(name, action):
    return reverse(f"actions:{name}", args=[action.reference])


def on(day):
    return {"effective_on_day": day.day, "effective_on_month": day.month, "effective_on_year": day.year}


@pytest.fixture
def director():
    return play("director")


def test_home_leads_a_post_without_a_role_to_what_it_is_to_approve(director):
    one, other = awaiting(approver=director.post), awaiting(plan=PlanFactory(approver=director.post))
    client = signed_in(director)
    (waiting,) = [each for each in all_waiting(known(director, director.post)) if each.kind == "approve"]
    assert waiting.words == "2 actions to approve"
    page = text(client.get(waiting.path))
    for told_there in (
        one.title,
        one.owner.title,
        "Minutes of the project board",
        at("approve_completion", other),
    ):
        assert told_there in page
    assert at("action", one) not in page
    answer = client.post(waiting.path, {"basis": "Seen", "waiver": ""} | on(today()))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    one.refresh_from_db()
    assert one.status == Status.COMPLETED


def test_a_post_without_a_role_says_why_it_does_not_approve(director):
    action = awaiting(approver=director.post)
    client = signed_in(director)
    assert "Minutes of the project board" in text(client.get(at("refuse_completion", action)))
    assert client.post(at("refuse_completion", action), {"basis": "No"} | on(today())).status_code == 302
    action.refresh_from_db()
    assert action.status == Status.IN_PROGRESS


def test_the_page_of_an_approval_is_open_to_nobody_else_without_a_role(director):
    action = awaiting(approver=PostFactory())
    own = awaiting(owner=director.post, approver=director.post)
    client = signed_in(director)
    assert client.get(at("approve_completion", action)).status_code in (403, 404)
    assert client.get(at("approve_completion", own)).status_code in (403, 404)


def test_the_page_of_an_approval_does_not_open_the_action(director):
    action = awaiting(approver=director.post)
    assert signed_in(director).get(at("action", action)).status_code in (403, 404)


# The owner


@pytest.mark.parametrize("of_plan", [True, False])
def test_the_owner_is_never_the_approver_so_that_nobody_is_named(ig_officer, of_plan):
    action = an_action()
    held = action.plan if of_plan else action
    held.approver = action.owner
    held.save()
    assert (action.approved_by_whom, action.approver_named) == ((None, ""), "")
    assert decider_of(action) == (None, "")
    client = signed_in(ig_officer)
    assert "Nobody is named to approve it" in text(client.get(at("action", action)))
    assert client.post(report_page(action), typed(action, Status.COMPLETED, JULY)).status_code == 302


@pytest.mark.parametrize("of_plan", [True, False])
@pytest.mark.parametrize("claims", [True, False])
def test_a_post_whose_holder_owns_the_action_or_claims_it_is_named_with_a_warning(
    ig_officer, director, of_plan, claims
):
    action = ActionFactory()
    if claims:
        action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=director)
    else:
        PostHoldingFactory(post=action.owner, person=director)
    held = action.plan if of_plan else action
    name, key = ("set_plan_approver", action.plan.code) if of_plan else ("set_approver", action.reference)
    way, client = reverse(f"actions:{name}", args=[key]), signed_in(ig_officer)
    warned = f"owns {action.reference}, or says that it is done, and so does not"
    named = {"approver": director.post.pk, "approving_body": "", "change_reason": "As agreed"}
    said = named | {"seen_version": held.standing_version()}
    assert warned in text(client.post(way, said, follow=True))
    if of_plan:
        more = ActionFactory.create_batch(6, plan=action.plan, owner=PostFactory())
        PostHoldingFactory(post=more[0].owner, person=director)
        said |= {"seen_version": held.standing_version()}
        assert "and 2 others, or says that it is done" in text(client.post(way, said, follow=True))
    PostHoldingFactory(post=director.post)
    said |= {"seen_version": held.standing_version()}
    assert warned not in text(client.post(way, said, follow=True))


def test_who_says_that_what_they_approve_is_done_is_told_that_somebody_else_has_to(ig_officer):
    action = ActionFactory(approver=ig_officer.post)
    said = typed(action, Status.AWAITING_APPROVAL, today())
    page = text(signed_in(ig_officer).post(report_page(action), said, follow=True))
    assert "you are in the post that approves it" in page
    assert "somebody else would have to" in page


def test_an_officer_does_not_say_who_approves_a_plan_of_their_own_open_actions(ig_officer):
    plan = PlanFactory(approving_body="The strategy group")
    own = ActionFactory(plan=plan, owner=ig_officer.post)
    address = reverse("actions:set_plan_approver", args=[plan.code])
    client = signed_in(ig_officer)
    assert client.get(address).status_code == 403
    assert address not in text(client.get(plan_page(plan)))
    approved_by_a_body(own)
    assert client.get(address).status_code == 200
    assert address in text(client.get(plan_page(plan)))


# Corrections


def test_an_old_completion_put_right_does_not_complete_what_was_opened_again(ig_officer):
    action = an_action()
    was = told(action, Status.COMPLETED, JUNE)
    told(action, Status.IN_PROGRESS, JULY)
    approved_by_a_body(action)
    client = signed_in(ig_officer)
    said = typed(action, Status.COMPLETED, AUGUST, kind="right", reason="It was in August")
    answer = client.post(correct_page(was), said)
    assert "The strategy group approves that it is done: report “Awaiting approval”" in text(answer)
    action.refresh_from_db()
    assert (action.status, action.standing().status) == (Status.IN_PROGRESS, Status.IN_PROGRESS)
    said = typed(action, Status.COMPLETED, JUNE, "Minutes", kind="right", reason="The evidence was missing")
    assert client.post(correct_page(was), said).status_code == 302
    assert action.standing().status == Status.IN_PROGRESS


def test_what_was_opened_again_is_not_completed_by_saying_that_it_never_was(ig_officer):
    action = an_action()
    told(action, Status.COMPLETED, JUNE)
    again = told(action, Status.IN_PROGRESS, JULY)
    approved_by_a_body(action)
    never = typed(action, Status.IN_PROGRESS, JULY, kind="never", reason="Another action")
    client = signed_in(ig_officer)
    assert "approves that it is done" in text(client.post(correct_page(again), never))
    claim = action.updates.get(status=Status.COMPLETED)
    Completion.objects.create(
        action=action,
        claim=claim,
        kind="approved",
        basis="Item 4",
        decision="Minute 4",
        effective_on=JUNE,
        recorded_by=UserFactory(),
    )
    never = typed(action, Status.IN_PROGRESS, JULY, kind="never", reason="Another action")
    assert client.post(correct_page(again), never).status_code == 302
    assert action.standing().status == Status.COMPLETED
