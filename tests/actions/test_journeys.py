"""Walks through the pages of action plans in Chromium, with and without JavaScript, wide and at 320 px."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from actions.models import Status
from governance.core.dates import long_date, today
from governance.demo.bulk import Size, make_register
from governance.people.models import Role
from tests.actions.pages import (
    HOSTILE,
    a_plan,
    action_page,
    an_action,
    area,
    correct_page,
    plan_page,
    recommendation,
    report_page,
    told,
    vacant_post,
    wait,
)
from tests.browser import axe, sign_in
from tests.cast import play, play_owner
from tests.factories import PostFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
MARCH, MAY = date(2016, 3, 1), date(2016, 5, 2)


@pytest.fixture
def officer():
    return play("ig_officer", Role.IG_OFFICER)


@pytest.fixture
def plan():
    """A plan with an action to report on, one that it waits for, and a corrected one."""
    plan = a_plan(title="Plan of 2016")
    training = area(plan, "Training")
    policy = an_action(plan, reference="T-1", title="Write the policy", scope_area=training, due_on=MAY)
    advice = recommendation(plan, "Train everybody", illustrative=True)
    school = an_action(
        plan, reference="T-2", title="Train everybody", scope_area=training, recommendation=advice
    )
    wait(school, "finish", needs_action=policy, note="The policy is what is taught")
    wait(school, "finish", needs_post=vacant_post())
    told(school, Status.IN_PROGRESS, MARCH, evidence="First course held")
    wrong = told(policy, Status.IN_PROGRESS, MARCH, evidence="Draft sent")
    policy.correct(wrong, by=play("records_manager", Role.RECORDS_MANAGER), reason="Never sent", void=True)
    return plan


def test_an_owner_reports_progress_from_the_list_and_comes_back_to_it(any_page):
    owner = play_owner("owner")
    sign_in(any_page, owner)
    any_page.goto("/plans/")
    any_page.get_by_role("link", name=owner.action.plan.title).click()
    any_page.get_by_role("link", name=owner.action.reference).click()
    any_page.get_by_role("button", name="Report progress").click()
    any_page.get_by_label("In progress").check()
    any_page.get_by_label("Evidence").fill("Draft sent to the board")
    any_page.get_by_role("button", name="Report progress").click()
    expect(any_page.get_by_text(f"reported: In progress from {long_date(today())}")).to_be_visible()
    expect(any_page.get_by_text("Draft sent to the board")).to_be_visible()
    axe(any_page)
    any_page.go_back()
    any_page.get_by_label("Completed").check()
    any_page.get_by_role("button", name="Report progress").click()
    expect(any_page.get_by_role("heading", name="You have reported on this already")).to_be_visible()
    axe(any_page)


def test_going_ahead_of_the_order_is_warned_about_and_kept_with_its_reason(any_page, officer, plan):
    sign_in(any_page, officer)
    any_page.goto(report_page(plan.actions.get(reference="T-2")))
    any_page.get_by_label("Completed").check()
    any_page.get_by_role("button", name="Report progress").click()
    expect(any_page.get_by_role("heading", name="This action still waits")).to_be_visible()
    expect(any_page.get_by_role("link", name="T-1 Write the policy")).to_be_visible()
    axe(any_page)
    any_page.get_by_role("button", name="Go ahead all the same").click()
    expect(any_page.get_by_role("link", name="Say why it goes ahead all the same")).to_be_visible()
    axe(any_page)
    any_page.get_by_label("Why does it go ahead all the same?").fill("Agreed by the SIRO")
    any_page.get_by_role("button", name="Go ahead all the same").click()
    expect(any_page.get_by_text("Went ahead before what it waits on: Agreed by the SIRO")).to_be_visible()


def test_two_people_at_once_lose_nothing(any_page, officer, plan):
    action = plan.actions.get(reference="T-1")
    sign_in(any_page, officer)
    any_page.goto(report_page(action))
    any_page.get_by_label("In progress").check()
    any_page.get_by_label("Evidence").fill("My own careful words")
    told(action, Status.AWAITING_APPROVAL, MAY, evidence="Their words")
    any_page.get_by_role("button", name="Report progress").click()
    expect(any_page.get_by_role("heading", name="Somebody else reported on this too")).to_be_visible()
    expect(any_page.get_by_role("cell", name="My own careful words")).to_be_visible()
    expect(any_page.get_by_role("cell", name="Their words")).to_be_visible()
    expect(any_page.get_by_label("Evidence")).to_have_value("My own careful words")
    axe(any_page)
    any_page.get_by_role("button", name="Go on with mine").click()
    expect(any_page.get_by_text("My own careful words")).to_be_visible()
    expect(any_page.get_by_text("Their words")).to_be_visible()


def test_an_officer_corrects_what_was_reported(any_page, officer, plan):
    action = plan.actions.get(reference="T-2")
    sign_in(any_page, officer)
    any_page.goto(action_page(action))
    any_page.get_by_role("link", name=re.compile("Correct this.*In progress from 1 March 2016")).click()
    axe(any_page)
    any_page.get_by_label("All of it: this never happened").check()
    any_page.get_by_label("Why is it corrected?").fill("Another action was meant")
    any_page.get_by_role("button", name="Correct the update").click()
    expect(any_page.get_by_text("Another action was meant")).to_be_visible()
    expect(any_page.get_by_text("taken back: this never happened")).to_be_visible()
    axe(any_page)


def test_finding_sorting_and_going_back_in_time_keep_each_other(any_page, officer, plan):
    sign_in(any_page, officer)
    any_page.goto(plan_page(plan, "sort=-action__reference"))
    any_page.get_by_label("Reference or words").fill("train")
    any_page.get_by_role("button", name="Apply filters").click()
    expect(any_page.get_by_text("1 action matches your filters.")).to_be_visible()
    panel = any_page.locator("details", has_text="Look at a past moment")
    for part, typed in (("day", "1"), ("month", "feb"), ("year", "2016")):
        panel.locator(f"[name=as_at_{part}]").fill(typed)
    any_page.get_by_role("button", name="Show that moment").click()
    expect(any_page.get_by_text("You are looking at")).to_be_visible()
    expect(any_page.locator("tbody").last.get_by_text("Not started")).to_be_visible()
    assert "sort=-action__reference" in any_page.url
    any_page.get_by_role("link", name="Remove this filter").click()
    expect(any_page.get_by_role("link", name="T-1")).to_be_visible()
    any_page.get_by_role("link", name="Back to now").click()
    expect(any_page.get_by_text("You are looking at")).to_have_count(0)
    assert "sort=-action__reference" in any_page.url


STATES = {
    "plans": lambda plan: "/plans/",
    "plan": lambda plan: plan_page(plan),
    "plan, nothing matches": lambda plan: plan_page(plan, "q=zzzz"),
    "plan, filtered": lambda plan: plan_page(plan, "status=in_progress&area=training&overdue=on"),
    "plan, past": lambda plan: plan_page(plan, "as_at=2016-04-01&known_at=2016-04-01"),
    "plan, no such moment": lambda plan: plan_page(plan, "as_at=2015-01-01"),
    "plan, empty": lambda plan: plan_page(a_plan()),
    "plan, many": lambda plan: made_of(60),
    "action": lambda plan: action_page(plan.actions.get(reference="T-2")),
    "action, corrected": lambda plan: action_page(plan.actions.get(reference="T-1")),
    "action, past": lambda plan: action_page(plan.actions.get(reference="T-1"), "as_at=2016-04-01"),
    "report": lambda plan: report_page(plan.actions.get(reference="T-1")),
    "correct": lambda plan: correct_page(plan.actions.get(reference="T-1").latest()),
    "hostile": lambda plan: action_page(
        told(an_action(title=HOSTILE), "in_progress", MARCH, evidence=HOSTILE).action
    ),
}


def made_of(number):
    make_register(Size(actions=number))
    return f"/plans/measuring-{number}/"


def test_every_page_in_every_state_passes_axe_wide_and_at_320_px(page, officer, plan):
    sign_in(page, officer)
    for name, address in STATES.items():
        where = address(plan)
        assert page.goto(where).status == 200, name
        assert page.locator("h1").count() == 1, name
        axe(page)


def test_every_column_of_the_plan_is_in_sight_and_of_its_areas_at_320_px_it_says_where_the_others_are(
    open_page, officer, plan
):
    post = PostFactory(title="Head of Information Governance and Records")
    for status in (Status.AWAITING_APPROVAL, Status.IN_PROGRESS):
        late = an_action(plan, title="Agree who owns which asset", due_on=date(2016, 9, 30), owner=post)
        told(late, status, date(2016, 9, 29))
    for width, areas_beyond in ((1280, False), (320, True)):
        page = open_page(viewport={"width": width, "height": 900})
        sign_in(page, officer)
        page.goto(plan_page(plan))
        for caption, beyond in (("By scope area", areas_beyond), ("Actions of this plan", False)):
            frame = page.get_by_role("region", name=caption)
            assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth") is beyond, caption
            expect(frame.get_by_text("Scroll sideways for all columns")).to_be_visible(visible=beyond)


def test_what_never_happened_asks_for_no_status_date_or_evidence(any_page, officer, plan):
    wrong = plan.actions.get(reference="T-2").latest()
    sign_in(any_page, officer)
    any_page.goto(correct_page(wrong))
    others = [any_page.get_by_label(label) for label in ("Completed", "Year", "Evidence (optional)")]
    for kind, asked in (("Its status, date or evidence", True), ("All of it: this never happened", False)):
        any_page.get_by_label(kind).check()
        for other in others:
            expect(other).to_be_visible(visible=asked)
    axe(any_page)
    any_page.get_by_label("Why is it corrected?").fill("Another course was meant")
    any_page.get_by_role("button", name="Correct the update").click()
    expect(
        any_page.get_by_text("T-2 corrected: In progress from 1 March 2016 never happened")
    ).to_be_visible()


def test_without_a_plan_the_list_passes_axe(page, officer):
    sign_in(page, officer)
    page.goto("/plans/")
    expect(page.get_by_text("There is no action plan that you may open")).to_be_visible()
    axe(page)


def test_a_form_with_errors_leads_to_its_fields_by_keyboard(page, officer, plan):
    sign_in(page, officer)
    page.goto(report_page(plan.actions.get(reference="T-1")))
    page.get_by_label("Year").fill("2999")
    page.get_by_role("button", name="Report progress").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Not started")).to_be_focused()
