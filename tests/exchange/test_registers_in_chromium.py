"""Risks, and the record of processing, come in from their own pages, with a mouse and with a phone."""

import pytest
from playwright.sync_api import expect

from assets.models import ProcessingActivity
from governance.people.models import Role
from risks.models import Risk
from tests.assets.factories_processing import ActivityFactory
from tests.browser import axe, sign_in
from tests.cast import play
from tests.exchange.uploads import csv_file
from tests.factories import RiskFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def bring(page, name, data):
    """Upload a file from the page of its register, and match its columns as guessed."""
    axe(page)
    page.get_by_role("button", name="Bring in a file").click()
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    page.get_by_label("Where does it come from?").fill("The council's own")
    axe(page)
    page.get_by_role("button", name="Go on to its columns").click()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 changed. You can still undo it")).to_be_visible()


def test_risks_come_in_and_one_is_withdrawn_and_brought_back(any_page):
    page, risk = any_page, RiskFactory(reference="IR-0001", title="Loss of a laptop")
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto("/risks/")
    headings = ["Risk ID", "Risk", "Cause", "Risk owner", "Service"]
    rows = [
        ["IR-0001", "Theft of a laptop", "No lock", risk.owner.code, risk.unit.code],
        ["", "A letter goes astray", "An old address", risk.owner.code, risk.unit.code],
    ]
    bring(page, "risks.csv", csv_file([headings, *rows]))
    assert set(Risk.objects.values_list("title", flat=True)) == {"Theft of a laptop", "A letter goes astray"}
    page.goto("/risks/IR-0001/")
    axe(page)
    for link, button, said in (
        ("Withdraw it", "Withdraw it", "IR-0001 is withdrawn"),
        ("Bring it back", "Bring it back", "IR-0001 is back on the register"),
    ):
        page.get_by_role("link", name=link).click()
        axe(page)
        page.get_by_label("Why are you making this change?").fill("It was right after all")
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text(said)).to_be_visible()
        axe(page)


def test_the_record_of_processing_comes_in_from_its_page(any_page):
    page, activity = any_page, ActivityFactory(reference="PA-0001")
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto("/assets/processing/")
    headings = ["Reference", "Name of activity", "Purpose of processing", "Owner", "Service"]
    codes = [activity.owner.code, activity.unit.code]
    rows = [["PA-0001", "Payroll", "To pay; to account", *codes], ["", "Parking", "To enforce", *codes]]
    bring(page, "ropa.csv", csv_file([headings, *rows]))
    states = dict(ProcessingActivity.objects.values_list("title", "state"))
    assert states == {"Payroll": "live", "Parking": "draft"}
