"""A paper composed in Chromium: its form, figures in the text, what comes with it; axe finds nothing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.committees.form import shipped_forms
from governance.committees.services import templates
from governance.core.dates import today
from tests.actions.evidence_files import PDF
from tests.browser import NARROW, axe, sign_in
from tests.cast import play
from tests.committees.factories import MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = (
    "By now **{{figure actions.completed plan=ico}}** are done, and 3 are completed.\n\n"
    "| What | Where |\n|---|---|\n| one | two |\n\n- a\n- b\n\n{{chart actions.total by=status plan=ico}}\n\n"
    "{{chart actions.total,actions.completed over=2016-07..2017-03 plan=ico}}\n\n"
    "{{list actions.not_started plan=ico}}"
)


def test_a_clerk_composes_a_paper_wide_and_narrow(page, plan):
    clerk = play("committee_officer", "committee_officer")
    form = templates.adopt(templates.begin(shipped_forms()["plain"]), from_on=today(), reason="Minute 4")
    meeting = MeetingFactory(held_on=today())
    sign_in(page, clerk)
    page.goto(reverse("committees:template", args=[form.number]))
    expect(page.get_by_role("button", name="Begin the next version")).to_be_visible()
    axe(page)
    page.goto(f"{reverse('committees:new_paper')}?meeting={meeting.pk}")
    page.get_by_label(form.name).check()
    page.get_by_label("Title").fill("Progress")
    page.get_by_label(plan.title).check()
    axe(page)
    page.get_by_role("button", name="Begin the paper").click()
    page.get_by_role("link", name="1 Summary", exact=True).first.click()
    page.get_by_label("Text").fill(TEXT)
    expect(page.get_by_text("Draft kept at")).to_be_visible()
    page.get_by_text("Figures to put into the text").click()
    expect(page.get_by_text("{{figure actions.completed plan=ico}}", exact=True).last).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Typed numbers to look at")).to_be_visible()
    page.get_by_role("link", name="Recommendations, appendices and background papers").click()
    page.get_by_role("button", name="Add a recommendation").click()
    page.get_by_label("What it is recommended to do").fill("note the progress")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Add an appendix").click()
    page.get_by_label("Title of the appendix").fill("Letter")
    page.get_by_label("File").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="letter.pdf")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Back to the draft").click()
    expect(page.get_by_text("is recommended to:")).to_be_visible()
    axe(page)
    page.set_viewport_size(NARROW)
    axe(page)
