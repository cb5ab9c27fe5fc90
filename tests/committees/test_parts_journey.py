"""A paper with everything that can be chosen, in Chromium: chosen, drafted and issued; axe finds nothing."""

from datetime import date

import pytest
from playwright.sync_api import expect

from governance.committees import services
from governance.committees.models import PaperSection
from governance.core.dates import today
from tests.actions.factories_overlap import overlap_of
from tests.actions.maturity import a_model, assessed
from tests.browser import NARROW, axe, sign_in
from tests.cast import play
from tests.committees.conftest import JULY
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.factories import ActionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_officer_chooses_the_parts_and_reads_them_wide_and_narrow(page, plan, officer):
    clerk = play("committee_officer", "committee_officer")
    before = PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan])
    services.issue(before, by=officer, frozen_on=JULY)
    other = ActionFactory(reference="MAP-1")
    overlap_of(plan.actions.get(reference="ICO-5"), other)
    model = a_model()
    for day, levels in ((date(2016, 3, 1), [2, 3]), (date(2017, 3, 1), [3, 2])):
        assessed(model, levels, on=day, target=4)
    draft = PaperFactory(
        meeting=MeetingFactory(held_on=today()), plans=[plan, other.plan], title="Both plans"
    )
    PaperSection.objects.create(paper=draft, position=1, heading="Executive summary", text="{{summary}}")

    sign_in(page, clerk)
    page.goto(f"{draft.get_absolute_url()}edit/")
    for label in ("what moved on each plan", "the plans counted together", "the figures of maturity"):
        page.get_by_label(f"Print {label}", exact=False).check()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="The plans together", exact=True)).to_be_visible()
    axe(page)
    page.set_viewport_size(NARROW)
    expect(page.get_by_text("None, although it moved").first).to_be_visible()
    axe(page)
