"""An officer brings recommendations in from the page of their audit, and takes them out again."""

import pytest
from playwright.sync_api import expect

from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play
from tests.exchange.uploads import csv_file
from tests.factories import AuditFactory, ScopeAreaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
HEADINGS = ["Rec no", "Recommendation text", "Para", "Area", "Response"]


def test_a_report_comes_in_and_leaves_on_a_phone(narrow_page):
    page, audit = narrow_page, AuditFactory(title="ICO audit 2016")
    ScopeAreaFactory(audit=audit, title="Governance")
    rows = [
        ["A01", "Appoint leaders", "3.12", "Governance", "Accepted"],
        ["A02", "Train", "", "", "Rejected"],
    ]
    file = {"name": "report.csv", "mimeType": "text/csv", "buffer": csv_file([HEADINGS, *rows])}
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto(f"/audits/{audit.code}/")
    page.get_by_role("link", name="Bring recommendations in from a spreadsheet").click()
    expect(page.get_by_label("Which register is it for?")).to_have_value("recommendations")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Where does it come from?").fill("The ICO")
    page.get_by_role("button", name="Go on to its columns").click()
    expect(page.get_by_label("Which audit are they recommendations of?")).to_have_value(str(audit.pk))
    axe(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Appoint leaders").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Error", exact=False).click()
    expect(page.get_by_text("Say why it is rejected")).to_be_visible()
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 recommendation is new").first).to_be_visible()
    page.goto(f"/audits/{audit.code}/")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV of these recommendations").click()
    assert download.value.suggested_filename.startswith(f"recommendations-of-{audit.code}")
