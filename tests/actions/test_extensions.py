"""More time: asked for with a reason, answered by whoever decides, never by who asked."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from actions.figures import counts_by_facet
from actions.figures import extensions as figures
from actions.models import DateRevision, Extension, Status
from actions.models.extensions import decider_of
from actions.services.dates import take_back
from actions.services.extensions import Answer, Whom, ask, grant, refuse, withdraw
from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit, PostHolding, Role, RoleAssignment
from governance.people.waiting import all_waiting
from tests.actions.factories_extensions import BODY, MINUTE, asked, granted, in_days, refused
from tests.actions.moving import move
from tests.cast import known, play
from tests.factories import (
    ActionFactory,
    PostFactory,
    PostHoldingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = Scope()


@pytest.fixture
def action(owner):
    """The owner's, due in ten days."""
    return ActionFactory(owner=owner.post, due_on=in_days(10))


def counted(moment=None, scope=NOW):
    """Waiting, granted, refused, times put back."""
    return [figure.value(moment or Moment.now(), scope) for figure in figures.ALL]


def waiting_for(person):
    return [each.words for each in all_waiting(person) if each.kind == "more_time"]


# Asking and answering


def test_what_is_granted_is_the_due_date_agreed_by_whoever_decided(action, owner):
    request = asked(action, by=owner)
    assert counted() == [1, 0, 0, 0]
    answer = granted(request)
    action.refresh_from_db()
    row = DateRevision.objects.get()
    assert action.due_on == request.due_on == row.due_on
    assert (row.reason, row.agreed) == ("The supplier is late", f"{BODY}, minute {MINUTE}")
    assert answer.revision == row
    assert counted() == [0, 1, 0, 1]


def test_a_minute_of_another_body_answers_nothing(action, owner):
    request = asked(action, by=owner)
    minute = Answer(today(), "Not again", "Minute 31 of the Cabinet")
    for answer in (
        lambda: grant(request, in_days(60), minute, by=UserFactory()),
        lambda: refuse(request, minute, by=UserFactory()),
    ):
        with pytest.raises(StepError, match=f"of “Cabinet”, and “{BODY}” decides about the date") as refusal:
            answer()
        assert refusal.value.field == "minute"
    assert (Extension.objects.count(), DateRevision.objects.count()) == (1, 0)


def test_another_date_may_be_granted_than_was_asked_for(action, owner):
    post = PostFactory()
    answer = granted(asked(action, by=owner, post=post), due_on=in_days(30))
    action.refresh_from_db()
    assert action.due_on == answer.due_on == in_days(30)
    assert DateRevision.objects.get().agreed_by == post


def test_what_is_refused_or_asked_for_no_longer_leaves_the_date(action, owner):
    refused(asked(action, by=owner))
    withdraw(asked(action, by=owner), reason="Done in time after all", by=owner)
    action.refresh_from_db()
    assert action.due_on == in_days(10)
    assert counted() == [0, 0, 1, 0]
    assert asked(action, by=owner).pk


def test_a_date_granted_and_taken_back_is_granted_still_and_put_back_no_more(action, owner):
    answer = granted(asked(action, by=owner))
    take_back(answer.revision, reason="Not quorate", by=UserFactory())
    assert counted() == [0, 1, 0, 0]


def test_the_figures_say_what_was_known_at_any_moment(action, owner):
    request = asked(action, by=owner)
    before = Moment(today(), granted(request).revision.known_at)
    assert counted(before) == [1, 0, 0, 0]
    assert counted(Moment.of(date(2016, 1, 1))) == [0, 0, 0, 0]
    assert counted(scope=Scope(plans=(action.plan.code,))) == [0, 1, 0, 1]
    assert counted(scope=Scope(plans=("another",))) == counted(scope=Scope(units=("another",))) == [0] * 4


def test_a_date_brought_forward_is_not_put_back(action):
    for days, times in ((40, 1), (20, 1), (50, 2)):
        move(action, in_days(days), on=today())
        assert figures.times_extended.value(Moment.now(), NOW) == times


def test_what_waits_is_counted_with_the_other_figures_of_a_plan(action, owner, ig_officer):
    asked(action, by=owner)
    rows = counts_by_facet(Moment.now(), Scope(plans=(action.plan.code,)), ig_officer)
    assert sum(row["extension_waiting"] for row in rows) == 1


def test_a_request_waits_no_more_once_the_action_is_closed(action, owner):
    request = asked(action, by=owner)
    action.report(Status.COMPLETED, effective_on=today(), by=owner)
    assert counted() == [0, 0, 0, 0]
    with pytest.raises(StepError, match="needs no more time"):
        granted(request)
    with pytest.raises(StepError, match="needs no more time"):
        asked(action, by=owner)


# Who


def test_nobody_answers_what_they_asked_or_what_their_own_post_owns(action, owner, ig_officer):
    request = asked(action, by=ig_officer)
    for person in (ig_officer, owner):
        for step in (granted, refused):
            with pytest.raises(StepError, match="ask somebody else"):
                step(request, by=person)
    assert not owner.has_perm("actions.answer_extension", request)
    assert not ig_officer.has_perm("actions.answer_extension", request)
    assert ig_officer.has_perm("actions.withdraw_extension", request)
    assert owner.has_perm("actions.withdraw_extension", request)


@pytest.mark.parametrize("of_plan", [True, False])
def test_the_owner_is_not_asked_even_where_its_post_is_the_approver(action, owner, siro, of_plan):
    held = action.plan if of_plan else action
    held.approver = action.owner
    held.save()
    assert decider_of(action) == (siro.post, "")
    RoleAssignmentFactory(post=action.owner, role=Role.SIRO)
    assert decider_of(action) == (siro.post, "")
    RoleAssignment.objects.filter(post=siro.post).delete()
    assert decider_of(action) == (None, "")


def test_who_holds_the_deciding_post_and_the_owners_is_not_asked_but_an_officer_is(
    action, owner, siro, ig_officer
):
    PostHoldingFactory(post=siro.post, person=owner)
    PostHolding.objects.filter(post=siro.post, person=siro).delete()
    assert decider_of(action) == (ig_officer.post, "")
    action.approver = siro.post
    assert decider_of(action) == (ig_officer.post, "")
    asked(action, by=owner, post=ig_officer.post)
    assert waiting_for(ig_officer)
    PostHoldingFactory(post=siro.post)
    action.approver = None
    assert decider_of(action) == (siro.post, "")


def test_whom_the_action_names_decides_else_its_plan_else_the_senior_information_risk_owner(action, siro):
    of_its_own, plans = PostFactory(), PostFactory()
    assert decider_of(action) == (siro.post, "")
    action.plan.approver = plans
    assert decider_of(action) == (plans, "")
    action.approver = of_its_own
    assert decider_of(action) == (of_its_own, "")
    action.approver, action.approving_body = None, BODY
    assert decider_of(action) == (None, BODY)


def test_a_senior_information_risk_owner_of_a_unit_decides_for_those_below_it_too(action):
    above = UnitFactory()
    OrganisationalUnit.objects.filter(pk=action.owner.unit_id).update(parent=UnitFactory(parent=above))
    charged = RoleAssignmentFactory(role=Role.SIRO, unit=UnitFactory())
    assert decider_of(action) == (None, "")
    charged.unit = above
    charged.save()
    assert decider_of(action) == (charged.post, "")


@pytest.mark.parametrize("who", ["owner", "ig_officer"])
def test_nobody_chooses_another_than_who_decides(action, request, siro, who):
    by = request.getfixturevalue(who)
    for whom in (Whom(PostFactory()), Whom(body=BODY), Whom()):
        with pytest.raises(StepError, match=f"{siro.post.title} decides about the date"):
            ask(action, in_days(60), whom, reason="Late", by=by)
    assert ask(action, in_days(60), Whom(siro.post), reason="Late", by=by).decides == siro.post


def test_where_nobody_decides_an_officer_says_who_and_never_the_owner(action, owner, ig_officer):
    with pytest.raises(StepError, match="Nobody is named to decide"):
        ask(action, in_days(60), Whom(body=BODY), reason="Late", by=owner)
    with pytest.raises(StepError, match="does not decide about its own date"):
        ask(action, in_days(60), Whom(action.owner), reason="Late", by=ig_officer)
    assert ask(action, in_days(60), Whom(body=BODY), reason="Late", by=ig_officer).body == BODY


def test_who_is_in_the_deciding_post_and_in_the_owners_grants_nothing(action, owner):
    post = PostFactory()
    request = asked(action, by=UserFactory(), post=post)
    PostHoldingFactory(post=post, person=owner)
    with pytest.raises(StepError, match="ask somebody else"):
        granted(request, by=known(owner, owner.post))
    with pytest.raises(StepError, match="Whoever owns the action was"):
        granted(request)


def test_a_request_waits_for_the_post_that_decides_and_for_nobody_else(action, owner, ig_officer):
    decider = play("decider")
    asked(action, by=owner, post=decider.post)
    assert waiting_for(decider)[0].startswith(f"{action.reference}: more time is asked for, until")
    assert not waiting_for(ig_officer)
    assert not waiting_for(owner)
    assert Extension.objects.visible_to(decider).exists()
    assert not Extension.objects.visible_to(play("outsider")).exists()


def test_a_request_to_a_committee_waits_for_those_who_record_its_decisions(
    action, owner, committee_officer, siro
):
    request = asked(action, by=owner)
    assert len(waiting_for(committee_officer)) == 1
    assert not waiting_for(siro)
    assert committee_officer.has_perm("actions.answer_extension", request)
    assert not siro.has_perm("actions.answer_extension", request)
    granted(request, by=committee_officer)
    assert not waiting_for(committee_officer)


# What may not be


@pytest.mark.parametrize("days", [10, 5, -1])
def test_more_time_lies_after_the_date_and_is_not_past(action, owner, days):
    with pytest.raises(StepError, match="that is not more time"):
        asked(action, by=owner, due_on=in_days(days))


@pytest.mark.parametrize("days", [10, 5])
def test_what_is_granted_lies_after_the_date_too(action, owner, days):
    request = asked(action, by=owner)
    with pytest.raises(StepError, match="grant a later day, or refuse"):
        granted(request, due_on=in_days(days))


def test_an_action_without_a_date_has_none_to_be_put_back(owner):
    with pytest.raises(StepError, match="has no due date"):
        asked(ActionFactory(owner=owner.post), by=owner)


def test_more_time_is_asked_for_once_at_a_time_and_answered_once(action, owner):
    request = asked(action, by=owner)
    with pytest.raises(StepError, match="More time is asked for already"):
        asked(action, by=owner)
    refused(request)
    for step in (granted, refused, lambda one: withdraw(one, reason="Late", by=owner)):
        with pytest.raises(StepError, match="answered already"):
            step(request)


def test_nothing_is_decided_before_it_is_asked_for(action, owner):
    request = asked(action, by=owner)
    with pytest.raises(StepError, match="It was asked for on"):
        refuse(request, Answer(in_days(-1), "No", MINUTE), by=UserFactory())


def test_a_date_moved_meanwhile_is_said_before_another_is_granted(action, owner):
    request = asked(action, by=owner)
    seen = action.last_date_recorded()
    move(action, in_days(20), on=today())
    with pytest.raises(StepError, match="Somebody else moved the date"):
        grant(request, in_days(60), Answer(today(), minute=MINUTE), by=UserFactory(), seen=seen)
    assert not Extension.objects.filter(request=request).exists()


# The database


def row_of(action, **facts):
    said = {"kind": "asked", "due_on": in_days(60), "reason": "Late", "body": BODY, "effective_on": today()}
    return Extension.objects.create(action=action, **{"recorded_by": UserFactory(), **said, **facts})


def rule_broken(step):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        step()
    return refusal.value.__cause__.diag.constraint_name


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"kind": "wished", "due_on": None}, "extension_kind_is_known"),
        ({"reason": ""}, "extension_has_a_reason"),
        ({"due_on": None}, "extension_has_a_date_where_it_is_about_one"),
        ({"body": ""}, "extension_is_decided_by_a_post_or_a_committee"),
        ({"minute": "31"}, "extension_decided_by_a_committee_has_its_minute"),
        ({"effective_on": in_days(2)}, "took_effect_by_today"),
    ],
)
def test_the_database_refuses_a_request_that_says_too_little(action, facts, broken):
    if facts.get("kind") == "wished":
        facts = facts | {"request": row_of(action)}
    found = rule_broken(lambda: row_of(action, **facts))
    assert found == broken or (broken == "extension_kind_is_known" and found.startswith("extension_"))


def test_the_database_refuses_an_answer_that_does_not_fit_its_request(action):
    request, other = row_of(action), row_of(ActionFactory(due_on=in_days(10)))
    no = {"kind": "refused", "due_on": None, "minute": MINUTE}
    for facts, broken in (
        (no, "extension_answers_a_request_of_its_action"),
        (no | {"request": other}, "extension_answers_a_request_of_its_action"),
        (
            no | {"request": request, "effective_on": in_days(-1)},
            "extension_answers_a_request_of_its_action",
        ),
        (no | {"request": request, "minute": ""}, "extension_decided_by_a_committee_has_its_minute"),
        (
            no | {"request": request, "recorded_by": request.recorded_by},
            "extension_is_not_answered_by_who_asked",
        ),
        (
            {"kind": "granted", "minute": MINUTE, "request": request},
            "extension_grants_the_date_it_moves",
        ),
    ):
        assert rule_broken(lambda facts=facts: row_of(action, **facts)) == broken


def test_the_database_refuses_a_second_request_and_a_second_answer_and_the_owners_own(action):
    request = row_of(action)
    assert rule_broken(lambda: row_of(action)) == "extension_is_asked_once_at_a_time"
    own = {"decides": action.owner, "body": ""}
    assert rule_broken(lambda: row_of(action, **own)) == "extension_is_not_decided_by_the_owner"
    refused(request)
    no = {"kind": "refused", "due_on": None, "minute": MINUTE, "request": request}
    assert "request_id" in rule_broken(lambda: row_of(action, **no))
    action.report(Status.WITHDRAWN, effective_on=today(), by=UserFactory(), why="No longer needed")
    assert rule_broken(lambda: row_of(action)) == "extension_is_of_an_open_action"


def test_the_database_refuses_a_date_that_is_granted_with_another_revision(action):
    request, row = row_of(action), move(action, in_days(30), on=today())
    yes = {"kind": "granted", "minute": MINUTE, "request": request, "revision": row}
    assert rule_broken(lambda: row_of(action, **yes)) == "extension_grants_the_date_it_moves"
    corrected = {"due_on": in_days(30), "corrects": request}
    assert rule_broken(lambda: row_of(action, **yes | corrected)) == "extension_is_never_corrected"
    no = {"kind": "refused", "due_on": None, "revision": row, "minute": MINUTE, "request": request}
    assert rule_broken(lambda: row_of(action, **no)) == "extension_granted_moves_the_date"


def test_a_minute_of_a_date_is_of_a_committee_only(action):
    said = {"due_on": in_days(30), "reason": "Late", "effective_on": today(), "minute": "31"}
    broken = rule_broken(
        lambda: DateRevision.objects.create(
            action=action, agreed_by=PostFactory(), recorded_by=UserFactory(), **said
        )
    )
    assert broken == "date_revision_has_a_minute_of_a_committee_only"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_has_asked(owner):
    from concurrent.futures import ThreadPoolExecutor

    action = ActionFactory(owner=owner.post, due_on=in_days(10), approving_body=BODY)

    def one(days):
        try:
            return bool(ask(action, in_days(days), Whom(body=BODY), reason="Late", by=owner))
        except StepError as late:
            return str(late)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(one, (30, 40)), key=str)
    assert said[1] is True
    assert "More time is asked for already" in said[0]
