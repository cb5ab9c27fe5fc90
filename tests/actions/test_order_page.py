"""The page of a plan's order of work: read from the registers, for who may read it, as it was known."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from actions.figures.order import blocked, due_before, for_decision
from actions.models import Status
from actions.representations.asking_work import work_of
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.models import PostHolding
from tests.actions.factories_order import NeedFactory
from tests.actions.moving import move
from tests.actions.pages import (
    OPENED,
    a_plan,
    action_page,
    an_action,
    known,
    text,
    told,
    vacant_post,
    wait,
)
from tests.cast import signed_in
from tests.factories import ActionFactory, PlanFactory, PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db
MARCH, MAY, JULY = date(2016, 3, 1), date(2016, 5, 2), date(2016, 7, 25)


def order_page(plan, asked=""):
    return f"{reverse('actions:order', args=[plan.code])}{asked and '?'}{asked}"


@pytest.fixture
def plan():
    """T-2 waits to start on T-1, T-3 to finish on T-2 and a vacant post; T-4 waits on a withdrawn action."""
    plan = a_plan(title="Plan of 2016")
    one, two, three, four, gone = (
        an_action(plan, reference=f"T-{n}", title=f"Title {n}", due_on=day)
        for n, day in enumerate((MARCH, MAY, JULY, None, None), start=1)
    )
    wait(two, "start", needs_action=one)
    wait(three, "finish", needs_action=two)
    wait(three, "finish", needs_post=vacant_post())
    wait(four, "start", needs_action=gone)
    told(three, Status.IN_PROGRESS, MARCH)
    told(gone, Status.WITHDRAWN, MARCH)
    return plan


def keys(figure, plan, moment=None):
    rows = figure.rows(moment or Moment.now(), Scope(plans=(plan.code,)))
    return sorted(rows.values_list("action__reference", flat=True))


def counted(person, plan):
    """What is blocked, waits for a decision, and is due before what it waits on, as the page counts it."""
    return [figure.value for figure in signed_in(person).get(order_page(plan)).context["figures"]]


def test_the_page_says_when_what_it_hangs_on_and_what_to_do_next(plan, ig_officer):
    page = text(signed_in(ig_officer).get(order_page(plan)))
    for said in (
        "By <strong>25 July 2016</strong>",
        "That day passed",
        "and the post of Records Manager to be filled",
        "Fill the post of Records Manager",
        "it has not been moved",
        "that takes 10 completed actions",
        "T-4 Title 4",
        "withdrawn, so decide what it needs instead",
        'aria-label="Drawing of what waits on what"',
    ):
        assert said in page


def test_what_is_blocked_is_said_alike_by_the_figure_and_the_page(plan, ig_officer):
    assert keys(blocked, plan) == ["T-2", "T-3"]
    work = work_of(plan, Moment.now(), ig_officer)
    assert sorted(work.items[key].reference for key in work.blocked) == ["T-2", "T-3"]
    assert counted(ig_officer, plan) == [2, 1, 0]
    assert [work.items[key].reference for key in work.path] == ["T-1", "T-2", "T-3"]


def test_what_began_while_it_waits_is_told_so_without_a_reason_that_may_be_of_another_need(plan, ig_officer):
    told(plan.actions.get(reference="T-2"), Status.IN_PROGRESS, MAY, waiver="The board wants it now")
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert 'To start<br><span class="app-meta">begun already</span>' in page
    assert "The board wants it now" not in page
    assert 'Begun already: <span class="app-nowrap">T-2' in page
    assert keys(blocked, plan) == ["T-2", "T-3"]


def test_the_figures_and_the_page_agree_whatever_the_statuses(ig_officer):
    plan = a_plan()
    actions = [an_action(plan, due_on=date(2016, 1 + n * 5 % 12, 1)) for n in range(12)]
    for n, action in enumerate(actions):
        for step, needed in (("start", actions[(n + 1) % 12]), ("finish", actions[(n + 5) % 12])):
            if actions.index(needed) > n:
                wait(action, step, needs_action=needed)
    for n, action in enumerate(actions):
        if status := [None, *list(Status)[1:]][n % 5]:
            told(action, status, MARCH, waiver="As agreed")
    work = work_of(plan, Moment.now(), ig_officer)
    assert keys(blocked, plan) == sorted(work.items[key].reference for key in work.blocked)
    waiting = {work.items[need.action].reference for need in work.for_decision}
    assert keys(for_decision, plan) == sorted(waiting)
    assert counted(ig_officer, plan) == [len(keys(blocked, plan)), 0, len(keys(due_before, plan))]


def test_the_page_counts_as_its_figures_do_whoever_reads_it(plan, ig_officer):
    move(plan.actions.get(reference="T-1"), JULY, on=MARCH, **known(MARCH))
    owner = PostHoldingFactory(post=plan.actions.get(reference="T-2").owner).person
    assert counted(owner, plan) == counted(ig_officer, plan) == [2, 1, len(keys(due_before, plan))]
    assert keys(due_before, plan) == ["T-2"]


def test_what_waits_on_the_withdrawn_is_counted_for_decision_and_never_as_blocked(plan):
    assert keys(for_decision, plan) == ["T-4"]
    assert keys(for_decision, plan, Moment.of(date(2016, 2, 1))) == []
    assert keys(blocked, plan, Moment.of(date(2016, 2, 1))) == ["T-2", "T-4"]


def test_filling_the_post_frees_what_waited_on_it(plan):
    for reference in ("T-1", "T-2"):
        told(plan.actions.get(reference=reference), Status.COMPLETED, MAY, waiver="As agreed")
    assert keys(blocked, plan) == ["T-3"]
    post = plan.actions.get(reference="T-3").dependencies.exclude(needs_post=None).get().needs_post
    PostHolding.objects.create(post=post, person=UserFactory(), from_on=today())
    assert keys(blocked, plan) == []
    assert keys(blocked, plan, Moment.of(today() - timedelta(days=1))) == ["T-3"]


def test_a_past_day_uses_only_what_was_known_by_then(plan, ig_officer):
    before = text(signed_in(ig_officer).get(order_page(plan, "as_at=2016-06-01&known_at=2016-06-01")))
    late = plan.actions.get(reference="T-1")
    move(late, date(2030, 1, 1))
    late.report(Status.COMPLETED, effective_on=MAY, by=ig_officer, waiver="", evidence="Told only now")
    after = text(signed_in(ig_officer).get(order_page(plan, "as_at=2016-06-01&known_at=2016-06-01")))
    assert "By <strong>25 July 2016</strong>" in before
    assert _content(before) == _content(after)


def _content(page):
    return page[page.index("<h1") : page.index("</main>")].replace(_token(page), "")


def _token(page):
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def test_a_date_moved_since_is_told_as_days_slipped(plan, ig_officer):
    last = plan.actions.get(reference="T-3")
    move(last, JULY + timedelta(days=60))
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "First agreed was 25 July 2016: it has slipped by 60 days so far" in page


def test_no_slip_is_told_of_a_plan_that_waits_on_another_and_in_which_no_date_was_moved(ig_officer):
    plan = a_plan()
    wait(an_action(plan, due_on=MARCH), "start", needs_action=an_action(due_on=JULY))
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "First agreed was 1 March 2016" in page
    assert "waits on in other plans, it was 25 July 2016: it has not been moved." in page


def test_the_day_first_agreed_stays_when_an_action_is_opened_later(plan, ig_officer):
    an_action(plan, opened_on=MAY, due_on=date(2016, 12, 1), **known(MAY))
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "By <strong>1 December 2016</strong>" in page
    assert "First agreed was 25 July 2016: it has not been moved. 1 action was added since and is due" in page


def test_a_second_day_is_told_with_its_basis_once_ten_have_been_done(plan, ig_officer):
    for n in range(10):
        told(an_action(plan, reference=f"D-{n}", due_on=MARCH), Status.COMPLETED, MARCH + timedelta(days=20))
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "10 actions were completed that had a first agreed day" in page
    assert "took 20 days or more beyond it" in page


def test_what_is_reported_as_completed_once_more_was_done_when_it_first_was(plan, ig_officer):
    for n in range(10):
        done = an_action(plan, reference=f"D-{n}", due_on=MARCH)
        for on in (MARCH + timedelta(days=20), JULY):
            told(done, Status.COMPLETED, on)
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "took 20 days or more beyond it" in page
    assert "Completed since 21 March 2016" in _without_marks(signed_in(ig_officer).get(action_page(done)))


def _without_marks(response):
    return " ".join(strip_tags(text(response)).split())


def test_what_a_reader_may_not_open_keeps_its_title_and_its_days_to_itself(owner, other_owner):
    theirs = other_owner.action
    NeedFactory(action=owner.action, needs_action=theirs)
    move(theirs, date(2031, 2, 3))
    page = text(signed_in(owner).get(order_page(owner.action.plan)))
    assert f"{theirs.reference}, which you may not open" in page
    assert theirs.title not in page
    assert theirs.get_absolute_url() not in page
    assert theirs.plan.code not in page[page.index("<h1") :]
    assert "2031" not in page
    assert "due before what it waits on" not in page
    assert "It hangs on an action of another plan that you may not open" in page
    move(owner.action, date(2030, 1, 4))
    page = text(signed_in(owner).get(order_page(owner.action.plan)))
    assert "Later than <strong>4 January 2030</strong>, the latest day agreed for what you may open" in page
    assert "2031" not in page
    assert "It cannot be done by then" not in page


@pytest.mark.parametrize(
    "asked", ["as_at=2015-01-01", "as_at=nonsense", "page=99999", "page=%00", "as_at=%00"]
)
def test_what_the_address_says_wrong_is_no_error(plan, ig_officer, asked):
    assert signed_in(ig_officer).get(order_page(plan, asked)).status_code == 200


def test_a_plan_without_actions_and_one_without_an_order_have_a_page(ig_officer):
    browser = signed_in(ig_officer)
    empty = PlanFactory(opened_on=OPENED)
    assert "No action is on this plan yet" in text(browser.get(order_page(empty)))
    assert "Nothing was known of this plan then" in text(browser.get(order_page(empty, "as_at=2016-06-01")))
    alone = text(browser.get(order_page(ActionFactory().plan)))
    assert "no day is agreed for what is open" in alone
    assert "Nothing open waits on anything" in alone


@pytest.mark.parametrize("then", [(), (Status.COMPLETED,), (Status.IN_PROGRESS, Status.COMPLETED)])
def test_all_done_says_since_when(ig_officer, then):
    plan = a_plan()
    one = an_action(plan)
    told(one, Status.COMPLETED, MAY)
    for status in then:
        told(one, status, JULY)
    since = "25 July 2016" if Status.IN_PROGRESS in then else "2 May 2016"
    assert f"All of it is done, since {since}" in text(signed_in(ig_officer).get(order_page(plan)))


@pytest.mark.parametrize("number", [10, 200])
def test_the_page_asks_twelve_queries_whatever_its_size(number, ig_officer, django_assert_max_num_queries):
    plan, post = a_plan(), PostFactory()
    actions = [ActionFactory(plan=plan, owner=post, opened_on=OPENED, due_on=MAY) for _ in range(number)]
    for one, other in pairwise(actions):
        wait(one, "start", needs_action=other)
    wait(actions[0], "start", needs_action=ActionFactory())
    browser = signed_in(ig_officer)
    browser.get(order_page(plan))
    with django_assert_max_num_queries(12):
        page = text(browser.get(order_page(plan)))
    assert ("too much to draw" in page) is (number == 200)
