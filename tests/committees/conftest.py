"""A small plan with a history of its own: three papers' worth of moments."""

from datetime import date, datetime, time, timedelta

import pytest

from actions.models import Status
from governance.committees import services
from governance.committees.models import Paper, PaperSection
from governance.committees.services import clearance
from governance.core.dates import LONDON, today
from tests.cast import play, signed_in
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.factories import ActionFactory, PlanFactory, UserFactory

JULY, OCTOBER = date(2016, 7, 13), date(2016, 10, 12)


def noon(day):
    return datetime.combine(day, time(12), tzinfo=LONDON)


def brought_in(day):
    """Known on an earlier day, by a document."""
    return {"known_at": noon(day), "source_document": "Action plan workbook"}


def report(action, status, day, by):
    return action.report(status, effective_on=day, by=by, **brought_in(day))


@pytest.fixture
def officer(db):
    return UserFactory()


@pytest.fixture
def plan(officer):
    """Five actions. By July one is completed and two are in progress; by October four are completed."""
    plan = PlanFactory(code="ico", title="Plan following the audit")
    opened = {"opened_on": date(2015, 3, 2), "by": officer} | brought_in(date(2015, 3, 2))
    a, b, c, d, _ = (ActionFactory(plan=plan, reference=f"ICO-{n}", **opened) for n in range(1, 6))
    report(a, Status.COMPLETED, date(2016, 5, 3), officer)
    report(b, Status.IN_PROGRESS, date(2016, 5, 4), officer)
    report(c, Status.IN_PROGRESS, date(2016, 5, 5), officer)
    for action in (b, c, d):
        report(action, Status.COMPLETED, date(2016, 9, 1), officer)
    return plan


@pytest.fixture
def july(plan, officer):
    meeting = MeetingFactory(held_on=date(2016, 7, 25))
    return services.issue(PaperFactory(meeting=meeting, plans=[plan]), by=officer, frozen_on=JULY)


@pytest.fixture
def october(july, plan, officer):
    return services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)


@pytest.fixture
def clerk(db):
    return play("committee_officer", "committee_officer")


@pytest.fixture
def browser_of_clerk(clerk):
    return signed_in(clerk)


@pytest.fixture
def paper(plan, clerk):
    services.issue(
        PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan]),
        by=clerk,
        frozen_on=JULY,
    )
    paper = PaperFactory(plans=[plan])
    PaperSection.objects.create(paper=paper, position=1, heading="Executive summary", text="{{summary}}")
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    return Paper.objects.get(pk=paper.pk)


@pytest.fixture
def finance(db):
    return play("finance_director", "finance_approver")


@pytest.fixture
def draft(plan, clerk):
    """A draft of the clerk with two sections; finance clears one of them."""
    draft = PaperFactory(plans=[plan], to_come=True, created_by=clerk)
    draft.sections.create(position=1, number="1", heading="Background", text="As it was")
    draft.sections.create(position=2, number="2", heading="Costs", text="None", clearance="finance")
    return draft


@pytest.fixture
def sent(draft, finance, clerk):
    """Sent to the finance director."""
    clearer = clearance.name_clearer(draft, post=finance.post, part="finance")
    clearance.send(draft, [clearer], by=clerk)
    return clearer


@pytest.fixture
def sent_before(draft, finance, clerk):
    """Sent to the finance director two days ago, as a letter says."""
    clearer = clearance.name_clearer(draft, post=finance.post, part="finance")
    clearance.send(draft, [clearer], by=clerk, sent_on=today() - timedelta(2), document="Letter")
    return clearer
