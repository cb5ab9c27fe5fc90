"""My actions with the next step of each, and reports on many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from actions.figures.order import blocked
from actions.forms.several import NOBODY_REPORTS
from actions.models import Action, Dependency, ProgressUpdate, Status
from actions.permissions.progress import reported_by
from governance.core.dates import long_date, today
from governance.figures.moment import Moment, Scope
from tests.actions.moving import move
from tests.actions.several import MINE, REPORT, of_plan, typed
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import (
    ActionFactory,
    PlanFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db


def steps(person):
    shown = signed_in(person).get(MINE).context["steps"]
    return {step.action.reference: step for step in shown}


def waits_for(action, other, step=Dependency.Step.START):
    return Dependency.objects.create(
        action=action, needs_action=other, holds_up=step, from_on=action.plan.opened_on
    )


# My actions


def test_my_actions_are_those_of_my_posts_that_are_still_to_be_done(owner, other_owner):
    done = ActionFactory(owner=owner.post)
    done.report(Status.COMPLETED, effective_on=done.plan.opened_on, by=owner)
    assert [*steps(owner)] == [owner.action.reference]
    assert other_owner.action.reference not in steps(owner)


def test_those_due_first_stand_at_the_top_and_those_without_a_day_last(owner):
    late = ActionFactory(owner=owner.post, due_on=today() + timedelta(days=9))
    soon = ActionFactory(owner=owner.post, due_on=today() - timedelta(days=1))
    assert [*steps(owner)] == [soon.reference, late.reference, owner.action.reference]
    assert steps(owner)[soon.reference].is_overdue


def test_the_next_step_follows_from_where_the_action_stands(owner):
    action = owner.action
    assert "Start it" in steps(owner)[action.reference].words
    action.report(Status.IN_PROGRESS, effective_on=action.plan.opened_on, by=owner)
    assert "Report how it gets on" in steps(owner)[action.reference].words
    move(action, today() - timedelta(days=1))
    assert "Complete it" in steps(owner)[action.reference].words
    action.report(Status.AWAITING_APPROVAL, effective_on=action.plan.opened_on, by=owner)
    assert "Nobody is named to approve it" in steps(owner)[action.reference].words
    action.plan.approver = PostFactory(title="Director of Resources")
    action.plan.save()
    said = steps(owner)[action.reference].words
    assert said == "Nothing until it is approved by Director of Resources"


def test_what_has_to_come_first_is_named_and_its_title_only_to_who_may_open_it(owner, other_owner):
    waits_for(owner.action, other_owner.action)
    step = steps(owner)[owner.action.reference]
    assert "be started" in step.words
    assert [each.reference for each in step.waiting] == [other_owner.action.reference]
    assert other_owner.action.title not in signed_in(owner).get(MINE).content.decode()


def test_what_is_needed_to_finish_does_not_keep_an_action_from_starting(owner):
    waits_for(owner.action, ActionFactory(owner=owner.post), Dependency.Step.FINISH)
    assert "Start it" in steps(owner)[owner.action.reference].words
    owner.action.report(Status.IN_PROGRESS, effective_on=owner.action.plan.opened_on, by=owner)
    assert "be completed" in steps(owner)[owner.action.reference].words


def test_what_went_ahead_without_what_it_needed_still_waits_for_it(owner, other_owner):
    waits_for(owner.action, other_owner.action)
    owner.action.report(
        Status.IN_PROGRESS, effective_on=owner.action.plan.opened_on, by=owner, waiver="The SIRO decided it"
    )
    step = steps(owner)[owner.action.reference]
    assert "Before it can be completed" in step.words
    assert [each.reference for each in step.waiting] == [other_owner.action.reference]


def test_my_actions_and_the_figure_say_alike_what_is_blocked(owner, other_owner):
    opened, done = owner.action.plan.opened_on, ActionFactory()
    done.report(Status.COMPLETED, effective_on=done.plan.opened_on, by=owner)
    for step in Dependency.Step:
        for status in (Status.NOT_STARTED, Status.IN_PROGRESS, Status.AWAITING_APPROVAL):
            for needed in (other_owner.action, done):
                action = ActionFactory(owner=owner.post, plan=owner.action.plan)
                waits_for(action, needed, step)
                if status != Status.NOT_STARTED:
                    action.report(status, effective_on=opened, by=owner, waiver="As agreed")
    shown = {reference for reference, step in steps(owner).items() if step.waiting}
    counted = blocked.rows(Moment.now(), Scope()).values_list("action__reference", flat=True)
    assert shown == {*counted}
    assert len(shown) == 5


def test_a_row_leads_to_its_report_and_says_what_waits_on_it(owner, other_owner):
    waits_for(other_owner.action, owner.action)
    second = ActionFactory(owner=owner.post, plan=owner.action.plan, title="Train everybody")
    waits_for(second, owner.action, Dependency.Step.FINISH)
    page = signed_in(owner).get(MINE).content.decode()
    assert f'href="{reverse("actions:report", args=[owner.action.reference])}"' in page
    assert f"{other_owner.action.reference}, which you may not open" in page
    behind = steps(owner)[owner.action.reference].behind
    assert {each.title for each in behind} == {"", "Train everybody"}
    second.report(Status.COMPLETED, effective_on=second.plan.opened_on, by=owner, waiver="As agreed")
    assert len(steps(owner)[owner.action.reference].behind) == 1


def test_an_unfilled_post_is_named(owner):
    Dependency.objects.create(
        action=owner.action,
        needs_post=PostFactory(title="Records Manager"),
        holds_up="start",
        from_on=owner.action.plan.opened_on,
    )
    assert "the post of Records Manager" in signed_in(owner).get(MINE).content.decode()


def test_who_owns_no_open_action_is_told_where_to_look(ig_officer):
    page = signed_in(ig_officer).get(MINE).content.decode()
    assert "No action of yours is open" in page


@pytest.mark.parametrize("number", [2, 40])
def test_my_actions_take_as_many_queries_however_many_they_are(owner, django_assert_max_num_queries, number):
    ActionFactory.create_batch(number, owner=owner.post, plan=owner.action.plan)
    browser = signed_in(owner)
    with django_assert_max_num_queries(12):
        assert browser.get(MINE).status_code == 200
    with django_assert_max_num_queries(12):
        assert browser.get(REPORT).status_code == 200


# Who reports on what


def test_the_actions_offered_are_those_on_which_the_rule_lets_a_person_report(cast):
    for who, person in cast.items():
        for action in Action.objects.select_related("owner"):
            offered = reported_by(person, Action.objects.all()).filter(pk=action.pk).exists()
            assert offered is person.has_perm("actions.report_progress", action), (who, action)


# Many at once


def test_several_actions_are_reported_in_one_form(ig_officer):
    plan = PlanFactory()
    first, second, third = ActionFactory.create_batch(3, plan=plan)
    form = typed(
        (first, Status.COMPLETED, "Minute 4"), (second, Status.IN_PROGRESS, ""), (third, "", ""),
        day=plan.opened_on,
    )  # fmt: skip
    answer = signed_in(ig_officer).post(of_plan(plan), form)
    assert answer.url == plan.get_absolute_url()
    standing = {action.pk: action.status for action in plan.actions.all()}
    assert standing == {first.pk: "completed", second.pk: "in_progress", third.pk: "not_started"}
    assert first.latest().evidence == "Minute 4"
    assert third.updates.count() == 1


def test_nothing_reported_is_said_and_nothing_is_saved(owner):
    answer = signed_in(owner).post(REPORT, typed((owner.action, "", "")))
    assert NOBODY_REPORTS in answer.content.decode()


def test_what_is_wrong_names_the_action_since_the_summary_tells_it_far_from_its_row(owner):
    owner.action.plan.approver = PostFactory(title="Director of Resources")
    owner.action.plan.save()
    page = signed_in(owner).post(REPORT, typed((owner.action, Status.COMPLETED, ""))).content.decode()
    assert f"{owner.action.reference}: Director of Resources approves that it is done" in page
    assert f"What shows it, of {owner.action.reference}" in page


@pytest.mark.parametrize(
    ("status", "evidence", "day", "sentence"),
    [
        ("nonsense", "", None, "There is a problem"),
        ("\x00", "", None, "There is a problem"),
        ("", "A minute", None, "or take the words out"),
        ("completed", "x" * 5001, None, "5000"),
        ("completed", "Kept words", date(2199, 1, 1), "There is a problem"),
        ("completed", "Kept words", date(1999, 1, 1), "was opened on"),
    ],
)
def test_what_cannot_be_is_said_at_its_row_and_nothing_is_lost(owner, status, evidence, day, sentence):
    other = ActionFactory(owner=owner.post, plan=owner.action.plan)
    form = typed((owner.action, status, evidence), (other, Status.IN_PROGRESS, "Also kept"), day=day)
    answer = signed_in(owner).post(REPORT, form)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert sentence in page
    assert "Also kept" in page
    assert other.latest().status == Status.NOT_STARTED


def test_one_that_moved_on_holds_all_back_until_it_was_seen(owner):
    action, other = owner.action, ActionFactory(owner=owner.post, plan=owner.action.plan)
    day = action.plan.opened_on
    form = typed((action, Status.COMPLETED, ""), (other, Status.COMPLETED, ""), day=day)
    action.report(Status.IN_PROGRESS, effective_on=day, by=owner)
    browser = signed_in(owner)
    answer = browser.post(REPORT, form)
    assert "meanwhile" in answer.content.decode()
    assert other.latest().status == Status.NOT_STARTED
    seen = form | {f"a{action.pk}-seen": action.latest().pk}
    assert browser.post(REPORT, seen).status_code == 302
    assert {action.latest().status, other.latest().status} == {Status.COMPLETED}


def test_one_that_still_waits_asks_why_and_holds_all_back(owner, other_owner):
    action, other = owner.action, ActionFactory(owner=owner.post, plan=owner.action.plan)
    waits_for(action, other_owner.action)
    form = typed((action, Status.IN_PROGRESS, ""), (other, Status.IN_PROGRESS, ""), day=action.plan.opened_on)
    browser = signed_in(owner)
    page = browser.post(REPORT, form).content.decode()
    day = long_date(action.plan.opened_on)
    assert f"still waited on {day} for {other_owner.action.reference}" in page
    assert other_owner.action.title not in page
    assert other.latest().status == Status.NOT_STARTED
    why = form | {f"a{action.pk}-waiver": "The SIRO decided it"}
    assert browser.post(REPORT, why).status_code == 302
    assert action.latest().waiver == "The SIRO decided it"
    assert other.latest().status == Status.IN_PROGRESS


def test_a_double_click_reports_once(owner):
    form = typed((owner.action, Status.IN_PROGRESS, "Draft sent"), day=owner.action.plan.opened_on)
    for _ in range(2):
        assert signed_in(owner).post(REPORT, form).status_code == 302
    assert owner.action.updates.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_report_on_the_same_actions_at_once_one_is_told(ig_officer, owner):
    actions = [owner.action, ActionFactory(owner=owner.post, plan=owner.action.plan)]
    plan = owner.action.plan
    told = [Status.IN_PROGRESS, Status.COMPLETED]
    forms = [typed(*((each, status, "") for each in actions), day=plan.opened_on) for status in told]

    def send(person, form):
        try:
            return signed_in(person).post(of_plan(plan), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, (owner, ig_officer), forms)) == [200, 302]
    assert ProgressUpdate.objects.filter(action__in=actions).count() == 4


def test_a_plan_without_open_actions_says_so(ig_officer):
    page = signed_in(ig_officer).get(of_plan(PlanFactory())).content.decode()
    assert "There is no open action here on which you report" in page


def test_my_actions_in_a_browser(page, owner):
    other = ActionFactory(owner=owner.post, plan=owner.action.plan, due_on=date(2020, 1, 31))
    waits_for(other, owner.action)
    sign_in(page, owner)
    page.goto(MINE)
    axe(page)
    page.get_by_role("button", name="Report on several").click()
    row = page.get_by_role("row").filter(has_text=owner.action.title)
    row.get_by_label("Status of").select_option(label="In progress")
    axe(page)
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_text("Progress of 1 action reported")).to_be_visible()
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()
