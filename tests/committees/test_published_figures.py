"""A figure of an issued paper opened: its rows, and what was corrected since."""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import Status
from governance.committees import services
from governance.core.dates import long_date, today
from tests.cast import play, signed_in
from tests.committees.conftest import OCTOBER
from tests.committees.factories import PaperFactory
from tests.committees.pages import address, figure, plainly, read
from tests.factories import ScopeAreaFactory

pytestmark = pytest.mark.django_db


def test_a_figure_of_the_summary_leads_to_exactly_its_rows(browser_of_clerk, paper):
    completed = figure(paper, "completed")
    assert f'href="{address(completed)}">4 completed</a>' in read(browser_of_clerk, paper.get_absolute_url())
    page = read(browser_of_clerk, address(completed))
    assert page.count('<th scope="row"><a') == 4
    assert "As published: asked again for the same moment, the registers give the same 4 today." in page
    for entry in completed.listed():
        assert entry.reference in page


def test_further_completed_opens_those_that_came_in(browser_of_clerk, paper):
    page = read(browser_of_clerk, address(figure(paper, "completed", "entered")))
    assert page.count('<th scope="row"><a') == 3
    assert "ICO-1<" not in page


def test_every_row_says_who_knew_what_when(browser_of_clerk, paper):
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    for words in ("1 September 2016", "from: Action plan workbook", "Completed"):
        assert words in page


def test_titles_are_as_they_were_when_the_paper_was_issued(browser_of_clerk, paper, plan):
    before = plan.actions.get(reference="ICO-1").title
    plan.actions.filter(reference="ICO-1").update(title="Renamed since")
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    assert before in page
    assert "Renamed since" not in page


def the_action(reference):
    return f'<a class="govuk-link" href="{reverse("actions:action", args=[reference])}">{reference}</a>'


def test_a_figure_corrected_since_says_by_whom_and_why_and_leads_to_the_action(
    browser_of_clerk, paper, plan, clerk
):
    action = plan.actions.get(reference="ICO-4")
    made = action.correct(action.standing(), by=clerk, reason="Wrong line.", status=Status.IN_PROGRESS)
    why = f"corrected on {long_date(today())} by {made.recorded_as}, because “Wrong line”."
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    assert "As published: asked again for the same moment, the registers give the same 4 today." in page
    assert f"3 as known today. ICO-4 is no longer counted: {why}" in plainly(page)
    assert the_action("ICO-4") in page
    page = read(browser_of_clerk, address(figure(paper, "in_progress")))
    assert f"1 as known today. ICO-4 is now counted: {why}" in plainly(page)


def test_an_unchanged_value_that_rests_on_a_corrected_update_says_still(browser_of_clerk, paper, plan, clerk):
    for number, reference in enumerate(("ICO-4", "ICO-3"), 1):
        action = plan.actions.get(reference=reference)
        action.correct(action.standing(), by=clerk, reason="Wrong line", status=Status.IN_PROGRESS)
        page = plainly(read(browser_of_clerk, address(figure(paper, "total"))))
        updates = "One action in it now rests on a corrected update."
        if number == 2:
            updates = "2 actions in it now rest on corrected updates."
        assert f"Still 5. {updates} " in page
        assert f"{reference}, corrected on {long_date(today())} by" in page
    assert "Corrected since" not in page


def test_a_report_that_came_late_is_named_as_one(browser_of_clerk, paper, plan, clerk):
    day = date(2016, 9, 2)
    plan.actions.get(reference="ICO-5").report(Status.COMPLETED, effective_on=day, by=clerk)
    page = plainly(read(browser_of_clerk, address(figure(paper, "completed"))))
    assert f"5 as known today. ICO-5 is now counted: reported on {long_date(today())} by" in page
    assert "with effect from 2 September 2016." in page
    page = plainly(read(browser_of_clerk, address(figure(paper, "total"))))
    assert "Still 5. One action in it now rests on another update. ICO-5, reported on" in page


def test_a_record_that_never_was_so_is_corrected_back_with_its_reason(browser_of_clerk, paper, plan, clerk):
    action = plan.actions.get(reference="ICO-3")
    action.correct(action.standing(), by=clerk, reason="It was another action", void=True)
    page = plainly(read(browser_of_clerk, address(figure(paper, "completed"))))
    assert "3 as known today. ICO-3 is no longer counted: corrected on" in page
    assert "because “It was another action”." in page


def test_corrections_of_actions_that_may_not_be_opened_are_counted_not_named(paper, plan, clerk):
    action = plan.actions.get(reference="ICO-4")
    action.correct(action.standing(), by=clerk, reason="Secret reason", status=Status.IN_PROGRESS)
    page = read(signed_in(play("portfolio_holder", "portfolio_holder")), address(figure(paper, "completed")))
    assert "3 as known today." in page
    assert "1 that you may not open." in page
    assert "ICO-4" not in page
    assert "Secret reason" not in page


def test_a_row_of_a_figure_opens_its_action_at_the_moment_of_the_paper(browser_of_clerk, paper, plan, clerk):
    day = OCTOBER.isoformat()
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    at = f"{reverse('actions:action', args=['ICO-4'])}?as_at={day}&amp;known_at={day}"
    assert f'href="{at}">ICO-4</a>' in page
    action = plan.actions.get(reference="ICO-4")
    action.correct(action.standing(), by=clerk, reason="Wrong line", status=Status.NOT_STARTED)
    then = browser_of_clerk.get(at.replace("&amp;", "&"))
    assert then.context["moment"].as_at == OCTOBER


def test_a_figure_that_would_not_be_the_same_says_so(browser_of_clerk, paper, plan):
    area = ScopeAreaFactory(audit=plan.audit)
    plan.actions.filter(reference="ICO-1").update(scope_area=area)
    page = read(browser_of_clerk, address(figure(paper, "completed", scope_area_id=None)))
    assert "Not as published" in page
    assert "give 3 today" in page


def test_a_scope_area_by_another_name_is_still_the_one_that_was_counted(browser_of_clerk, clerk, plan):
    area = ScopeAreaFactory(audit=plan.audit, code="governance", title="Governance")
    plan.actions.filter(reference__in=["ICO-1", "ICO-2"]).update(scope_area=area)
    paper = services.issue(PaperFactory(plans=[plan]), by=clerk, frozen_on=OCTOBER).paper
    area.title = "Leadership"
    area.save()
    counted = figure(paper, "completed", scope_area_id=area.pk)
    page = read(browser_of_clerk, address(counted))
    assert "As published: asked again for the same moment, the registers give the same 2 today." in page
    assert "as known today, the figure as at 12 October 2016 is 2" in page
    assert "Actions completed: Governance: 2" in page
    assert "Leadership" not in page


def test_rows_that_may_not_be_opened_are_counted_not_shown(paper):
    holder = signed_in(play("portfolio_holder", "portfolio_holder"))
    page = read(holder, address(figure(paper, "completed")))
    assert "4 that you may not open" in page
    assert "ICO-1" not in page
