"""What pages and services refuse the database refuses too, whoever writes past them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from actions.models import (
    Action,
    ActionReplacement,
    AuditText,
    Completion,
    Dependency,
    Overlap,
    ScopeArea,
    Status,
)
from actions.services import mistaken
from actions.services.completions import approve, verify
from governance.core.dates import today
from governance.core.refusals import rule_of
from tests.actions.claims import JULY, JUNE, MAY, a_claim, found
from tests.actions.factories_audits import RangeFactory, TextFactory
from tests.actions.factories_order import NeedFactory
from tests.actions.pages import a_plan, an_action, area, told
from tests.factories import ActionFactory, RecommendationFactory, UserFactory

pytestmark = pytest.mark.django_db
IN_ERROR = "of_an_action_in_error_nothing_stands"
YESTERDAY = today() - timedelta(days=1)


def refused(change, *args, **facts):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change(*args, **facts)
    return rule_of(caught.value).replace(" ", "_")


def needs(one, other, **facts):
    return Dependency(action=one, needs_action=other, holds_up="start", **{"from_on": today(), **facts})


def test_a_scope_area_is_of_the_audit_that_is_spoken_of():
    plan = a_plan()
    theirs, ours = area(a_plan(), "Training"), area(plan, "Records")
    rule = "scope_area_is_of_the_same_audit"
    assert refused(RecommendationFactory, audit=plan.audit, scope_area=theirs) == rule
    assert refused(TextFactory, audit=plan.audit, scope_area=theirs) == rule
    assert refused(an_action, plan, scope_area=theirs) == rule
    asked = RecommendationFactory(audit=plan.audit, scope_area=ours)
    words = TextFactory(audit=plan.audit, scope_area=ours)
    action = an_action(plan, scope_area=ours)
    for row in (asked, words, action):
        assert refused(type(row).objects.filter(pk=row.pk).update, scope_area=theirs) == rule
    assert refused(AuditText.objects.update, audit=theirs.audit) == rule
    moved = refused(ScopeArea.objects.filter(pk=ours.pk).update, audit=theirs.audit)
    assert moved == "scope_area_stays_in_its_audit"


def test_what_a_plan_said_under_another_audit_stays_when_the_plan_moves():
    plan = a_plan()
    action = an_action(plan, scope_area=area(plan, "Records"))
    plan.audit = a_plan().audit
    plan.save()
    action.title = "Another"
    action.save()
    assert Action.objects.get(title="Another").scope_area_id


def test_no_circle_gets_past_the_service():
    one, two, three = ActionFactory.create_batch(3)
    rule = "dependency_goes_in_no_circle"
    circle = [needs(one, two), needs(two, three), needs(three, one)]
    assert refused(Dependency.objects.bulk_create, circle) == rule
    first, second, third = Dependency.objects.bulk_create([*circle[:2], needs(three, ActionFactory())])
    assert refused(Dependency.objects.filter(pk=third.pk).update, needs_action=one) == rule
    later = today() + timedelta(days=9)
    assert refused(Dependency.objects.bulk_create, [needs(three, one, from_on=later)]) == rule
    Dependency.objects.filter(pk=second.pk).update(from_on=YESTERDAY, until_on=YESTERDAY)
    Dependency.objects.bulk_create([needs(three, one)])
    ended = Dependency.objects.filter(pk=second.pk)
    assert refused(ended.update, until_on=None) == rule
    ended.update(note="Nothing else")
    assert first.pk


def test_as_many_as_are_brought_in_at_once_are_put_in_order():
    actions = ActionFactory.create_batch(30)
    made = [needs(one, other) for n, one in enumerate(actions) for other in actions[n + 1 : n + 4]]
    Dependency.objects.bulk_create(made)
    assert Dependency.objects.count() == len(made) == 84
    back = [needs(actions[-1], actions[0])]
    assert refused(Dependency.objects.bulk_create, back) == "dependency_goes_in_no_circle"


@pytest.mark.parametrize("reference", ["", "A/1", "new", "Mine"])
def test_the_reference_of_an_action_fits_an_address(reference):
    action = ActionFactory()
    change = Action.objects.filter(pk=action.pk).update
    assert refused(change, reference=reference) == "action_reference_fits_an_address"


def again(row, **facts):
    """The same said again by somebody else, written past the service."""
    said = {
        name: getattr(row, name) for name in ("action", "kind", "claim", "basis", "decision", "effective_on")
    }
    return Completion.objects.create(**{**said, "recorded_by": UserFactory(), **facts})


def test_a_claim_is_approved_and_verified_once_and_not_before_it_was_claimed():
    action = a_claim()
    claim = action.standing()
    early = {"kind": "approved", "claim": claim, "basis": "Seen", "recorded_by": UserFactory()}
    before = refused(action.completions.create, effective_on=MAY, **early)
    assert before == "completion_is_not_before_its_claim"
    approval = approve(action, found(), by=UserFactory())
    verification = verify(action, found(), by=UserFactory())
    for row in (approval, verification):
        assert refused(again, row) == "completion_is_said_once_of_a_claim"


def test_what_waits_for_approval_again_may_be_approved_again():
    action = a_claim()
    approval = approve(action, found(), by=UserFactory())
    completed = action.standing()
    action.correct(completed, by=UserFactory(), reason="Not so", void=True)
    assert again(approval).pk


@pytest.mark.parametrize("named", ["action", "plan"])
def test_a_body_approves_by_a_decision(named):
    action = an_action()
    whose = action if named == "action" else action.plan
    whose.approving_body = "The strategy group"
    whose.save()
    claim = told(action, Status.AWAITING_APPROVAL, JUNE)
    said = {"kind": "approved", "claim": claim, "basis": "Seen", "recorded_by": UserFactory()}
    rule = refused(action.completions.create, effective_on=JULY, **said)
    assert rule == "completion_of_a_body_names_its_decision"
    assert action.completions.create(effective_on=JULY, decision="Minute 4", **said).pk


def test_a_follow_up_that_is_moved_says_why():
    first = RangeFactory()
    assert refused(RangeFactory, follow_up=first.follow_up, reason="") == "planned_range_moved_says_why"
    assert RangeFactory(follow_up=first.follow_up, reason="The auditor is ill").pk
    assert RangeFactory(reason="").pk


def test_nothing_waits_on_what_was_entered_in_error_nor_overlaps_it(ig_officer):
    wrong, other = an_action(), an_action()
    pair = {"action": wrong, "other": other, "kind": "same", "reason": "Alike", "recorded_by": ig_officer}
    need = NeedFactory(action=other, needs_action=wrong)
    gone = {"mistaken_at": "2026-01-01T00:00Z", "mistaken_because": "Twice", "status": "withdrawn"}
    fresh = ActionFactory()
    NeedFactory(action=fresh, needs_action=other)
    assert refused(Action.objects.filter(pk=fresh.pk).update, **gone) == IN_ERROR
    mistaken.action(wrong, reason="Twice", by=ig_officer)
    need.refresh_from_db()
    assert need.until_on == YESTERDAY
    for waits in (needs(wrong, other), needs(other, wrong)):
        assert refused(Dependency.objects.bulk_create, [waits]) == IN_ERROR
    assert refused(Dependency.objects.filter(pk=need.pk).update, until_on=None) == IN_ERROR
    assert refused(Overlap.objects.create, effective_on=date(2016, 2, 1), **pair) == IN_ERROR


def test_what_takes_the_place_of_an_action_does_so_once_that_is_withdrawn():
    action, other = an_action(), an_action()
    links = ActionReplacement.objects
    assert refused(links.create, action=action, replacement=other) == "replaced_action_is_withdrawn"
    told(action, Status.WITHDRAWN, JUNE)
    assert links.create(action=action, replacement=other).pk
