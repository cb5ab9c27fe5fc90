"""Views of a plan are saved under a name, for its table and its board, by whoever reads the plan."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from actions.models import Recommendation, Status
from governance.people.models import SavedView
from tests.actions.pages import a_plan, an_action, plan_page, recommendation, text, told
from tests.cast import signed_in
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db
MARCH = date(2016, 3, 1)


def views(plan):
    return reverse("actions:views", args=[plan.code])


def board(plan, **asked):
    return f"{reverse('actions:board', args=[plan.code])}?{urlencode(asked, doseq=True)}"


def save(person, plan, name="Mine", query="status=completed", **more):
    return signed_in(person).post(views(plan), {"name": name, "query": query} | more)


def columns(page):
    return {each.status: [row.action.reference for row in each.cards] for each in page.context["columns"]}


@pytest.fixture
def plan(db):
    plan = a_plan()
    for n in range(4):
        an_action(plan, reference=f"V-{n}", title="Train" if n else "Write")
    for n in (0, 1):
        told(plan.actions.get(reference=f"V-{n}"), Status.COMPLETED, MARCH)
    return plan


# Saved views


def test_a_view_is_saved_and_opens_table_and_board_with_its_filters(ig_officer, plan):
    answer = save(ig_officer, plan, query="q=train&status=completed&page=2")
    assert answer.url == f"{plan.get_absolute_url()}?q=train&status=completed"
    browser = signed_in(ig_officer)
    for address in (plan.get_absolute_url(), board(plan)):
        page = browser.get(address)
        (view,) = page.context["plan"].saved_views
        assert view == {"name": "Mine", "query": "q=train&status=completed", "is_shared": False}
        assert f'{address.partition("?")[0]}?q=train&amp;status=completed">Mine' in text(page)


def test_views_of_one_plan_are_not_those_of_another(ig_officer, plan):
    other = PlanFactory()
    save(ig_officer, plan)
    assert save(ig_officer, other).status_code == 302
    assert "Choose another name" in text(save(ig_officer, plan))
    page = signed_in(ig_officer).get(plan.get_absolute_url())
    assert len(page.context["plan"].saved_views) == 1
    number = SavedView.objects.get(register=f"plan-{other.pk}").pk
    address = reverse("actions:remove_view", args=[plan.code, number])
    assert signed_in(ig_officer).post(address).status_code == 404


def test_a_view_is_shared_by_those_who_keep_the_plans_and_read_by_all_who_read_it(ig_officer, auditor, plan):
    save(ig_officer, plan, name="Ours", is_shared="on")
    save(ig_officer, plan, name="Mine")
    save(auditor, plan, name="Theirs", is_shared="on")
    read = signed_in(auditor).get(plan.get_absolute_url()).context["plan"].saved_views
    assert [(each["name"], each["is_shared"]) for each in read] == [("Ours", True), ("Theirs", False)]


def test_a_view_is_taken_off_by_whoever_saved_it_a_shared_one_also_by_keepers(
    ig_officer, records_manager, auditor, plan
):
    save(ig_officer, plan, name="Ours", is_shared="on")
    address = reverse("actions:remove_view", args=[plan.code, SavedView.objects.get().pk])
    assert address not in text(signed_in(auditor).get(views(plan)))
    assert signed_in(auditor).post(address).status_code == 403
    assert address in text(signed_in(records_manager).get(views(plan)))
    assert "It goes for all who read the plan" in text(signed_in(records_manager).get(address))
    assert signed_in(records_manager).post(address).url == views(plan)
    assert not SavedView.objects.exists()
    assert SavedView.history.filter(history_type="-").exists()


def test_saved_views_take_no_further_query(ig_officer, plan, django_assert_max_num_queries):
    browser, asked = signed_in(ig_officer), []
    browser.get(plan.get_absolute_url())
    for name in ("One", "Another"):
        with django_assert_max_num_queries(12) as found:
            browser.get(plan.get_absolute_url())
        asked.append(len(found))
        save(ig_officer, plan, name=name)
    assert asked[0] == asked[1]


# The board


def test_the_board_obeys_the_filters_of_the_table(ig_officer, plan):
    browser = signed_in(ig_officer)
    page = browser.get(board(plan, q="train"))
    assert columns(page)[Status.COMPLETED] == ["V-1"]
    assert columns(page)[Status.NOT_STARTED] == ["V-2", "V-3"]
    page = browser.get(board(plan, status=["completed", "withdrawn"]))
    assert columns(page)[Status.NOT_STARTED] == []
    assert "None that matches" in text(page)


def test_what_matches_on_the_board_is_what_the_table_lists(ig_officer, plan):
    browser = signed_in(ig_officer)
    shown = browser.get(board(plan, q="train")).context["columns"]
    assert (
        sum(each.matching for each in shown)
        == browser.get(plan_page(plan, "q=train")).context["listed"].count
    )
    for each in shown:
        table = browser.get(plan_page(plan, f"q=train&status={each.status}")).context["listed"]
        assert table.count == each.matching


def test_the_figures_of_the_board_count_the_whole_plan_whatever_is_filtered(ig_officer, plan):
    page = signed_in(ig_officer).get(board(plan, q="train"))
    done = next(each for each in page.context["columns"] if each.status == Status.COMPLETED)
    assert (done.figure.value, done.matching) == (2, 1)
    assert f'href="{plan.get_absolute_url()}?q=train&amp;status=completed"' in text(page)
    assert "match your filters" not in text(signed_in(ig_officer).get(board(plan)))


def test_the_board_and_the_table_lead_to_each_other_with_their_filters(ig_officer, plan):
    browser = signed_in(ig_officer)
    there = f"{reverse('actions:board', args=[plan.code])}?q=train&amp;status=completed"
    assert there in text(browser.get(plan_page(plan, "q=train&status=completed")))
    back = f'{plan.get_absolute_url()}?q=train">table'
    assert back in text(browser.get(board(plan, q="train")))


def test_what_a_filter_of_the_board_cannot_be_is_said(ig_officer, plan):
    page = signed_in(ig_officer).get(board(plan, status="nonsense", colour="pink"))
    assert page.status_code == 200
    assert "There is a problem" in text(page)


# Searching


def test_a_search_finds_the_words_of_a_recommendation_that_the_reader_may_open(ig_officer, plan):
    action = plan.actions.get(reference="V-2")
    action.recommendation = recommendation(plan, "Appoint somebody")
    action.save()
    listed = signed_in(ig_officer).get(plan_page(plan, "q=appoint")).context["listed"]
    assert [row.action.reference for row in listed.page] == ["V-2"]


def test_a_search_tells_nothing_of_a_recommendation_that_the_reader_may_not_open(owner):
    closed = Recommendation.objects.create(audit=a_plan().audit, reference="S01", text="A secret weakness")
    owner.action.recommendation = closed
    owner.action.save()
    browser = signed_in(owner)
    assert browser.get(closed.get_absolute_url()).status_code == 404
    for address in (
        owner.action.plan.get_absolute_url(),
        reverse("actions:board", args=[owner.action.plan.code]),
    ):
        page = browser.get(f"{address}?q=secret")
        assert page.context["filter"].qs.count() == 0
        assert owner.action.reference not in text(page)
    assert browser.get(f"{address}?q={owner.action.reference}").context["filter"].qs.count() == 1
