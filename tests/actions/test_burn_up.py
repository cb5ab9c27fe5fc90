"""The burn-up of a plan over any period, and the board of its actions."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions import figures
from actions.figures.burn_up import counts_over
from actions.models import Status
from actions.representations.board import MOST_CARDS
from actions.representations.burn_up import MOST_POINTS, days_over, life
from governance.figures.moment import Moment, Scope
from tests.actions.pages import a_plan, an_action, told
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db


def burn_up(plan, asked=""):
    return f"{reverse('actions:burn_up', args=[plan.code])}?{asked}"


def board(plan, asked=""):
    return f"{reverse('actions:board', args=[plan.code])}?{asked}"


@pytest.fixture
def plan():
    """Four actions: one completed in March, one in May, one withdrawn in June, one left."""
    plan = a_plan(title="Plan of 2016")
    actions = [an_action(plan, reference=f"T-{n}", title=f"Task {n}") for n in range(4)]
    told(actions[0], Status.COMPLETED, date(2016, 3, 1))
    told(actions[1], Status.COMPLETED, date(2016, 5, 2))
    told(actions[2], Status.WITHDRAWN, date(2016, 6, 1))
    return plan


def lines(response):
    return {series.name: [*series.values] for series in response.context["chart"].series}


@pytest.mark.parametrize(
    ("first", "last", "points"),
    [(date(2016, 1, 18), date(2016, 1, 18), 1), (date(2016, 1, 18), date(2016, 1, 19), 2),
     (date(2016, 1, 1), date(2016, 1, 25), 25), (date(2016, 1, 1), date(2016, 1, 26), 25),
     (date(2016, 1, 18), date(2026, 11, 22), 25)],
)  # fmt: skip
def test_the_days_of_a_period_are_few_and_evenly_spread_and_hold_both_ends(first, last, points):
    days = days_over(first, last)
    assert (days[0], days[-1]) == (first, last)
    apart = {(after - before).days for before, after in pairwise(days)}
    assert max(apart, default=1) - min(apart, default=1) <= 1
    assert len(days) == points
    assert len(days) <= MOST_POINTS


def test_counts_at_many_moments_are_those_of_the_figures_in_one_query(plan, django_assert_num_queries):
    scope = Scope(plans=(plan.code,))
    moments = [Moment.of(date(2016, month, 15)) for month in (1, 2, 3, 5, 6)]
    with django_assert_num_queries(1):
        found = counts_over(moments, scope)
    for counted, moment in zip(found, moments, strict=True):
        one = figures.counts(moment, scope)
        assert sum(counted.values()) == one["total"]
        assert all(counted.get(status, 0) == one[status] for status in Status)


def test_no_moments_are_no_counts(plan):
    assert counts_over([], Scope()) == []


def test_the_lines_go_from_the_opening_to_the_last_news(ig_officer, plan):
    page = signed_in(ig_officer).get(burn_up(plan))
    chart = page.context["chart"]
    assert (chart.labels[0], chart.labels[-1]) == ("18 Jan 16", "1 Jun 16")
    action = plan.actions.get(reference="T-3")
    told(action, Status.IN_PROGRESS, date(2016, 9, 1))
    action.correct(action.standing(), by=ig_officer, reason="It was another", void=True)
    assert signed_in(ig_officer).get(burn_up(plan)).context["chart"].labels == chart.labels
    found = lines(page)
    assert (found["Actions"][0], found["Actions"][-1]) == (4, 4)
    assert (found["Completed"][0], found["Completed"][-1]) == (0, 2)
    assert (found["Remaining"][0], found["Remaining"][-1]) == (4, 1)


@pytest.mark.parametrize(
    ("reported", "due", "drawn_to"),
    [
        ([(2016, 6, 1)], [], (2016, 6, 1)),
        ([(2016, 6, 1), (2026, 5, 4)], [], (2016, 6, 1)),
        ([(2016, 6, 1), (2026, 5, 4)], [(2017, 3, 31)], (2017, 3, 31)),
        ([(2016, 6, 1), (2018, 5, 4)], [(2017, 3, 31)], (2018, 5, 4)),
        ([(2016, 6, 1), (2017, 9, 1), (2018, 10, 1)], [], (2018, 10, 1)),
        ([(2026, 5, 4)], [], (2026, 5, 4)),
    ],
)
def test_a_plan_is_drawn_to_where_things_moved(reported, due, drawn_to):
    """Not over years in which nothing was reported or due, unless there is nothing else to be seen."""
    found = life(date(2016, 1, 18), [date(*day) for day in reported], [date(*day) for day in due])
    assert found.drawn_to == date(*drawn_to)
    assert found.last == date(*reported[-1])


def test_one_late_report_does_not_stretch_the_lines_and_the_way_to_it_is_told(ig_officer, plan):
    told(plan.actions.get(reference="T-3"), Status.COMPLETED, date(2026, 5, 4))
    browser = signed_in(ig_officer)
    page = browser.get(burn_up(plan))
    assert page.context["chart"].labels[-1] == "1 Jun 16"
    assert "Nothing was reported or due between 1 June 2016 and 4 May 2026" in page.content.decode()
    whole = browser.get(burn_up(plan, "as_at=2026-05-04"))
    assert whole.context["chart"].labels[-1] == "4 May 26"
    assert "Nothing was reported" not in whole.content.decode()
    assert browser.get(burn_up(plan, "from_on=2016-06-10")).context["chart"].labels[-1] == "4 May 26"


def test_what_was_known_before_a_silence_ended_is_not_cut_by_it_and_the_way_to_the_whole_keeps_it(
    ig_officer, plan
):
    told(plan.actions.get(reference="T-3"), Status.COMPLETED, date(2026, 5, 4))
    browser = signed_in(ig_officer)
    for known_at, is_cut in (("2016-05-10", False), ("2018-01-01", False), ("2026-05-04", True)):
        page = browser.get(burn_up(plan, f"known_at={known_at}"))
        assert ("Nothing was reported or due between" in page.content.decode()) is is_cut
    whole = f"?as_at=2026-05-04&amp;known_at={known_at}"
    assert whole in page.content.decode()


def test_any_period_can_be_asked_for(ig_officer, plan):
    page = signed_in(ig_officer).get(burn_up(plan, "from_on=2016-02-29&as_at=2016-03-02"))
    assert page.context["chart"].labels == ["29 Feb 16", "1 Mar 16", "2 Mar 16"]
    assert lines(page)["Completed"] == [0, 1, 1]


def test_the_past_can_be_seen_as_it_was_known_then(ig_officer, plan):
    page = signed_in(ig_officer).get(burn_up(plan, "as_at=2016-05-31&known_at=2016-04-01"))
    assert lines(page)["Completed"][-1] == 1


def test_each_number_opens_its_actions(ig_officer, plan):
    browser = signed_in(ig_officer)
    for series in browser.get(burn_up(plan)).context["chart"].series:
        opened = browser.get(series.hrefs[-1])
        assert opened.context["page"].paginator.count == series.values[-1]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("from_on=2015-01-01", "The plan was opened on"), ("from_on=2016-05-01&as_at=2016-04-01", "ends before"),
     ("from_on=2016-05-01&as_at=2016-05-01", "ends before"), ("from_on=nonsense", "There is a problem"),
     ("as_at=2199-01-01", "There is a problem"), ("from_on=%00", "There is a problem"),
     ("from_on_day=31&from_on_month=2&from_on_year=2016", "There is a problem"),
     ("from_day=1", "“from_day”, which is no part of a period")],
)  # fmt: skip
def test_a_period_that_is_none_is_told_and_the_whole_life_is_shown(ig_officer, plan, asked, sentence):
    page = signed_in(ig_officer).get(burn_up(plan, asked))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert page.context["chart"].labels[-1] == "1 Jun 16"


def test_a_plan_without_actions_is_drawn_too(ig_officer):
    empty = a_plan()
    assert signed_in(ig_officer).get(burn_up(empty)).status_code == 200
    assert signed_in(ig_officer).get(board(empty)).status_code == 200


# The board


def columns(response):
    return {each.status: [row.action.reference for row in each.cards] for each in response.context["columns"]}


def test_the_board_has_a_column_for_each_status(ig_officer, plan):
    found = columns(signed_in(ig_officer).get(board(plan)))
    assert found == {
        Status.NOT_STARTED: ["T-3"], Status.IN_PROGRESS: [], Status.AWAITING_APPROVAL: [],
        Status.COMPLETED: ["T-0", "T-1"], Status.WITHDRAWN: ["T-2"],
    }  # fmt: skip


def test_the_board_of_a_past_day(ig_officer, plan):
    found = columns(signed_in(ig_officer).get(board(plan, "as_at=2016-03-31")))
    assert found[Status.COMPLETED] == ["T-0"]
    assert found[Status.NOT_STARTED] == ["T-1", "T-2", "T-3"]


def test_the_figures_of_the_board_open_their_actions_and_count_all(ig_officer, owner):
    plan = owner.action.plan
    an_action(plan, opened_on=plan.opened_on, owner=PostFactory())
    shown = signed_in(owner).get(board(plan)).context["columns"][0]
    assert (shown.figure.value, len(shown.cards)) == (2, 1)
    assert signed_in(ig_officer).get(shown.figure.href).context["page"].paginator.count == 2


def test_a_long_column_leads_to_the_table(ig_officer):
    plan = a_plan()
    for n in range(MOST_CARDS + 2):
        an_action(plan, reference=f"L-{n:02}")
    page = signed_in(ig_officer).get(board(plan))
    assert len(page.context["columns"][0].cards) == MOST_CARDS
    assert "And 2 more" in page.content.decode()


def test_those_due_first_stand_at_the_top_of_a_column(ig_officer):
    plan = a_plan()
    for reference, due in (("B-1", None), ("B-2", date(2016, 9, 1)), ("B-3", date(2016, 8, 1))):
        an_action(plan, reference=reference, due_on=due)
    assert columns(signed_in(ig_officer).get(board(plan)))[Status.NOT_STARTED] == ["B-3", "B-2", "B-1"]


@pytest.mark.parametrize("address", [burn_up, board])
@pytest.mark.parametrize("number", [3, 60])
def test_pages_of_a_plan_take_as_many_queries_however_long_it_is(
    ig_officer, django_assert_max_num_queries, address, number
):
    plan = a_plan()
    for n in range(number):
        an_action(plan, reference=f"Q-{n}")
    browser = signed_in(ig_officer)
    with django_assert_max_num_queries(12):
        assert browser.get(address(plan)).status_code == 200


def test_burn_up_and_board_in_a_browser(page, ig_officer, plan):
    sign_in(page, ig_officer)
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Burn-up").click()
    expect(page.get_by_role("heading", name="Burn-up")).to_be_visible()
    axe(page)
    page.goto(board(plan))
    expect(page.get_by_role("heading", name=re.compile("^Completed"))).to_be_visible()
    axe(page)
