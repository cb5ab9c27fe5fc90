"""The walk of the issue in Chromium: a paper is issued, its file made, a figure opened; axe finds nothing."""

from datetime import date

import pytest
from playwright.sync_api import expect

from governance.committees import services, tasks
from governance.committees.models import Paper, PaperSection, Rendering
from governance.core.dates import long_date, today
from tests.browser import axe, sign_in
from tests.cast import play
from tests.committees.clearing import clear
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk(transactional_db):
    return play("committee_officer", "committee_officer")


@pytest.fixture
def issued(plan, clerk):
    july = PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan])
    services.issue(july, by=clerk, frozen_on=JULY)
    paper = PaperFactory(plans=[plan])
    text = "{{summary}}\n\n- one\n- two\n\n{{movement}}\n\n{{waiting}}"
    PaperSection.objects.create(paper=paper, position=1, heading="Executive summary", text=text)
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    return Paper.objects.get(pk=paper.pk)


def test_an_officer_issues_a_paper_waits_for_the_file_and_opens_a_figure(any_page, plan, clerk):
    page = any_page
    MeetingFactory(held_on=today())
    sign_in(page, clerk)
    page.goto("/papers/")
    axe(page)
    page.get_by_role("button", name="Begin a paper").click()
    axe(page)
    page.get_by_label("Meeting").select_option(index=1)
    page.get_by_label("Title").fill("Progress to date")
    page.get_by_label(plan.title).check()
    page.get_by_role("button", name="Begin the paper").click()
    axe(page)
    sections = page.get_by_role("region", name="Sections")
    sections.get_by_role("link", name="Recommendations", exact=True).click()
    axe(page)
    page.get_by_label("Text").fill("The committee is recommended to note the progress.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Section saved:")).to_be_visible()
    clear(Paper.objects.get(title="Progress to date"), by=clerk)
    page.get_by_role("button", name="Check and issue").click()
    axe(page)
    page.get_by_role("button", name="Issue the paper").click()
    expect(page.get_by_text("The PDF is being made")).to_be_visible()
    axe(page)
    tasks.render_paper(rendering_id=Rendering.objects.get(format="pdf").pk)
    page.get_by_role("button", name="Download the PDF").wait_for(timeout=20_000)
    axe(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the PDF").click()
    assert saved.value.suggested_filename.endswith(".pdf")
    page.get_by_role("link", name="4", exact=True).first.click()
    expect(page.get_by_role("heading", name="Actions completed: 4")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(4)
    axe(page)


def test_the_pages_hold_at_320_pixels(narrow_page, issued, clerk):
    page = narrow_page
    sign_in(page, clerk)
    for path in ("/papers/", issued.get_absolute_url(), f"{issued.get_absolute_url()}figures/5/"):
        page.goto(path)
        axe(page)
    expect(page.get_by_text(f"as at {long_date(OCTOBER)}").first).to_be_visible()


def test_a_failed_file_and_a_past_paper_are_accessible_too(page, issued, plan, clerk):
    Rendering.objects.filter(paper=issued).update(
        state="failed", error="The file could not be made.", attempt=3
    )
    past = services.enter_past_paper(
        MeetingFactory(held_on=date(2016, 3, 8)), "March", [plan], date(2016, 3, 1), {"completed": 0}, b"x",
        "march.pdf", clerk,
    )  # fmt: skip
    sign_in(page, clerk)
    for path in (issued.get_absolute_url(), past.get_absolute_url(), "/meetings/new/"):
        page.goto(path)
        axe(page)
