"""Why the answer changed: each time from what to what, by which action, and as it was known at any moment."""

from datetime import date

import pytest

from actions.models import ActionPlan, Status
from actions.representations.asking_answers import answers_of
from actions.representations.asking_work import work_of
from actions.representations.forecast import Forecast
from actions.services import mistaken
from actions.services.dates import take_back
from governance.figures.moment import Moment
from tests.actions.moving import DECISION, move
from tests.actions.pages import a_plan, an_action, known, text, told, wait
from tests.actions.test_order_page import order_page
from tests.cast import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE, JULY = date(2016, 3, 1), date(2016, 5, 2), date(2016, 6, 1), date(2016, 7, 25)
SEPTEMBER, DECEMBER = date(2016, 9, 30), date(2016, 12, 1)


def changes(plan, person, moment=None):
    """From, to, and for each cause the action and in which way: the latest first."""
    moment = moment or Moment.of(date(2016, 12, 31), date(2016, 12, 31))
    work = work_of(plan, moment, person)
    found = answers_of(plan, work, moment, person)
    own = [item.due for item in Forecast(work, moment, found).open if item.due]
    assert (found[0].after if found else None) == max(own, default=None)
    return [
        (each.before, each.after, {(cause.item.reference, cause.kind) for cause in each.causes})
        for each in found
    ]


@pytest.fixture
def plan():
    """T-1 due in March, T-2 in July, both agreed in January."""
    plan = a_plan(title="Plan of 2016")
    for n, day in enumerate((MARCH, JULY), start=1):
        an_action(plan, reference=f"T-{n}", title=f"Title {n}", due_on=day)
    return plan


def action(plan, n):
    return plan.actions.get(reference=f"T-{n}")


OPENED = (None, JULY, {("T-2", "opened")})


def test_a_date_moved_is_the_cause_and_one_that_nothing_hangs_on_is_none(plan, ig_officer):
    move(action(plan, 1), MAY, on=MARCH, **known(MARCH))
    move(action(plan, 2), SEPTEMBER, on=MAY, **known(MAY))
    assert changes(plan, ig_officer) == [(JULY, SEPTEMBER, {("T-2", "moved")}), OPENED]


def test_an_action_that_is_opened_later_is_said_apart(plan, ig_officer):
    an_action(plan, reference="T-3", opened_on=MAY, due_on=DECEMBER, **known(MAY))
    assert changes(plan, ig_officer) == [(JULY, DECEMBER, {("T-3", "opened")}), OPENED]


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.WITHDRAWN])
def test_what_is_closed_leaves_the_answer_to_what_is_open(plan, ig_officer, status):
    told(action(plan, 2), status, MAY, reason="No longer needed")
    assert changes(plan, ig_officer)[0] == (JULY, MARCH, {("T-2", str(status))})


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.WITHDRAWN])
def test_what_was_moved_to_a_later_day_counts_no_more_before_it(plan, ig_officer, status):
    """The answer and how it came about are told of the same day."""
    done = told(action(plan, 2), status, MAY)
    action(plan, 2).correct(done, by=ig_officer, status=status, effective_on=JULY, reason="Later", why="Gone")
    in_june = Moment.of(JUNE)
    assert changes(plan, ig_officer, in_june)[0] == (MARCH, JULY, {("T-2", "reopened")})
    assert work_of(plan, in_june, ig_officer).items[action(plan, 2).pk].is_open
    assert len(changes(plan, ig_officer, Moment.of(JUNE, JUNE))) == 2


def test_what_was_entered_in_error_is_told_and_leaves_what_the_answer_was_before(plan, ig_officer):
    wrong = an_action(plan, reference="T-3", opened_on=MAY, due_on=DECEMBER, **known(MAY))
    before = changes(plan, ig_officer)
    mistaken.action(wrong, reason="In the wrong file", by=ig_officer)
    assert changes(plan, ig_officer) == before
    now = Moment.now()
    assert changes(plan, ig_officer, now) == [(DECEMBER, JULY, {("T-3", "in_error")}), *before]
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "was entered in error" in page


def test_what_was_opened_later_than_was_told_leaves_what_the_answer_was_before(plan, ig_officer):
    late = an_action(plan, reference="T-3", opened_on=MARCH, due_on=DECEMBER, **known(MAY))
    opening = late.updates.get()
    late.correct(opening, by=ig_officer, status=opening.status, effective_on=JULY, reason="Opened in July")
    found = changes(plan, ig_officer, Moment.of(JUNE))
    assert found[0] == (DECEMBER, JULY, {("T-3", "not_yet")})
    assert found[1] == (JULY, DECEMBER, {("T-3", "opened")})


def test_what_is_opened_again_counts_again(plan, ig_officer):
    told(action(plan, 2), Status.COMPLETED, MAY)
    told(action(plan, 2), Status.IN_PROGRESS, JUNE, reason="Not done")
    assert changes(plan, ig_officer)[0] == (MARCH, JULY, {("T-2", "reopened")})


def test_a_date_taken_back_brings_the_answer_back(plan, ig_officer):
    row = move(action(plan, 2), SEPTEMBER, on=MAY, **known(MAY))
    take_back(row, reason="Not quorate", by=UserFactory())
    found = changes(plan, ig_officer, Moment.now())
    assert found[0] == (SEPTEMBER, JULY, {("T-2", "moved")})
    assert len(found) == 3


def test_as_at_a_past_moment_only_what_was_known_then_is_listed(plan, ig_officer):
    move(action(plan, 2), SEPTEMBER, on=MAY, **known(MAY))
    move(action(plan, 2), DECEMBER, on=JUNE)  # agreed in June, recorded only today
    assert len(changes(plan, ig_officer, Moment.now())) == 3
    assert len(changes(plan, ig_officer, Moment.of(JUNE, JUNE))) == 2
    assert changes(plan, ig_officer, Moment.of(MARCH, MARCH)) == [OPENED]


def test_only_the_plans_own_actions_change_its_answer_and_the_page_says_what_it_hangs_on(plan, ig_officer):
    other = an_action(reference="O-1", due_on=MARCH)
    wait(action(plan, 2), "start", needs_action=other)
    move(action(plan, 2), SEPTEMBER, on=MARCH, **known(MARCH))
    move(other, DECEMBER, on=MAY, **known(MAY))
    assert changes(plan, ig_officer) == [(JULY, SEPTEMBER, {("T-2", "moved")}), OPENED]
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "By <strong>1 December 2016</strong>" in page
    assert "It hangs on one of another plan that is due later" in page


def test_the_changes_begin_when_the_plan_does(plan, ig_officer):
    ActionPlan.objects.filter(pk=plan.pk).update(opened_on=MAY)
    plan.refresh_from_db()
    move(action(plan, 2), SEPTEMBER, on=MARCH, **known(MARCH))
    move(action(plan, 2), DECEMBER, on=JUNE, **known(JUNE))
    began = (None, SEPTEMBER, {("T-2", "opened")})
    assert changes(plan, ig_officer) == [(SEPTEMBER, DECEMBER, {("T-2", "moved")}), began]


def test_first_agreed_is_the_day_with_which_the_changes_begin_also_after_it_was_withdrawn(plan, ig_officer):
    move(action(plan, 1), MAY, on=MARCH, **known(MARCH))
    told(action(plan, 2), Status.WITHDRAWN, MAY)
    assert changes(plan, ig_officer)[-1] == OPENED
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "First agreed was 25 July 2016. Of what is not withdrawn" in page
    assert "it was 1 March 2016: it has slipped by 62 days so far" in page


def test_the_page_says_why_and_who_agreed_and_that_dates_moved_behind_an_answer_that_did_not(
    plan, ig_officer
):
    client = signed_in(ig_officer)
    assert "How the answer changed" not in text(client.get(order_page(plan)))
    move(action(plan, 1), MAY, on=MARCH, **known(MARCH))
    page = text(client.get(order_page(plan)))
    assert "it has not been moved, although 1 of its actions was." in page
    move(action(plan, 2), SEPTEMBER, on=MAY, reason="The trainer left", **known(MAY))
    page = text(client.get(order_page(plan)))
    assert "How the answer changed" in page
    assert f"The trainer left (agreed: {DECISION})" in page


def test_why_is_kept_from_whoever_may_not_open_the_action(owner):
    theirs = an_action(owner.action.plan, reference="T-9", due_on=MARCH)
    move(theirs, DECEMBER, on=MAY, reason="The trainer left", **known(MAY))
    page = text(signed_in(owner).get(order_page(owner.action.plan)))
    assert "How the answer changed" in page
    assert "The trainer left" not in page


def test_a_slip_that_leads_to_a_day_that_is_past_tells_none(plan, ig_officer):
    for n in range(10):
        done = an_action(plan, reference=f"D-{n}", due_on=MARCH)
        told(done, Status.COMPLETED, date(2016, 3, 11))
    client = signed_in(ig_officer)
    assert "<strong>No day is given</strong>: at the slippage so far" in text(client.get(order_page(plan)))
    may = "as_at=2016-05-02&known_at=2016-05-02"
    assert "If slippage goes on as it has: <strong>4 August 2016" in text(client.get(order_page(plan, may)))
