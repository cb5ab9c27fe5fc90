"""What is blocked, what frees what, and when it will all be done: from actions and needs alone."""

from datetime import date, timedelta

import pytest

from actions.models import Status
from actions.representations.drawing import MOST, Drawing
from actions.representations.forecast import Forecast, Slippage, in_days
from actions.representations.ordered import OrderPage
from actions.representations.work import Item, Need, Work
from governance.figures.moment import Moment

OPENED, TODAY = date(2016, 1, 18), date(2016, 7, 25)
NEXT = date(2017, 7, 25)
NOW = Moment.of(TODAY)


def item(key, status=Status.NOT_STARTED, due=None, first_due=None, **facts):
    said = {"title": f"Action {key}", "owner": "Owner", "plan": "plan", "since": OPENED} | facts
    return Item(key=key, reference=f"A-{key}", status=status, due=due, first_due=first_due or due, **said)


def on(action, needs, step="start"):
    return Need(action * 1000 + needs, action, needs, f"A-{needs}", None, "", step)


def on_post(action, post, step="start", filled=False):
    return Need(action * 1000 + post + 500, action, None, "", post, f"Post {post}", step, filled=filled)


def work(items, *needs, own=None):
    found = {each.key: each for each in items}
    return Work(found, needs, own or found)


def plan(*statuses, needs=()):
    return work([item(key, status) for key, status in enumerate(statuses, start=1)], *needs)


@pytest.mark.parametrize(
    ("status", "step", "is_blocked"),
    [
        (Status.NOT_STARTED, "start", True),
        (Status.NOT_STARTED, "finish", False),
        (Status.IN_PROGRESS, "start", True),
        (Status.IN_PROGRESS, "finish", True),
        (Status.AWAITING_APPROVAL, "finish", True),
        (Status.COMPLETED, "finish", False),
        (Status.WITHDRAWN, "start", False),
    ],
)
def test_blocked_is_what_cannot_take_its_next_step(status, step, is_blocked):
    assert bool(plan(status, Status.IN_PROGRESS, needs=[on(1, 2, step)]).blocked) is is_blocked


@pytest.mark.parametrize("needed", Status.closed())
def test_nothing_is_blocked_by_what_is_closed(needed):
    found = plan(Status.NOT_STARTED, needed, needs=[on(1, 2)])
    assert found.blocked == {}
    assert [need.action for need in found.for_decision] == ([1] if needed == Status.WITHDRAWN else [])


def test_a_post_blocks_until_somebody_is_in_it():
    assert plan(Status.NOT_STARTED, needs=[on_post(1, 7)]).blocked
    assert not plan(Status.NOT_STARTED, needs=[on_post(1, 7, filled=True)]).blocked


def test_what_was_not_opened_by_then_still_blocks():
    assert plan(Status.NOT_STARTED, needs=[on(1, 9)]).blocked


def test_an_action_is_freed_at_once_only_by_the_last_thing_it_waits_on():
    found = plan(*[Status.NOT_STARTED] * 4, needs=[on(2, 1), on(3, 1), on(3, 4)])
    assert found.frees == {("action", 1): [2]}
    assert dict(found.behind) == {("action", 1): 2, ("action", 4): 1}


def test_what_lets_one_start_comes_before_what_lets_two_that_are_begun_be_finished():
    begun, waits = Status.IN_PROGRESS, Status.NOT_STARTED
    statuses = [waits, begun, begun, waits, waits, waits]
    needs = [on(2, 1, "finish"), on(3, 1, "start"), on(5, 4, "start"), on(6, 1, "finish")]
    found = plan(*statuses, needs=needs)
    assert found.next_to_do() == [("action", 4), ("action", 1)]
    first, then = OrderPage(found).next
    assert ([each.key for each in first.to_start], first.to_finish) == ([5], [])
    assert (then.to_start, [each.key for each in then.to_finish], then.behind) == ([], [2, 3], 3)


def test_what_frees_most_at_once_comes_first_and_what_is_itself_blocked_never():
    needs = [on(2, 1), on(3, 1), on(4, 3), on(6, 5), on(7, 6), on(8, 7), on(9, 8)]
    found = plan(*[Status.NOT_STARTED] * 9, needs=needs)
    assert found.next_to_do() == [("action", 1), ("action", 5)]


def test_of_what_frees_the_same_the_sooner_due_comes_first():
    items = [item(1, due=TODAY), item(2, due=OPENED), item(3), item(4)]
    assert work(items, on(3, 1), on(4, 2)).next_to_do() == [("action", 2), ("action", 1)]


def test_filling_a_post_counts_like_an_action():
    found = plan(*[Status.NOT_STARTED] * 3, needs=[on_post(1, 7), on(2, 1), on_post(3, 8, filled=True)])
    assert found.next_to_do() == [("post", 7)]
    assert found.behind["post", 7] == 2
    page = OrderPage(found)
    assert [(each.post, each.behind) for each in page.next] == [("Post 7", 2)]


def test_what_only_another_plan_waits_on_is_not_offered_on_this_ones_page():
    items = [item(1), item(2), item(3, plan="other"), item(4, plan="other")]
    page = OrderPage(work(items, on(2, 1), on(4, 3), own=[1, 2]))
    assert [each.item.key for each in page.next] == [1]


def test_the_day_of_a_plan_hangs_on_other_plans_too():
    late = item(2, due=TODAY, plan="other")
    found = work([item(1, due=OPENED), late], on(1, 2), own=[1])
    assert found.path == [2, 1]
    assert Forecast(found, NOW).latest == TODAY


def test_what_is_done_is_on_no_path():
    found = work([item(1, due=TODAY), item(2, Status.COMPLETED, due=TODAY)], on(1, 2))
    assert found.path == [1]


def test_what_has_no_day_is_named_beside_the_latest():
    forecast = Forecast(work([item(1, due=TODAY), item(2)]), NOW)
    assert forecast.latest == TODAY
    assert [each.key for each in forecast.undated] == [2]


def test_a_latest_day_that_passed_is_said_to_have_passed():
    forecast = Forecast(work([item(1, due=TODAY - timedelta(days=3))]), NOW)
    assert forecast.passed_by == 3
    assert Forecast(work([item(1, due=TODAY)]), NOW).passed_by == 0


def test_when_all_is_closed_the_day_is_the_last_on_which_something_was():
    closed = [item(1, Status.COMPLETED, since=TODAY), item(2, Status.WITHDRAWN, since=OPENED)]
    forecast = Forecast(work(closed), NOW)
    assert forecast.done_on == TODAY
    assert forecast.latest is forecast.if_it_goes_on is None


@pytest.mark.parametrize(("due", "days"), [(TODAY, 189), (OPENED, 0), (date(2016, 1, 1), -17)])
def test_days_slipped_are_between_the_first_latest_day_and_the_one_of_now(due, days):
    assert Forecast(work([item(1, due=due, first_due=OPENED)]), NOW).slipped == days


def test_what_was_withdrawn_moves_no_date():
    items = [item(1, due=OPENED), item(2, Status.WITHDRAWN, due=TODAY, first_due=OPENED)]
    assert Forecast(work(items), NOW).slipped == 0


def test_what_hangs_on_another_plan_has_not_slipped_while_no_date_was_moved():
    own, other = item(1, due=OPENED), item(2, due=TODAY, plan="other")
    forecast = Forecast(work([own, other], on(1, 2), own=[1]), NOW)
    assert (forecast.first_latest, forecast.latest, forecast.slipped) == (TODAY, TODAY, 0)
    later = item(2, due=TODAY + timedelta(days=9), first_due=TODAY, plan="other")
    assert Forecast(work([own, later], on(1, 2), own=[1]), NOW).slipped == 9


def test_what_another_plans_action_hangs_on_counts_once_it_is_done_too():
    other = item(2, Status.COMPLETED, due=TODAY, plan="other")
    found = work([item(1, due=OPENED), other, item(3, due=NEXT, plan="other")], on(1, 2), own=[1])
    assert Forecast(found, NOW).first_latest == TODAY


def test_what_was_opened_later_changes_no_day_that_was_agreed_first_and_is_told_apart():
    first, added = item(1, due=OPENED), item(2, due=TODAY, opened=date(2016, 6, 1))
    forecast = Forecast(work([first, added]), NOW)
    assert (forecast.first_latest, forecast.latest, forecast.slipped) == (OPENED, TODAY, 0)
    assert forecast.added == [added]
    sooner = item(2, due=date(2016, 1, 2), opened=date(2016, 6, 1))
    assert Forecast(work([first, sooner]), NOW).added == []


def test_what_was_withdrawn_needs_nothing_and_an_action_without_a_day_slips_nothing():
    gone, other = item(1, Status.WITHDRAWN, due=OPENED), item(2, due=TODAY, plan="other")
    forecast = Forecast(work([gone, other, item(3)], on(1, 2), own=[1, 3]), NOW)
    assert (forecast.first_latest, forecast.slipped, forecast.added) == (None, None, [])


def done(number, late):
    """So many completed actions, each so late."""
    return [
        item(100 + n, Status.COMPLETED, due=OPENED, since=OPENED + timedelta(days=late))
        for n in range(number)
    ]


def test_how_slippage_goes_on_is_told_only_from_ten_dated_completions():
    to_do = item(1, due=TODAY)
    assert Forecast(work([to_do, *done(9, 30)]), NOW).if_it_goes_on is None
    assert Forecast(work([to_do, *done(9, 30), item(2, Status.COMPLETED)]), NOW).if_it_goes_on is None
    forecast = Forecast(work([to_do, *done(10, 30)]), NOW)
    assert forecast.slippage == Slippage(10, 30)
    assert forecast.if_it_goes_on == TODAY + timedelta(days=30)


def test_slippage_is_the_middle_of_all_so_one_wild_delay_moves_nothing():
    items = [item(1, due=TODAY), *done(10, 2), item(2, Status.COMPLETED, due=OPENED, since=date(2026, 1, 1))]
    assert Forecast(work(items), NOW).slippage == Slippage(11, 2)


def test_the_second_day_is_never_before_the_agreed_one_and_none_where_it_has_passed():
    moved = item(1, due=TODAY + timedelta(days=90), first_due=OPENED)
    assert Forecast(work([moved, *done(10, 5)]), NOW).if_it_goes_on == moved.due
    past = item(1, due=OPENED)
    assert Forecast(work([past, *done(10, 5)]), NOW).if_it_goes_on is None


def test_early_completions_promise_nothing_sooner():
    to_do = item(1, due=TODAY + timedelta(days=9))
    assert Forecast(work([to_do, *done(10, -40)]), NOW).if_it_goes_on == to_do.due


def test_days_are_said_as_numbers_are():
    assert [in_days(number) for number in (1, 62, 3621)] == ["1 day", "62 days", "3,621 days"]


def test_an_endless_delay_is_still_a_day():
    ages = [item(100 + n, Status.COMPLETED, due=date(1, 1, 1), since=TODAY) for n in range(10)]
    far = item(1, due=date(9999, 1, 1))
    assert Forecast(work([far, *ages]), NOW).if_it_goes_on == date.max


def test_the_drawing_shows_each_once_and_what_is_needed_to_the_left():
    needs = [on(2, 1), on(3, 2), on(3, 1, "finish"), on_post(3, 7)]
    drawing = Drawing(plan(*[Status.NOT_STARTED] * 3, needs=needs), needs)
    assert [box.title for box in drawing.boxes.values()].count("A-1") == 1
    places = {box.title: box.x for box in drawing.boxes.values()}
    assert places["A-1"] < places["A-2"] < places["A-3"]
    assert places["Post 7"] < places["A-3"]
    assert [arrow.to_finish for arrow in drawing.arrows] == [False, False, True, False]
    assert {box.title for box in drawing.boxes.values() if box.on_path} == {"A-1", "A-2", "A-3"}


def test_no_two_boxes_lie_on_each_other_and_all_lie_within_the_drawing():
    needs = [on(key, 1) for key in range(2, 20)]
    drawing = Drawing(plan(*[Status.NOT_STARTED] * 19, needs=needs), needs)
    corners = [(box.x, box.y) for box in drawing.boxes.values()]
    assert len(set(corners)) == 19
    assert max(x for x, _ in corners) < drawing.width
    assert max(y for _, y in corners) < drawing.height


def test_what_nobody_could_follow_is_not_drawn():
    needs = [on(key, 1) for key in range(2, MOST + 2)]
    assert Drawing(plan(*[Status.NOT_STARTED] * (MOST + 1), needs=needs), needs).too_many
    assert not Drawing(plan(*[Status.NOT_STARTED] * MOST, needs=needs[:-1]), needs[:-1]).too_many
