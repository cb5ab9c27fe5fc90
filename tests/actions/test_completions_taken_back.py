"""An approval and a verification are taken back with a reason: both rows stay, and the claim waits again."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actions.models import Completion, Status
from actions.models.completion import is_claimed_by
from actions.services.completions import approve, take_back, verify
from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from governance.people.waiting import all_waiting
from tests.actions.claims import AUGUST, JULY, JUNE, a_claim, approved_by, found
from tests.actions.pages import action_page, an_action, text, told
from tests.actions.test_completions import counted
from tests.cast import known, play, signed_in
from tests.factories import PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = "The minutes were of another meeting"


@pytest.fixture
def action():
    return a_claim()


def off(given, by=None):
    return take_back(given, reason=WHY, by=by or given.recorded_by)


def at(name, *key):
    return reverse(f"actions:{name}", args=key)


def test_an_approval_taken_back_lets_the_claim_wait_again_and_changes_nothing_that_was_known(action):
    given = approve(action, found(), by=UserFactory())
    known_then = Moment(today(), timezone.now())
    row = off(given)
    action.refresh_from_db()
    assert (row.corrects, row.void, row.basis) == (given, True, WHY)
    assert (action.status, action.standing().status) == (Status.AWAITING_APPROVAL,) * 2
    assert action.updates.get(void=True).reason == f"The approval was taken back: {WHY}"
    assert (counted(), counted(known_then)) == ((1, 0, 0), (1, 1, 0))
    approve(action, found(AUGUST), by=given.recorded_by)
    assert counted() == (1, 1, 0)


def test_what_was_completed_before_it_was_approved_stays_completed():
    action = an_action()
    told(action, Status.COMPLETED, JUNE)
    off(approve(action, found(), by=UserFactory()))
    assert (counted(), action.standing().status) == ((1, 0, 0), Status.COMPLETED)


def test_a_verification_is_taken_back_before_the_approval_that_it_rests_on(action):
    given = approve(action, found(), by=UserFactory())
    seen = verify(action, found(AUGUST), by=UserFactory())
    with pytest.raises(StepError, match="Take that back first"):
        off(given)
    assert counted() == (1, 1, 1)
    off(seen)
    assert counted() == (1, 1, 0)
    off(given)
    assert counted() == (1, 0, 0)
    with pytest.raises(StepError, match="taken back already"):
        off(given)


def test_who_took_back_an_approval_may_verify_what_somebody_else_approves(action):
    one = UserFactory()
    off(approve(action, found(), by=one))
    approve(action, found(AUGUST), by=UserFactory())
    verify(action, found(AUGUST), by=one)
    assert counted() == (1, 1, 1)


def refused(**row):
    """The constraint by which the database refuses such a row."""
    with pytest.raises(IntegrityError) as wrong, transaction.atomic():
        Completion.objects.create(basis=WHY, effective_on=JULY, **row)
    return wrong.value.__cause__.diag.constraint_name


def test_the_database_takes_back_only_what_was_given_and_nothing_rests_on(action):
    given = approve(action, found(), by=UserFactory())
    verify(action, found(), by=UserFactory())
    row = {"action": action, "claim": given.claim, "corrects": given, "recorded_by": UserFactory()}
    assert refused(kind="approved", void=True, **row) == "completion_verified_is_not_taken_back"
    assert refused(kind="verified", void=True, **row) == "completion_taken_back_was_given"
    assert refused(kind="approved", **row) == "completion_is_taken_back_and_never_changed"


# Who claims: the service and the database ask one definition


@pytest.mark.parametrize("kind", ["approved", "verified"])
def test_a_claim_reported_for_the_owner_is_the_owners_too(action, kind):
    owner, reporter = play("owner"), action.standing().recorded_by
    PostHoldingFactory(post=action.owner, person=owner)
    assert [is_claimed_by(action, who) for who in (owner, reporter, UserFactory())] == [True, True, False]
    row = {"action": action, "claim": action.standing(), "kind": kind}
    for who in (owner, reporter):
        assert refused(recorded_by=who, **row) == "completion_is_not_by_the_claimer"
    with pytest.raises(StepError, match="somebody else approves it"):
        approve(action, found(), by=owner)


def test_who_claimed_before_it_was_opened_again_may_verify_what_another_claims(action):
    first = action.standing().recorded_by
    approve(action, found(), by=UserFactory())
    told(action, Status.IN_PROGRESS, AUGUST)
    told(action, Status.COMPLETED, AUGUST)
    verify(action, found(AUGUST), by=first)
    assert counted() == (1, 0, 1)


def test_who_verified_does_not_approve(action):
    one = UserFactory()
    told(action, Status.COMPLETED, JUNE)
    verify(action, found(), by=one)
    with pytest.raises(StepError, match="Whoever verified it may not approve it"):
        approve(action, found(), by=one)
    row = {"action": action, "claim": action.standing(), "kind": "approved"}
    assert refused(recorded_by=one, **row) == "completion_is_seen_by_two"


# Pages


def test_who_approved_takes_it_back_on_the_page_with_a_reason_and_both_are_told(action, ig_officer):
    approved_by(action, approving_body="The strategy group")
    given = approve(action, found(decision="Minute 4"), by=ig_officer)
    client, there = signed_in(ig_officer), at("take_back_completion", action.reference, given.pk)
    assert there in text(client.get(action_page(action)))
    assert "Answer “Why is it taken back?”" in text(client.post(there, {"reason": ""}))
    page = text(client.post(there, {"reason": WHY}, follow=True))
    for words in (
        "the approval is taken back",
        "Taken back</strong> on",
        WHY,
        f"The approval was taken back: {WHY}",
    ):
        assert words in page
    assert at("approve_completion", action.reference) in page
    assert "taken back already" in text(client.post(there, {"reason": WHY}))


def test_a_post_without_a_role_takes_back_what_it_approved_and_nobody_elses():
    director, other = play("director"), play("other")
    action = approved_by(a_claim(), approver=director.post)
    given = approve(action, found(), by=director)
    told(waiting := an_action(approver=director.post), Status.AWAITING_APPROVAL, JUNE)
    there = at("take_back_completion", action.reference, given.pk)
    client = signed_in(director)
    assert there in text(client.get(at("approve_completion", waiting.reference)))
    assert signed_in(other).post(there, {"reason": WHY}).status_code == 404
    assert client.post(there, {"reason": WHY})["Location"] == "/"
    assert not Completion.objects.which("approved", Moment.now()).within(Scope()).exists()


def test_only_who_may_verify_takes_back_a_verification_and_who_gave_it_is_told(action, ig_officer, siro):
    approve(action, found(), by=UserFactory())
    auditor, other = (play(name, Role.INTERNAL_AUDITOR) for name in ("internal_auditor", "other_auditor"))
    given = verify(action, found(), by=auditor)
    there = at("take_back_completion", action.reference, given.pk)
    for who in (siro, ig_officer):
        assert signed_in(who).post(there, {"reason": WHY}).status_code == 403
    assert there not in text(signed_in(ig_officer).get(action_page(action)))
    assert signed_in(other).post(there, {"reason": WHY}).status_code == 302
    assert counted() == (1, 1, 0)
    (waiting,) = [each for each in all_waiting(known(auditor, auditor.post)) if each.kind == "taken_back"]
    assert f"{action.reference}: your verification was taken back by Other auditor on" in waiting.words
    assert WHY in waiting.words
    assert waiting.path == action.get_absolute_url()
    assert "taken_back" not in {each.kind for each in all_waiting(known(other, other.post))}


def test_who_claims_takes_back_no_approval_though_they_record_what_the_body_decides(ig_officer):
    action = approved_by(a_claim(), approving_body="The strategy group")
    given = approve(action, found(decision="Minute 4"), by=UserFactory())
    assert ig_officer.has_perm("actions.take_back_completion", given)
    told(action, Status.COMPLETED, AUGUST, by=ig_officer)
    assert not ig_officer.has_perm("actions.take_back_completion", given)
