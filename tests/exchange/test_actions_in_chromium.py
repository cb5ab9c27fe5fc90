"""An officer brings a road map in from a spreadsheet, looks at it, and takes the plan out again."""

import pytest
from playwright.sync_api import expect

from actions.models import Action
from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play
from tests.exchange.actions_in import PROGRESS, WHOLE, a_plan, new_row, owner_post
from tests.exchange.uploads import csv_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_plan_comes_in_and_leaves_on_a_phone(narrow_page):
    page, plan, owner = narrow_page, a_plan(), owner_post()
    row = [*new_row(owner, rec="A01; A02"), "In progress", "1 March 2016", "Job advert"]
    data = csv_file([[*WHOLE, *PROGRESS], row])
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto(f"/plans/{plan.code}/")
    page.get_by_role("link", name="Bring actions in from a spreadsheet").click()
    page.get_by_label("Which register is it for?").select_option("Actions")
    page.get_by_label("File").set_input_files({"name": "map.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_label("Where does it come from?").fill("The consultants")
    page.get_by_role("button", name="Go on to its columns").click()
    page.get_by_label("No", exact=True).select_option("Leave this column out")
    axe(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("In progress from 1 March 2016: Job advert")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 action is new").first).to_be_visible()
    page.goto(f"/plans/{plan.code}/")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV of these actions").click()
    assert download.value.suggested_filename.startswith("actions-of-ico-2016-as-at-")
    assert Action.objects.get().status == "in_progress"
