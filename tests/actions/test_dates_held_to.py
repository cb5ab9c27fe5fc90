"""Due dates on the board of a past day, and what may be said of a date neither on a page nor past it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from actions.models import DateRevision, Status
from actions.services.dates import take_back
from governance.core.refusals import rule_of
from governance.core.steps import StepError
from tests.actions.moving import DECISION, move
from tests.actions.pages import a_plan, action_page, an_action, known, text, told
from tests.cast import signed_in
from tests.factories import PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db
JUNE, JULY, SEPTEMBER, DECEMBER = (date(2016, month, 30) for month in (6, 7, 9, 12))
AUGUST = date(2016, 8, 31)


def board(plan, on):
    return f"{reverse('actions:board', args=[plan.code])}?as_at={on:%Y-%m-%d}"


def rule_broken(act):
    """The rule that what is done breaks, at once or when the transaction ends."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ended(act)
    return rule_of(refused.value)


def ended(act):
    act()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def written(action, **facts):
    """A revision written past the service."""
    said = {"due_on": DECEMBER, "reason": "Late", "agreed_in": DECISION, "effective_on": JULY} | facts
    return DateRevision.objects.create(action=action, recorded_by=UserFactory(), **said)


# The board


def test_the_board_of_a_past_day_shows_the_dates_of_that_day_in_their_order(ig_officer):
    plan = a_plan()
    early, late = an_action(plan, due_on=JUNE), an_action(plan, due_on=JULY)
    move(early, DECEMBER, on=AUGUST, **known(AUGUST))
    client = signed_in(ig_officer)
    july = text(client.get(board(plan, JULY)))
    assert "due 30 June 2016" in july
    assert "30 December 2016" not in july
    assert july.index(early.reference) < july.index(late.reference)
    september = text(client.get(board(plan, SEPTEMBER)))
    assert "due 30 December 2016" in september
    assert "30 June 2016" not in september
    assert september.index(late.reference) < september.index(early.reference)


# What stands is said


def test_a_date_agreed_before_the_one_that_stands_is_recorded_and_the_answer_says_what_stands(ig_officer):
    action = an_action(due_on=JUNE)
    move(action, DECEMBER, on=AUGUST)
    typed = {
        "due_on_day": 30, "due_on_month": 9, "due_on_year": 2016,
        "effective_on_day": 30, "effective_on_month": 7, "effective_on_year": 2016,
        "reason": "The supplier is late", "agreed_in": DECISION, "minute": "31",
        "seen": action.last_date_recorded(),
    }  # fmt: skip
    page = reverse("actions:revise_date", args=[action.reference])
    said = text(signed_in(ig_officer).post(page, typed, follow=True))
    assert f"Recorded. {action.reference} stays due 30 December 2016, which was agreed later" in said
    assert f"{action.reference} is now due" not in said
    assert action.date_revisions.count() == 2


# Closed actions


def test_a_date_of_a_closed_action_is_not_taken_back(ig_officer):
    action = an_action(due_on=JUNE)
    row = move(action, DECEMBER, on=JULY, **known(JULY))
    told(action, Status.COMPLETED, AUGUST)
    with pytest.raises(StepError, match="is completed: its date no longer moves"):
        take_back(row, reason="Not quorate", by=UserFactory())
    action.refresh_from_db()
    assert action.due_on == DECEMBER
    page = text(signed_in(ig_officer).get(action_page(action)))
    assert "How its due date moved" in page
    assert "Take this back" not in page
    assert "Move the due date" not in page


def test_who_may_not_move_the_date_reads_who_does(owner, ig_officer):
    theirs, own = an_action(owner=owner.post, due_on=JUNE), an_action(owner=ig_officer.post, due_on=JUNE)
    page = text(signed_in(owner).get(action_page(theirs)))
    assert "never that of an action which their own post owns." in page
    assert f"Write to {ig_officer.post.title}." in page
    page = text(signed_in(ig_officer).get(action_page(own)))
    assert "never that of an action which their own post owns." in page
    assert "Move the due date" not in page
    page = text(signed_in(ig_officer).get(action_page(theirs)))
    assert "which their own post owns" not in page
    assert "Move the due date" in page


# Who agrees


def test_nobody_agrees_to_the_date_of_an_action_of_theirs_in_another_post_of_theirs():
    action, other = an_action(due_on=JUNE), PostFactory(title="Head of Service")
    person = UserFactory()
    for post in (action.owner, other):
        PostHoldingFactory(post=post, person=person, from_on=JUNE)
    with pytest.raises(StepError, match="was Head of Service too on that day"):
        move(action, DECEMBER, on=JULY, post=other)
    move(action, DECEMBER, on=JULY, post=PostFactory())


def test_who_held_the_other_post_on_another_day_only_does_not_stand_in_the_way():
    action, other = an_action(due_on=JUNE), PostFactory()
    person = UserFactory()
    PostHoldingFactory(post=action.owner, person=person, from_on=AUGUST)
    PostHoldingFactory(post=other, person=person, from_on=JUNE)
    assert move(action, DECEMBER, on=JULY, post=other).agreed_by == other


def test_the_database_refuses_the_agreement_of_the_owner():
    action = an_action(due_on=JUNE)
    broken = rule_broken(lambda: written(action, agreed_in="", agreed_by=action.owner))
    assert broken == "date revision is not agreed by the owner"


def test_what_was_agreed_by_who_owns_it_today_can_still_be_taken_back():
    action, post = an_action(due_on=JUNE), PostFactory()
    row = move(action, DECEMBER, on=JULY, post=post)
    action.refresh_from_db()
    action.owner = post
    action.save()
    take_back(row, reason="Not so", by=UserFactory())
    action.refresh_from_db()
    assert action.due_on == JUNE


# The date held at the action


def test_the_database_refuses_a_revision_that_leaves_the_date_of_the_action_behind():
    action = an_action(due_on=JUNE)
    assert rule_broken(lambda: written(action)) == "due date follows its revisions"
    move(action, DECEMBER, on=JULY)
    assert rule_broken(lambda: written(action, due_on=SEPTEMBER)) == "due date follows its revisions"
    ended(lambda: written(action, due_on=SEPTEMBER, effective_on=JUNE))
    assert action.date_revisions.count() == 2
