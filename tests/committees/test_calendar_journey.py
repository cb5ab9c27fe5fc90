"""A committee officer plans a year in Chromium: a body, its meeting, a step fixed, the meeting moved."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from governance.committees.models import FixedStep, Step
from governance.core.dates import long_date, today
from tests.browser import NARROW, axe, sign_in
from tests.cast import play
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.factories_bodies import (
    AttendanceFactory,
    MinutesFactory,
    PeriodFactory,
    PublicationRuleFactory,
    QuestionFactory,
    ReportingLineFactory,
    SeatFactory,
)
from tests.committees.pages import parts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def type_day(page, day):
    for name, value in parts("held_on", day).items():
        page.locator(f"[name={name}]").fill(str(value))


def test_an_officer_plans_a_year_and_moves_a_meeting(page):
    clerk, day = play("committee_officer", "committee_officer"), today() + timedelta(days=60)
    meeting = MeetingFactory(held_on=day)
    PaperFactory(meeting=meeting, title="Progress to date")
    PaperFactory(meeting=MeetingFactory(body=meeting.body, held_on=today() + timedelta(days=1)))
    for make in (AttendanceFactory, QuestionFactory, MinutesFactory):
        make(meeting=meeting)
    for make in (SeatFactory, ReportingLineFactory):
        make(body=meeting.body)
    PublicationRuleFactory(body=meeting.body)
    PeriodFactory(kind="pre_election", from_on=day, until_on=day)
    fixed = meeting.held_on - timedelta(days=30)
    FixedStep.objects.create(meeting=meeting, step=Step.FREEZE, due_on=fixed, reason="Leave")

    sign_in(page, clerk)
    page.goto("/papers/")
    page.get_by_role("link", name="Work programme").click()
    expect(page.get_by_text("Late.").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name=str(meeting), exact=True).click()
    expect(page.get_by_role("heading", name="When papers are due")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Move it to another day").click()
    type_day(page, day + timedelta(days=7))
    page.get_by_label("Why are you making this change?").fill("The chair is away")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"Left as fixed by hand: Figures frozen: {long_date(fixed)}")).to_be_visible()
    for address in ("/bodies/", meeting.body.get_absolute_url(), "/publication-calendar/"):
        page.goto(address)
        axe(page)
    page.set_viewport_size(NARROW)
    for address in (
        "/bodies/", meeting.body.get_absolute_url(), "/publication-calendar/", "/work-programme/",
        meeting.get_absolute_url(), f"{meeting.get_absolute_url()}minutes/1/",
        f"{meeting.get_absolute_url()}attendance/",
        "/publication-calendar/rules/new/",
    ):  # fmt: skip
        page.goto(address)
        axe(page)
