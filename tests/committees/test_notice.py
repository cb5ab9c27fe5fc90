"""How a paper goes out: with which notice, as what, and within which pre-election period."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from governance.committees import services
from governance.committees.models import AgendaItem, Meeting, Paper, Step, Takedown
from governance.committees.modern_gov import facts_of
from governance.core.dates import long_date, today
from tests.committees.conftest import OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.factories_bodies import PeriodFactory, PublicationRuleFactory
from tests.committees.pages import at, days, plainly, planned, read, sent

pytestmark = pytest.mark.django_db
REASON = "The breach was found yesterday"
URGENT = f"Urgent, taken by decision of the chair: {REASON}"


def test_notice_is_said_beside_what_is_asked_for():
    plan = planned(MeetingFactory(held_on=date(2016, 10, 24)))  # published by 14 October
    asked = "of the 5 clear working days that are asked for"
    assert plan.notice_of(date(2016, 10, 13)) == "6 clear working days; 5 asked for"
    assert plan.notice_of(date(2016, 10, 14)) == "5 clear working days; 5 asked for"
    assert plan.notice_of(date(2016, 10, 17)) == f"4 {asked}"
    assert plan.notice_of(date(2016, 10, 24)) == f"0 {asked}"


def test_too_little_notice_is_said_before_issue_and_how_the_paper_goes_out_is_printed_wherever_it_is_read(
    browser_of_clerk, plan, clerk
):
    paper = PaperFactory(plans=[plan], to_come=True)
    issuing, place = at("issue_paper", paper.pk), at("place_paper", paper.pk)
    page = read(browser_of_clerk, issuing)
    assert "0 of the 5 clear working days that are asked for" in page
    assert f'href="{place}">Say how it goes out</a>' in page
    sent(browser_of_clerk, place, kind="urgent", reason=REASON)
    assert f"It goes out like this: {URGENT}" in plainly(read(browser_of_clerk, issuing))
    issue = services.issue(paper, by=clerk)
    assert ["How it goes out", URGENT] in issue.content["front"]
    assert ("How it goes out", URGENT) in facts_of(issue.content)
    for reading, address in (
        (browser_of_clerk, paper.get_absolute_url()),
        (browser_of_clerk, at("agenda_page", paper.pk)),
        (Client(), reverse("published:papers")),
    ):
        assert URGENT in plainly(read(reading, address))


def test_a_paper_in_time_says_nothing_of_how_it_goes_out(browser_of_clerk, plan):
    paper = PaperFactory(plans=[plan], meeting=MeetingFactory(held_on=today() + timedelta(days=60)))
    page = read(browser_of_clerk, at("issue_paper", paper.pk))
    assert "; 5 asked for" in page
    assert "how it goes out" not in page.lower()
    assert "How it goes out" not in dict(services.preview(paper)["front"])


def test_each_day_before_a_meeting_within_a_pre_election_period_is_said(browser_of_clerk, plan):
    meeting = MeetingFactory(held_on=today() + timedelta(days=60))
    draft, due = PaperFactory(meeting=meeting, plans=[plan]), days(meeting)
    period = PeriodFactory(
        kind="pre_election", name="Purdah", from_on=due[Step.FREEZE], until_on=due[Step.FREEZE]
    )
    told = f"Within the pre-election period {period}: figures frozen."
    assert told in plainly(read(browser_of_clerk, meeting.get_absolute_url()))
    period.until_on = due[Step.PUBLICATION]
    period.save()
    told = f"To be published within the pre-election period {period}. Also within it: figures frozen"
    for page in (meeting.get_absolute_url(), draft.get_absolute_url()):
        assert told in plainly(read(browser_of_clerk, page))
    unplanned = read(browser_of_clerk, at("issue_paper", draft.pk))  # it would be published today
    assert "To be published within" not in unplanned
    Paper.objects.filter(pk=draft.pk).update(published_on=due[Step.PUBLICATION])
    assert told in plainly(read(browser_of_clerk, at("issue_paper", draft.pk)))


def test_the_front_sheet_says_the_days_of_the_meeting_that_is_chosen_and_offers_that_of_publication(
    browser_of_clerk, plan
):
    meeting = MeetingFactory(held_on=today() + timedelta(days=60))
    PublicationRuleFactory(body=meeting.body, clear_days=7, counts_working=False)
    due = {step: long_date(day) for step, day in days(meeting).items()}
    begin = f"{at('new_paper')}?meeting={meeting.pk}"
    page = read(browser_of_clerk, begin)
    assert f"With 7 clear days of notice: by {due[Step.PUBLICATION]}. Leave empty" in page
    assert f"its calendar says {due[Step.FREEZE]}" in page
    form = browser_of_clerk.get(begin).context["form"]
    assert form["published_on"].value() == days(meeting)[Step.PUBLICATION]
    assert "With the notice that its body asks for" in read(browser_of_clerk, at("new_paper"))
    draft = PaperFactory(meeting=meeting, plans=[plan])
    assert "With 7 clear days of notice" in read(browser_of_clerk, at("edit_paper", draft.pk))


def test_a_planned_day_that_has_passed_is_no_day_of_publication(browser_of_clerk, plan, clerk):
    meeting = MeetingFactory(held_on=today() + timedelta(days=1))
    passed = days(meeting)[Step.PUBLICATION]
    paper = PaperFactory(plans=[plan], meeting=meeting, published_on=passed)
    page = plainly(read(browser_of_clerk, at("issue_paper", paper.pk)))
    assert f"To be published {long_date(today())}" in page
    assert "0 of the 5 clear working days that are asked for" in page
    assert "That is too little notice to go out with the agenda" in page
    assert services.why_not(paper) == ""
    issue = services.issue(paper, by=clerk)
    assert issue.content["dates"]["published"] == today().isoformat()
    assert Paper.objects.get(pk=paper.pk).published_on == today()


def test_of_a_meeting_that_is_over_the_day_that_was_typed_stays(plan, clerk):
    day = date(2016, 10, 14)
    paper = PaperFactory(plans=[plan], as_at=OCTOBER, published_on=day)
    assert services.issue(paper, by=clerk).content["dates"]["published"] == day.isoformat()


def test_nothing_is_to_be_published_within_a_period_that_is_past_or_for_a_meeting_that_is(
    browser_of_clerk, plan
):
    meeting = MeetingFactory(held_on=today() + timedelta(days=1))
    passed, told = days(meeting)[Step.PUBLICATION], "To be published within the pre-election period"
    draft = PaperFactory(plans=[plan], meeting=meeting, published_on=passed)
    pages = [meeting.get_absolute_url(), draft.get_absolute_url(), at("issue_paper", draft.pk)]
    period = PeriodFactory(kind="pre_election", name="Purdah", from_on=passed, until_on=passed)
    assert not [each for each in pages if told in read(browser_of_clerk, each)]
    period.until_on = today()
    period.save()
    assert [each for each in pages if told in read(browser_of_clerk, each)] == pages
    for changed in (
        {"state": "cancelled", "reason": "Snow"},
        {"state": "planned", "reason": "", "held_on": passed},
    ):
        Meeting.objects.filter(pk=meeting.pk).update(**changed)
        assert told not in read(browser_of_clerk, pages[0])


def test_everybody_reads_how_a_paper_went_out_as_issued_and_nothing_once_it_is_withdrawn(
    browser_of_clerk, plan, clerk
):
    paper, public = PaperFactory(plans=[plan], to_come=True), reverse("published:papers")
    AgendaItem.objects.create(paper=paper, kind="urgent", reason=REASON)
    services.issue(paper, by=clerk)
    AgendaItem.objects.filter(paper=paper).update(reason="Named by nobody")
    listed = plainly(read(Client(), public))
    assert URGENT in listed
    assert "Named by nobody" not in listed
    services.take_down(Takedown(paper=paper, authority="Section 5", reason="A name"), by=clerk)
    assert REASON not in plainly(read(Client(), public))
