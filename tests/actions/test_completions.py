"""Three completions: claimed by who reports, approved by whom the action says, verified by an auditor."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from actions.figures import completions as figures
from actions.figures import counts_by_facet
from actions.models import Completion, Status
from actions.permissions.completions import somebody_may_verify
from actions.services.bodies import of_another
from actions.services.completions import approve, refuse, verify
from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.actions.claims import AUGUST, JULY, JUNE, MAY, a_claim, approved_by, found
from tests.actions.pages import (
    an_action,
    known,
    told,
    wait,
)
from tests.cast import play
from tests.factories import (
    ActionFactory,
    PlanFactory,
    PostFactory,
    PostHoldingFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = Moment.now
NAMES = ("claimed", "approved", "verified")


def counted(moment=None):
    """The three figures, counted at once; each alone says the same."""
    moment = moment or NOW()
    rows = counts_by_facet(moment, Scope(), UserFactory())
    at_once = [sum(row[name] for row in rows) for name in NAMES]
    assert at_once == [getattr(figures, name).value(moment, Scope()) for name in NAMES]
    return tuple(at_once)


@pytest.fixture
def action():
    return a_claim()


# What counts


def test_a_claim_is_approved_and_then_verified_and_each_is_counted_apart(action):
    assert counted() == (1, 0, 0)
    approve(action, found(), by=UserFactory(), **known(JULY))
    assert action.standing().status == Status.COMPLETED
    assert counted() == (1, 1, 0)
    verify(action, found(AUGUST), by=UserFactory(), **known(AUGUST))
    assert counted() == (1, 1, 1)
    assert [counted(Moment.of(on)) for on in (MAY, JUNE, JULY, AUGUST)] == [
        (0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)
    ]  # fmt: skip


def test_what_was_found_later_changes_nothing_that_was_known_then(action):
    approve(action, found(), by=UserFactory())
    assert counted(Moment.of(AUGUST, AUGUST)) == (1, 0, 0)
    assert counted(Moment.of(AUGUST, today())) == (1, 1, 0)


def test_what_is_opened_again_is_approved_anew(action):
    approve(action, found(), by=UserFactory())
    verify(action, found(), by=UserFactory())
    told(action, Status.IN_PROGRESS, AUGUST)
    assert counted() == (0, 0, 0)
    told(action, Status.AWAITING_APPROVAL, AUGUST)
    assert counted() == (1, 0, 0)
    approve(action, found(AUGUST), by=UserFactory())
    assert counted() == (1, 1, 0)


def test_what_is_sent_back_to_await_approval_is_approved_and_verified_anew(action):
    first, auditor = action.standing().recorded_by, UserFactory()
    approve(action, found(), by=UserFactory())
    verify(action, found(), by=auditor)
    told(action, Status.AWAITING_APPROVAL, AUGUST)
    assert (counted(), counted(Moment(JULY, NOW().known_before))) == ((1, 0, 0), (1, 1, 1))
    approve(action, found(AUGUST), by=first)
    assert counted() == (1, 1, 0)
    verify(action, found(AUGUST), by=auditor)
    assert counted() == (1, 1, 1)


def test_an_approval_ends_with_the_claim_it_was_of(action):
    approve(action, found(), by=UserFactory())
    claim, approval = action.updates.order_by("pk")[1:3]
    for update in (approval, claim):
        action.correct(update, by=UserFactory(), reason="Another action", void=True, status=update.status)
    assert counted() == (0, 0, 0)
    told(action, Status.COMPLETED, AUGUST)
    assert counted() == (1, 0, 0)


def test_an_approval_ends_where_its_claim_is_put_right_to_say_less(action):
    told(action, Status.COMPLETED, JULY)
    approve(action, found(), by=UserFactory())
    assert counted() == (1, 1, 0)
    action.correct(action.standing(), by=UserFactory(), reason="Half of it", status=Status.IN_PROGRESS)
    told(action, Status.COMPLETED, AUGUST)
    assert counted() == (1, 0, 0)


def test_a_refused_claim_goes_on_with_the_reason_and_may_be_claimed_anew(action):
    row = refuse(action, found(), by=UserFactory())
    now = action.standing()
    assert (now.status, now.evidence, row.kind) == (Status.IN_PROGRESS, row.basis, "refused")
    assert counted() == (0, 0, 0)
    told(action, Status.AWAITING_APPROVAL, AUGUST)
    approve(action, found(AUGUST), by=row.recorded_by)
    assert counted() == (1, 1, 0)


def test_each_of_them_opens_by_owner_priority_area_and_unit(action):
    where = {"owner": action.owner.code, "unit": action.owner.unit.code, "priority": None}
    for name, value in where.items():
        assert figures.claimed.by(NOW(), Scope(), name) == {value: 1}


def test_a_bare_completion_is_a_claim_which_may_be_verified_without_approval():
    action = an_action()
    told(action, Status.COMPLETED, JUNE)
    assert counted() == (1, 0, 0)
    verify(action, found(), by=UserFactory())
    assert counted() == (1, 0, 1)


# What may not be


def test_the_claimer_neither_approves_nor_verifies(action):
    claimer = action.standing().recorded_by
    with pytest.raises(StepError, match=r"somebody else (approves|verifies) it"):
        approve(action, found(), by=claimer)
    approver = UserFactory()
    approve(action, found(), by=approver)
    with pytest.raises(StepError, match=r"somebody else (approves|verifies) it"):
        verify(action, found(), by=claimer)
    with pytest.raises(StepError, match="Whoever approved it may not verify it"):
        verify(action, found(), by=approver)
    assert counted() == (1, 1, 0)


@pytest.mark.parametrize("kind", ["approved", "verified"])
def test_the_database_too_refuses_the_claimer(action, kind):
    claim = action.standing()
    assert broken_by(action, claim, kind=kind, by=claim.recorded_by) == "completion_is_not_by_the_claimer"


def test_who_claimed_does_not_approve_what_somebody_else_has_put_right(action):
    claim = action.standing()
    action.correct(claim, by=UserFactory(), reason="The file was another", evidence="Minutes of May")
    with pytest.raises(StepError, match=r"somebody else (approves|verifies) it"):
        approve(action, found(), by=claim.recorded_by)


def test_who_claimed_before_it_was_refused_may_approve_what_another_claims(action):
    first = action.standing().recorded_by
    refuse(action, found(), by=UserFactory())
    told(action, Status.AWAITING_APPROVAL, AUGUST)
    approve(action, found(AUGUST), by=first)


def test_one_person_in_two_posts_does_not_approve_what_one_of_them_owns(action):
    both = play("both")
    PostHoldingFactory(post=action.owner, person=both)
    with pytest.raises(StepError, match=r"somebody else (approves|verifies) it"):
        approve(action, found(), by=type(both).objects.get(pk=both.pk))


def test_what_is_approved_is_not_refused(action):
    approve(action, found(), by=UserFactory())
    with pytest.raises(StepError, match="approved already"):
        refuse(action, found(), by=UserFactory())


def test_the_database_refuses_who_claimed_before_it_was_approved_as_verifier(action):
    claimer = action.standing().recorded_by
    approve(action, found(), by=UserFactory())
    assert broken_by(action, action.standing(), by=claimer) == "completion_is_not_by_the_claimer"


def test_the_database_refuses_one_person_who_approves_and_verifies_a_claim():
    action, one = an_action(), UserFactory()
    told(action, Status.COMPLETED, JUNE)
    approve(action, found(), by=one)
    with pytest.raises(StepError, match="Whoever approved it may not verify it"):
        verify(action, found(), by=one)
    assert broken_by(action, action.standing(), by=one) == "completion_is_seen_by_two"


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"basis": ""}, "completion_says_what_it_rests_on"),
        ({"kind": "supposed"}, "completion_kind_is_known"),
        ({"effective_on": date(2999, 1, 1)}, "took_effect_by_today"),
    ],
)
def test_the_database_refuses_what_says_nothing(action, facts, broken):
    assert broken_by(action, action.standing(), **facts) == broken


def test_the_database_refuses_a_claim_of_another_action_and_what_claims_nothing(action):
    other = an_action()
    assert broken_by(other, action.standing()) == "completion_is_of_a_claim"
    assert broken_by(other, other.standing()) == "completion_is_of_a_claim"


def broken_by(action, claim, **facts):
    """The constraint that refuses such a row."""
    row = {"kind": "verified", "basis": "Seen", "effective_on": JULY} | facts
    by = row.pop("by", None) or UserFactory()
    with pytest.raises(IntegrityError) as wrong, transaction.atomic():
        Completion.objects.create(action=action, claim=claim, recorded_by=by, **row)
    return wrong.value.__cause__.diag.constraint_name


def test_nothing_that_nobody_claims_is_approved(action):
    told(action, Status.IN_PROGRESS, JUNE)
    with pytest.raises(StepError, match=r"Nobody claims that .* is done: it is in progress"):
        approve(action, found(), by=UserFactory())


def test_a_claim_is_approved_once_and_not_before_it_was_made(action):
    with pytest.raises(StepError, match="claimed on 10 June 2016"):
        approve(action, found(MAY), by=UserFactory())
    with pytest.raises(StepError, match="awaits approval"):
        verify(action, found(), by=UserFactory())
    approve(action, found(), by=UserFactory())
    with pytest.raises(StepError, match="approved already"):
        approve(action, found(), by=UserFactory())


def test_what_still_waits_is_approved_with_a_reason_only(action):
    wait(action, "finish", needs_post=PostFactory())
    with pytest.raises(StepError, match="still waited on 10 July 2016"):
        approve(action, found(), by=UserFactory())
    assert counted() == (1, 0, 0)
    approve(action, found(), by=UserFactory(), waiver="The board said so")
    assert action.standing().waiver == "The board said so"


def test_a_post_and_a_body_do_not_both_approve():
    plan = PlanFactory()
    plan.approver, plan.approving_body = PostFactory(), "The board"
    with pytest.raises(IntegrityError, match="plan_is_approved_by_a_post_or_a_body"):
        plan.save()


# Who


@pytest.fixture
def director():
    return play("director")


def test_the_post_that_the_action_names_approves_else_that_of_its_plan(action, director, siro):
    plans_own = action.plan.approver
    assert action.approved_by_whom == (plans_own, "")
    approved_by(action, approver=director.post)
    assert director.has_perm("actions.approve_completion", action)
    assert not siro.has_perm("actions.approve_completion", action)


def test_what_a_body_approves_is_recorded_by_officers(action, director, ig_officer, siro):
    approved_by(action, approving_body="Information Management Strategy Group")
    assert ig_officer.has_perm("actions.approve_completion", action)
    assert not siro.has_perm("actions.approve_completion", action)
    assert not director.has_perm("actions.approve_completion", action)


def test_nobody_approves_where_nobody_is_named(ig_officer):
    assert not ig_officer.has_perm("actions.approve_completion", an_action())


def test_the_post_that_owns_an_action_never_approves_it():
    owner = play("owner", Role.IAO)
    action = ActionFactory(owner=owner.post)
    assert not owner.has_perm("actions.approve_completion", approved_by(action, approver=owner.post))


def test_an_auditor_verifies_except_in_the_owners_own_line():
    council = UnitFactory()
    auditor = play("internal_auditor", Role.INTERNAL_AUDITOR)
    unit = auditor.post.unit
    above, below, beside = council, UnitFactory(parent=unit), UnitFactory(parent=council)
    unit.parent = above
    unit.save()
    for owners_unit, may in ((unit, False), (above, False), (below, False), (beside, True)):
        action = ActionFactory(owner=PostFactory(unit=owners_unit))
        assert auditor.has_perm("actions.verify_completion", action) is may
        assert somebody_may_verify(action) is may


def test_only_auditors_verify(cast):
    action = ActionFactory(owner=PostFactory(unit=UnitFactory()))
    may = {who for who, person in cast.items() if person.has_perm("actions.verify_completion", action)}
    assert may == {"internal_auditor"}


def test_what_was_found_is_seen_by_whoever_may_open_the_action():
    owner, outsider = play("owner", Role.IAO), play("outsider")
    action = ActionFactory(owner=owner.post)
    action.report(Status.COMPLETED, effective_on=today(), by=UserFactory())
    row = verify(action, found(today()), by=UserFactory())
    assert list(Completion.objects.visible_to(owner)) == [row]
    assert not Completion.objects.visible_to(outsider)


def test_days_of_findings_are_not_before_the_claim(action):
    with pytest.raises(StepError, match="Enter that day or a later one"):
        approve(action, found(JUNE - timedelta(days=1)), by=UserFactory())


def test_an_approval_goes_by_the_day_of_its_claim_as_put_right(action):
    claim = action.standing()
    approve(action, found(), by=UserFactory())
    approval = action.standing()
    told(action, Status.IN_PROGRESS, AUGUST)
    for update in (approval, claim):
        action.correct(update, by=UserFactory(), reason="The day was wrong", effective_on=date(2016, 9, 10))
    assert counted() == (1, 1, 0)
    again = action.updates.get(corrects=claim)
    action.correct(again, by=UserFactory(), reason="It was not", effective_on=MAY)
    told(action, Status.IN_PROGRESS, JUNE)
    assert counted() == (1, 0, 0)


@pytest.mark.parametrize(
    ("decision", "body", "other"),
    [
        ("Cabinet, item 4", "Project Board", "Cabinet"),
        ("Agreed by the Planning Committee", "Audit Committee", "Planning Committee"),
        ("Minutes of the Board, item 4", "Project Board", ""),
        ("Audit and Governance Committee, item 4", "Audit Committee", ""),
        ("Minute 31 of the audit committee, as the Cabinet noted", "Audit Committee", ""),
        ("IMSG, item 4", "Information Management Strategy Group", ""),
        ("Cabinet, item 4", "IMSG", ""),
        ("Minute 4 of the Cabinet, 12 May 2026", "Audit Committee", "Cabinet"),
        ("24 October 2016, item 4, report of the Executive Director of Resources", "Audit Committee", ""),
        ("Executive Director’s report, item 4", "Audit Committee", ""),
        ("Cabinet Member for Policy, 12 May 2026", "Audit Committee", ""),
        ("Board paper 12", "Audit Committee", ""),
        ("Board of Trustees’ accounts, item 4", "Audit Committee", ""),
        ("Item 4, report of the working group", "Audit Committee", ""),
        ("Item 4, as the Executive recommended", "Audit Committee", ""),
        ("Minute 4 of Full Council", "Audit Committee", ""),
        ("12 May 2026, item 4, Safer City Board", "Audit Committee", ""),
        ("Item 4", "Project Board", ""),
    ],
)
def test_a_decision_of_another_body_is_told_by_its_name(decision, body, other):
    assert of_another(decision, body) == other
