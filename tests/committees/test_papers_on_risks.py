"""A paper that tells of information risks: its figures, what moved since the last, the rows behind."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Issue, Paper, PublishedFigure
from governance.core.dates import today
from governance.people.models import Role
from risks.services.assessment import correct
from tests.cast import play, signed_in
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import address, parts, plainly, read
from tests.factories import RiskFactory
from tests.risks.factories import cell, score

pytestmark = pytest.mark.django_db


def told(plan, clerk, meeting=None, **facts):
    """A paper on risks, issued for a meeting of today."""
    paper = PaperFactory(
        meeting=meeting or MeetingFactory(held_on=today()), plans=[plan], tells_risks=True, **facts
    )
    return services.issue(paper, by=clerk).paper


def figure(paper, name, movement=""):
    return PublishedFigure.objects.get(paper=paper, key=f"risks.{name}", movement=movement)


@pytest.fixture
def risks(db):
    """Three risks: one above tolerance, one within appetite, one that nobody has scored."""
    made = [RiskFactory(title=f"Of the kind {n}") for n in range(3)]
    score(made[0], 5, 5, reason="The supplier failed a test")
    score(made[1], 1, 1)
    return made


def test_a_paper_says_how_many_risks_there_are_and_how_many_too_many(browser_of_clerk, clerk, plan, risks):
    paper = told(plan, clerk)
    page = read(browser_of_clerk, paper.get_absolute_url())
    assert "Appendix 3: Information risks in figures" in page
    table = page[page.index("<caption>Information risks<") :]
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="paper-count"><a [^>]*>(\d+)</a>', table)
    assert dict(rows)["Risks above appetite"] == "1"
    assert dict(rows)["Information risks"] == "3"
    assert "Risks not scored <code>risks.unscored</code>" in page, "the ledger says each with its key"
    assert risks[0].title not in page, "a paper tells numbers, no titles"


def test_every_number_of_the_ledger_has_its_rows(clerk, plan, risks):
    paper = told(plan, clerk)
    of_risks = PublishedFigure.objects.of_risks().filter(paper=paper)
    values = {each.key: each.value for each in of_risks}
    assert values == {
        "risks.total": 3,
        "risks.above_appetite": 1,
        "risks.above_tolerance": 1,
        "risks.overdue_review": 2,
        "risks.unscored": 1,
        "risks.ownerless": 3,
    }
    assert all(each.entries.count() == each.value for each in of_risks)
    positions = list(PublishedFigure.objects.filter(paper=paper).values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_a_paper_that_is_not_asked_to_has_no_word_of_risks(browser_of_clerk, clerk, plan, risks):
    paper = services.issue(PaperFactory(plans=[plan], to_come=True), by=clerk).paper
    assert not PublishedFigure.objects.of_risks().exists()
    assert "risks" not in Issue.objects.get(paper=paper).content
    assert "Information risks" not in read(browser_of_clerk, paper.get_absolute_url())


def test_the_next_paper_to_the_body_says_what_moved_since(browser_of_clerk, clerk, plan, risks):
    meeting = MeetingFactory(held_on=today() - timedelta(days=1))
    before = PaperFactory(meeting=meeting, plans=[plan], tells_risks=True)
    services.issue(before, by=clerk, frozen_on=today() - timedelta(days=1))
    paper = told(plan, clerk, MeetingFactory(body=meeting.body, held_on=today()))
    assert figure(before, "total").value == 0
    assert figure(paper, "total", "entered").value == 3
    assert figure(paper, "above_tolerance", "entered").earlier == figure(before, "above_tolerance")
    assert figure(paper, "total", "left").value == 0
    page = read(browser_of_clerk, paper.get_absolute_url())
    numbers = re.search(r'<th scope="row">Information risks</th>(.*?)</tr>', page).group(1)
    assert re.findall(r">(\d+)</a>", numbers) == ["0", "3", "0", "3"]
    elsewhere = told(plan, clerk)
    assert not PublishedFigure.objects.filter(paper=elsewhere, key="risks.total", movement="entered").exists()


def test_the_figure_of_a_paper_opens_the_risks_as_they_were(browser_of_clerk, clerk, plan, risks):
    paper = told(plan, clerk)
    risks[0].title = "Renamed since"
    risks[0].save()
    page = read(browser_of_clerk, address(figure(paper, "above_tolerance")))
    words = plainly(page)
    assert "Of the kind 0" in words
    assert "Renamed since" not in words
    assert "The supplier failed a test" in words
    assert "the registers give the same 1 today" in words
    assert f"/risks/{risks[0].reference}/?as_at={today()}" in page
    unscored = plainly(read(browser_of_clerk, address(figure(paper, "unscored"))))
    assert "Of the kind 2 Not scored" in unscored


def test_a_score_corrected_since_says_by_whom_and_why(browser_of_clerk, clerk, plan, risks):
    paper = told(plan, clerk)
    wrong = risks[0].assessments.get()
    correct(wrong, cell=cell(1, 2), reason="Read from the wrong line", by=clerk)
    page = plainly(read(browser_of_clerk, address(figure(paper, "above_tolerance"))))
    assert "the registers give the same 1 today" in page
    assert f"0 as known today. {risks[0].reference} is no longer counted: corrected on" in page
    assert "because “Read from the wrong line”." in page
    scored = figure(paper, "overdue_review")
    assert "now rests on a corrected score" in plainly(read(browser_of_clerk, address(scored)))


def test_another_word_in_a_risk_is_no_other_score(browser_of_clerk, clerk, plan, risks):
    paper = told(plan, clerk)
    risks[0].title = "Renamed since"
    risks[0].save()
    page = plainly(read(browser_of_clerk, address(figure(paper, "total"))))
    assert "rests on another score" not in page
    assert "Nothing that was learned later changes it: as known today" in page


def test_risks_that_may_not_be_opened_are_counted_not_named(clerk, plan, risks):
    paper = told(plan, clerk)
    correct(risks[0].assessments.get(), cell=cell(1, 2), reason="Secret reason", by=clerk)
    holder = signed_in(play("portfolio_holder", Role.PORTFOLIO_HOLDER))
    page = read(holder, address(figure(paper, "above_tolerance")))
    assert page.count("1 that you may not open.") == 2
    for hidden in (risks[0].reference, risks[0].title, "Secret reason"):
        assert hidden not in page


def test_a_draft_shows_what_it_would_say_and_leads_to_the_live_figures(browser_of_clerk, plan, risks):
    draft = PaperFactory(plans=[plan], to_come=True, tells_risks=True)
    page = read(browser_of_clerk, draft.get_absolute_url())
    assert "Information risks in figures" in page
    assert "/figures/risks.above_tolerance/?as_at=" in page


def test_a_paper_may_tell_of_risks_alone(browser_of_clerk, clerk, risks):
    paper = services.issue(PaperFactory(to_come=True, tells_risks=True), by=clerk).paper
    page = read(browser_of_clerk, paper.get_absolute_url())
    assert "Appendix 1: Information risks in figures" in page
    assert "Appendix 2: Where the figures come from" in page
    assert "Progress in figures" not in page
    assert 'id="appendix-1"' in page
    assert page.count('id="appendix-') == 2


def test_the_front_sheet_asks_whether_risks_are_told(browser_of_clerk, plan):
    front = {"meeting": MeetingFactory(held_on=today()).pk, "title": "Progress", "plans": [plan.pk]}
    front |= {"publication_status": "Public", "tells_risks": "on"} | parts("as_at", today())
    browser_of_clerk.post(reverse("committees:new_paper"), front)
    paper = Paper.objects.get(title="Progress")
    assert paper.tells_risks
    assert paper.history.get().tells_risks


def test_what_is_scored_after_the_paper_is_not_in_it(browser_of_clerk, clerk, plan, risks):
    paper = told(plan, clerk)
    score(risks[1], 5, 5, on=today(), reason="Since the paper")
    opened = figure(paper, "above_tolerance")
    assert opened.value == 1
    page = plainly(read(browser_of_clerk, address(opened)))
    assert "the registers give the same 1 today" in page
    assert f"2 as known today. {risks[1].reference} is now counted: reported on" in page
    assert "because “Since the paper”." in page
