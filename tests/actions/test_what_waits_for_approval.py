"""Who is to approve an action is told that it waits; who approved one, that it was opened again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Completion, Status
from actions.permissions.completions import verified_by
from actions.services.completions import Found, approve, obstacle, refuse, to_approve, to_verify, verify
from governance.core.dates import today
from governance.people.models import Role
from governance.people.waiting import all_waiting
from tests.actions.moving import approved_by_a_body
from tests.actions.pages import an_action
from tests.actions.pages import known as known_on
from tests.actions.pages import told as reported
from tests.cast import known, play
from tests.factories import (
    ActionFactory,
    PlanFactory,
    PostFactory,
    PostHoldingFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def told(person, kind):
    """What is told of that kind: the words, the references, the way."""
    found = all_waiting(known(person, person.post))
    return [(each.words, each.references, each.path) for each in found if each.kind == kind]


def awaiting(**facts):
    """An action claimed to be done today."""
    action = ActionFactory(**facts)
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=UserFactory())
    return action


@pytest.fixture
def director():
    return play("director")


def page(name, action):
    return reverse(f"actions:{name}", args=[action.reference])


def test_the_post_that_the_plan_names_is_told_of_each_action_that_names_nobody_else(director):
    plan = PlanFactory(approver=director.post)
    one = awaiting(plan=plan)
    approved_by_a_body(awaiting(plan=plan))
    assert told(director, "approve") == [
        ("1 action to approve", (one.reference,), page("approve_completion", one))
    ]
    other = awaiting(approver=director.post)
    ((words, references, path),) = told(director, "approve")
    assert (words, references) == ("2 actions to approve", (one.reference, other.reference))
    assert path == page("approve_completion", one)


def test_what_a_body_approves_waits_for_those_who_record_its_decisions(cast):
    action = approved_by_a_body(awaiting())
    told_of = {who for who, person in cast.items() if told(person, "approve")}
    assert told_of == {"ig_officer", "records_manager", "committee_officer"}
    assert told(cast["ig_officer"], "approve")[0][1] == (action.reference,)


def test_nobody_is_told_of_their_own_nor_of_what_is_not_claimed_or_names_nobody(director, ig_officer):
    awaiting(owner=director.post, approver=director.post)
    ActionFactory(approver=director.post)
    awaiting()
    assert told(director, "approve") == told(ig_officer, "approve") == []


def test_an_auditor_is_told_what_is_completed_and_not_verified_outside_their_line(cast):
    auditor = cast["internal_auditor"]
    done, own, checked = ActionFactory.create_batch(3)
    own.owner.unit = auditor.post.unit
    own.owner.save()
    for each in (done, own, checked):
        each.report(Status.COMPLETED, effective_on=today(), by=UserFactory())
    verify(checked, Found(today(), "Seen"), by=play("other_auditor", Role.INTERNAL_AUDITOR))
    ((words, references, path),) = told(auditor, "verify")
    assert words == "1 completed action to verify, of units outside your line"
    assert (references, path) == ((done.reference,), page("verify_completion", done))
    assert told(cast["ig_officer"], "verify") == []
    for action in Action.objects.select_related("owner"):
        offered = verified_by(auditor, Action.objects.filter(pk=action.pk)).exists()
        assert offered is auditor.has_perm("actions.verify_completion", action)


def test_what_is_offered_to_verify_is_what_its_page_takes(auditor):
    """Nothing of the units above the auditor's own and below it, and nothing that they claimed or refused."""
    own = auditor.post.unit
    own.parent = UnitFactory()
    own.save()
    child = UnitFactory(parent=own)
    units = [own, own.parent, child, UnitFactory(parent=child), UnitFactory(parent=own.parent), UnitFactory()]
    done = [ActionFactory(owner=PostFactory(unit=unit)) for unit in units]
    for action in done:
        action.report(Status.COMPLETED, effective_on=today(), by=UserFactory())
    claimed, refused = (approved_by_a_body(ActionFactory()) for _ in range(2))
    claimed.report(Status.AWAITING_APPROVAL, effective_on=today(), by=auditor)
    refused.report(Status.AWAITING_APPROVAL, effective_on=today(), by=UserFactory())
    refuse(refused, Found(today(), "Half of it"), by=auditor)
    refused.correct(refused.standing(), by=UserFactory(), reason="Refused in error", void=True)
    for action in (claimed, refused):
        approve(action, Found(today(), "Minutes", "Item 4"), by=UserFactory())
    offered = to_verify(auditor)
    assert set(offered) == {done[4], done[5]}
    for action in Action.objects.select_related("owner"):
        allowed = auditor.has_perm("actions.verify_completion", action)
        assert verified_by(auditor, Action.objects.filter(pk=action.pk)).exists() is allowed
        standing = action.standing()
        takes = allowed and not obstacle(action, standing, Completion.Kind.VERIFIED, auditor)
        assert (action in offered) is takes


def test_what_is_offered_to_approve_is_what_its_page_takes(ig_officer):
    """Nothing that the officer claimed, also in a report that another put right since, or verified before."""
    free, claimed, corrected, verified, own = (approved_by_a_body(ActionFactory()) for _ in range(5))
    PostHoldingFactory(post=own.owner, person=ig_officer)
    for action in (free, claimed, corrected, verified, own):
        by = ig_officer if action in (claimed, corrected) else UserFactory()
        status = Status.COMPLETED if action == verified else Status.AWAITING_APPROVAL
        action.report(status, effective_on=today(), by=by)
    said = {"by": UserFactory(), "reason": "As the minutes say"}
    corrected.correct(corrected.standing(), evidence="Minutes", **said)
    verify(verified, Found(today(), "Seen"), by=ig_officer)
    verified.correct(verified.standing(), status=Status.AWAITING_APPROVAL, **said)
    assert {action.status for action in Action.objects.all()} == {"awaiting_approval"}
    officer = known(ig_officer, ig_officer.post)
    assert list(to_approve(officer)) == [free]
    for action in (free, claimed, corrected, verified, own):
        allowed = officer.has_perm("actions.approve_completion", action)
        takes = allowed and not obstacle(action, action.standing(), Completion.Kind.APPROVED, officer)
        assert takes is (action == free)


def test_who_approved_is_told_that_it_was_opened_again_until_it_is_claimed_anew(ig_officer):
    action = approved_by_a_body(awaiting())
    approve(action, Found(today(), "Minutes", "Item 4"), by=ig_officer)
    assert told(ig_officer, "opened_again") == []
    action.report(Status.IN_PROGRESS, effective_on=today(), by=UserFactory(), why="Half of it was missing")
    assert told(ig_officer, "opened_again") == [
        ("1 action opened again that you had approved", (action.reference,), page("action", action))
    ]
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=UserFactory())
    assert told(ig_officer, "opened_again") == []


def test_who_approved_is_told_that_it_was_sent_back_to_await_approval(ig_officer):
    action = approved_by_a_body(awaiting())
    approve(action, Found(today(), "Minutes", "Item 4"), by=ig_officer)
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=UserFactory(), why="Not all of it")
    assert [references for _, references, _ in told(ig_officer, "opened_again")] == [(action.reference,)]
    assert told(ig_officer, "approve")


def test_it_is_told_for_four_weeks(ig_officer, time_machine):
    action = approved_by_a_body(awaiting())
    approve(action, Found(today(), "Minutes", "Item 4"), by=ig_officer)
    action.report(Status.IN_PROGRESS, effective_on=today(), by=UserFactory(), why="Half of it was missing")
    time_machine.move_to(timezone.now() + timedelta(days=29))
    assert told(ig_officer, "opened_again") == []


def test_what_was_opened_again_long_ago_is_not_told_anew_by_a_later_report(ig_officer):
    action = approved_by_a_body(an_action())
    long_ago, later = today() - timedelta(days=70), today() - timedelta(days=60)
    reported(action, Status.AWAITING_APPROVAL, long_ago)
    approve(action, Found(long_ago, "Minutes", "Item 4"), by=ig_officer, **known_on(long_ago))
    reported(action, Status.IN_PROGRESS, later)
    reported(action, Status.IN_PROGRESS, today() - timedelta(days=3))
    assert told(ig_officer, "opened_again") == []
