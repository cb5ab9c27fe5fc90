"""Due dates in papers: printed as they stood, and never moved behind a paper that went out."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from actions.models import Status
from governance.committees import services
from governance.core.refusals import rule_of
from tests.actions.factories_overlap import overlap_of
from tests.actions.moving import move
from tests.committees.conftest import OCTOBER, brought_in, report
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.factories import ActionFactory, PlanFactory

pytestmark = pytest.mark.django_db
JUNE, DECEMBER, MARCH = date(2016, 6, 30), date(2016, 12, 31), date(2017, 3, 31)
SEPTEMBER, NOVEMBER = date(2016, 9, 1), date(2016, 11, 1)
OPENED = date(2015, 3, 2)
RULE = "known after the last freeze"


def opened(plan, reference, **facts):
    return ActionFactory(plan=plan, reference=reference, opened_on=OPENED, **brought_in(OPENED), **facts)


@pytest.fixture
def dated(plan):
    """Due in June; in September it got until December, in November until March."""
    action = opened(plan, "ICO-6", due_on=JUNE)
    move(action, DECEMBER, on=SEPTEMBER, **brought_in(SEPTEMBER))
    move(action, MARCH, on=NOVEMBER, **brought_in(NOVEMBER))
    return action


def due_in(issue, action):
    (row,) = (row for row in issue.content["plans"][0]["appendix"] if row["reference"] == action.reference)
    return row["due"]


@pytest.mark.parametrize(
    ("frozen", "due"),
    [(date(2016, 7, 13), "2016-06-30"), (OCTOBER, "2016-12-31"), (date(2016, 12, 1), "2017-03-31")],
)
def test_a_paper_prints_the_due_date_that_stood_when_it_was_frozen(dated, plan, officer, frozen, due):
    paper = PaperFactory(meeting=MeetingFactory(held_on=date(2016, 12, 5)), plans=[plan])
    assert due_in(services.issue(paper, by=officer, frozen_on=frozen), dated) == due


def test_a_date_moved_back_in_time_but_learned_later_is_in_no_earlier_paper(plan, officer):
    action = opened(plan, "ICO-6", due_on=JUNE)
    move(action, DECEMBER, on=SEPTEMBER, **brought_in(NOVEMBER))
    issue = services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)
    assert due_in(issue, action) == "2016-06-30"


def test_a_paper_leaves_empty_what_had_no_date(plan, officer):
    action = opened(plan, "ICO-6")
    move(action, MARCH, on=NOVEMBER)
    issue = services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)
    assert due_in(issue, action) == ""


def refused(act):
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    assert rule_of(error.value) == RULE


def test_no_date_is_moved_as_known_before_the_last_freeze(october, plan):
    action = plan.actions.get(reference="ICO-5")
    refused(lambda: move(action, DECEMBER, on=SEPTEMBER, **brought_in(date(2016, 10, 11))))
    action.refresh_from_db()
    assert action.due_on is None
    move(action, DECEMBER, on=SEPTEMBER, **brought_in(date(2016, 10, 13)))
    move(action, MARCH, on=SEPTEMBER)


def test_no_overlap_is_said_as_known_before_the_last_freeze_on_the_plan_of_either(october, plan):
    printed, earlier = plan.actions.get(reference="ICO-5"), brought_in(date(2016, 10, 11))
    other = opened(PlanFactory(), "OTH-1")
    before = opened(PlanFactory(), "OTH-2")
    refused(lambda: overlap_of(printed, other, **earlier))
    refused(lambda: overlap_of(other, printed, **earlier))
    overlap_of(other, before, **earlier)
    overlap_of(printed, other, **brought_in(date(2016, 10, 13)))


def test_the_plan_of_the_second_of_a_pair_is_asked_too(officer, plan):
    first, second = opened(PlanFactory(), "OTH-1"), opened(PlanFactory(code="later"), "OTH-2")
    assert first.pk < second.pk
    services.issue(PaperFactory(plans=[second.plan]), by=officer, frozen_on=OCTOBER)
    refused(lambda: overlap_of(first, second, **brought_in(date(2016, 10, 11))))


def test_progress_is_held_against_the_freeze_as_before(october, plan, officer):
    action = plan.actions.get(reference="ICO-5")
    refused(lambda: report(action, Status.IN_PROGRESS, date(2016, 10, 11), officer))
