"""A paper in two parts in Chromium: marked, issued, read; axe finds nothing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.committees import services
from tests.browser import NARROW, axe, sign_in
from tests.cast import play
from tests.committees.factories import PaperFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_clerk_marks_a_section_and_reads_part_2_of_the_issued_paper(page, plan):
    clerk = play("committee_officer", "committee_officer")
    draft = PaperFactory(plans=[plan], to_come=True)
    draft.sections.create(position=1, number="1", heading="Summary", text="{{summary}}")
    section = draft.sections.create(position=2, number="2", heading="Prices", text="The price is low.")
    sign_in(page, clerk)
    page.goto(reverse("committees:edit_section", args=[draft.pk, section.pk]))
    page.get_by_role("link", name="Mark this section as not for publication").click()
    page.get_by_label("3: information relating to the financial or business affairs").check()
    page.get_by_label("Why is it not for publication?").fill("The supplier would be harmed.")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("rowheader", name="Section “2 Prices”")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Back to the paper").click()
    expect(page.get_by_text("Not for publication: it contains exempt information")).to_be_visible()
    expect(page.get_by_text("The price is low.")).to_be_visible()
    axe(page)
    services.issue(draft, by=clerk)
    page.goto(draft.get_absolute_url())
    expect(page.get_by_text("The supplier would be harmed.")).to_be_visible()
    expect(page.get_by_text("The price is low.")).to_have_count(0)
    page.get_by_role("link", name="Part 2, not for publication").click()
    expect(page.get_by_text("The price is low.")).to_be_visible()
    axe(page)
    page.set_viewport_size(NARROW)
    axe(page)


def test_anybody_opens_a_published_paper_and_one_of_its_figures(page, plan):
    clerk = play("committee_officer", "committee_officer")
    paper = PaperFactory(plans=[plan], to_come=True, title="Where the plan stands")
    paper.sections.create(position=1, number="1", heading="Summary", text="{{summary}}")
    services.issue(paper, by=clerk)
    page.set_viewport_size(NARROW)
    page.goto(reverse("published:papers"))
    axe(page)
    page.get_by_role("link", name="Where the plan stands").click()
    expect(page.get_by_role("heading", level=1, name="Where the plan stands")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="5 actions", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Actions: 5")).to_be_visible()
    expect(page.get_by_role("heading", name="What the paper says with it")).to_be_visible()
    axe(page)
