"""An officer brings the scores of a council's risk spreadsheet in, with a mouse and with a phone."""

import pytest
from playwright.sync_api import expect

from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play
from tests.exchange.uploads import csv_file
from tests.factories import RiskFactory
from tests.risks.factories import cell, score

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_spreadsheet_of_scores_comes_in_and_is_taken_back(any_page):
    page, risk, wrong = any_page, RiskFactory(title="Loss of a laptop"), RiskFactory()
    score(risk, 3, 3)
    rows = [["Risk ID", "Current likelihood", "Current impact", "Rationale", "Accepted by"],
            [risk.reference, "5", "4", "The workshop of May", "The SIRO"],
            [wrong.reference, "6", "4", "", ""]]  # fmt: skip
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto("/exchange/imports/new/?register=risks")
    page.get_by_label("File").set_input_files(
        {"name": "risks.csv", "mimeType": "text/csv", "buffer": csv_file(rows)}
    )
    page.get_by_label("Where does it come from?").fill("Risk team")
    page.get_by_role("button", name="Go on to its columns").click()
    expect(page.get_by_label("Current impact")).to_have_value("current_impact")
    axe(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("nobody accepts a risk by a file")).to_be_visible()
    expect(page.get_by_text(f"{cell(5, 4)}. Reason: The workshop of May")).to_be_visible()
    expect(page.get_by_text(str(cell(3, 3)))).to_be_visible()
    axe(page)
    page.get_by_role("link", name="1 Error").click()
    expect(page.get_by_text("6 is outside the matrix in force, which goes from 1 to 5")).to_be_visible()
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 risk changed. 1 row was left out.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo this batch").click()
    page.get_by_role("button", name="Undo this batch").click()
    expect(page.get_by_text("is undone").first).to_be_visible()
    page.goto(f"/risks/{risk.reference}/")
    expect(page.get_by_role("heading", name="it never happened")).to_be_visible()
    axe(page)
