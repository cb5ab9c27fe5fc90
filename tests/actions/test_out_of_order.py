"""Dates out of order: said before a date moves past what waits on it, counted, marked and answered for."""

from datetime import date

import pytest
from django.urls import reverse

from actions.figures.order import due_before
from actions.models import Status
from actions.representations.asking_work import work_of
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.actions.factories_extensions import in_days
from tests.actions.moving import move
from tests.actions.pages import a_plan, action_page, an_action, known, plan_page, text, told, wait
from tests.actions.test_order_page import order_page
from tests.cast import signed_in
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
MARCH, MAY, JULY, DECEMBER = date(2016, 3, 1), date(2016, 5, 2), date(2016, 7, 25), date(2016, 12, 1)


@pytest.fixture
def plan():
    """T-2, due in May, waits to start on T-1, due in March."""
    plan = a_plan()
    one, two = (an_action(plan, reference=f"T-{n}", due_on=day) for n, day in ((1, MARCH), (2, MAY)))
    wait(two, "start", needs_action=one)
    return plan


def action(plan, n):
    return plan.actions.get(reference=f"T-{n}")


def early(plan, moment=None):
    rows = due_before.rows(moment or Moment.now(), Scope(plans=(plan.code,)))
    return set(rows.values_list("action__reference", flat=True))


def typed(action, due, **other):
    on = today()
    said = {
        "due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year,
        "effective_on_day": on.day, "effective_on_month": on.month, "effective_on_year": on.year,
        "reason": "The supplier is late", "agreed_in": "The board", "minute": "31",
        "seen": action.last_date_recorded(),
    }  # fmt: skip
    return said | other


def moving(action):
    return reverse("actions:revise_date", args=[action.reference])


def test_a_date_moved_past_what_waits_on_it_is_counted_as_at_any_day(plan, ig_officer):
    assert early(plan) == set()
    move(action(plan, 1), JULY, on=MARCH, **known(MARCH))
    assert early(plan) == {"T-2"}
    assert early(plan, Moment.of(date(2016, 2, 1))) == set()
    move(action(plan, 2), DECEMBER, on=MAY, **known(MAY))
    assert early(plan) == set()
    assert early(plan, Moment.of(date(2016, 4, 1))) == {"T-2"}


@pytest.mark.parametrize(
    ("n", "status"), [(1, Status.COMPLETED), (1, Status.WITHDRAWN), (2, Status.WITHDRAWN)]
)
def test_what_is_closed_is_in_nobodys_way(plan, n, status):
    move(action(plan, 1), JULY, on=MARCH, **known(MARCH))
    told(action(plan, n), status, MAY, reason="No longer needed")
    assert early(plan) == set()


def test_the_figure_and_the_page_agree(plan, ig_officer):
    three = an_action(plan, reference="T-3")
    wait(three, "finish", needs_action=action(plan, 2))
    wait(action(plan, 1), "finish", needs_action=an_action(reference="O-1", due_on=DECEMBER))
    work = work_of(plan, Moment.now(), ig_officer)
    assert early(plan) == {work.items[key].reference for key in work.early & work.own} == {"T-1"}


def test_the_pages_say_that_it_cannot_be_done_as_agreed(plan, ig_officer):
    client = signed_in(ig_officer)
    assert "cannot be done by then" not in text(client.get(order_page(plan)))
    move(action(plan, 1), JULY, on=MARCH, **known(MARCH))
    page = text(client.get(order_page(plan)))
    assert "It cannot be done by then as agreed:</strong> 1 action on which that day hangs is due" in page
    assert page.count("<strong>due before what it waits on</strong>") == 2  # on the path, and in the table
    assert "/figures/actions.due_before_needed/" in page
    assert "and due later than this action" in text(client.get(action_page(action(plan, 2))))
    past = text(client.get(action_page(action(plan, 2), "as_at=2016-02-01")))
    assert "and due later than this action" not in past
    assert client.get(plan_page(plan)).status_code == 200


def test_the_plan_and_the_list_of_plans_say_the_latest_agreed_day_as_at_the_moment(plan, ig_officer):
    client, plans = signed_in(ig_officer), reverse("actions:plans")
    for page in (plan_page(plan), plans):
        assert "what is open: <strong>2 May 2016</strong>" in text(client.get(page))
    move(action(plan, 1), JULY, on=MARCH, **known(MARCH))
    for page in (plan_page(plan), plans):
        assert "what is open: <strong>25 July 2016</strong>" in text(client.get(page))
    past = text(client.get(plan_page(plan, "as_at=2016-02-01")))
    assert "what is open: <strong>2 May 2016</strong>" in past
    for n, day in ((1, MARCH), (2, MAY)):
        told(action(plan, n), Status.COMPLETED, day)
    for page in (plan_page(plan), plans):
        assert "Nothing of it is open." in text(client.get(page))


def test_what_the_last_day_does_not_hang_on_does_not_put_it_off(plan, ig_officer):
    an_action(plan, reference="T-3", due_on=DECEMBER)
    move(action(plan, 1), JULY, on=MARCH, **known(MARCH))
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "It cannot be done by then" not in page
    assert "1 action is due before what it waits on, such as" in page


def test_who_moves_a_date_is_told_what_would_be_out_of_order_and_moves_it_knowingly(ig_officer):
    first, second = ActionFactory(due_on=in_days(10)), ActionFactory(due_on=in_days(20))
    wait(second, "start", needs_action=first)
    client, page = signed_in(ig_officer), moving(first)
    said = text(client.post(page, typed(first, in_days(30))))
    assert f"{second.reference} (due on" in said
    assert "waits on it and is due before it" in said
    assert "Move the date all the same" in said
    assert "The supplier is late" in said
    assert not first.date_revisions.exists()
    still = text(client.post(page, typed(first, in_days(30), warned="1")))
    assert "The dates would be out of order" in still
    fits = text(client.post(page, typed(first, in_days(30), warned="1", knowing="on"), follow=True))
    assert "is now due" in fits


def test_a_date_brought_forward_before_what_it_waits_on_is_told_too(ig_officer):
    first, second = ActionFactory(due_on=in_days(10)), ActionFactory(due_on=in_days(20))
    wait(second, "start", needs_action=first)
    said = text(signed_in(ig_officer).post(moving(second), typed(second, in_days(5))))
    assert f"it waits on {first.reference} (due on" in said
    assert "due after it" in said


def test_a_date_that_is_in_order_is_moved_without_a_word(ig_officer):
    first, second = ActionFactory(due_on=in_days(10)), ActionFactory(due_on=in_days(20))
    wait(second, "start", needs_action=first)
    assert signed_in(ig_officer).post(moving(first), typed(first, in_days(20))).status_code == 302
