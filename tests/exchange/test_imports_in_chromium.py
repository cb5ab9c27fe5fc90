"""An officer brings the council's own spreadsheet in, with a mouse and with a phone."""

import pytest
from playwright.sync_api import expect

from assets.models import Asset
from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play
from tests.exchange.uploads import csv_file
from tests.factories import AssetFactory, UnitFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def spreadsheet(asset):
    """Columns that are called otherwise here, one that nobody knows, a mistake, and Windows's letters."""
    return csv_file([
        ["ID", "Asset name", "Format", "IAO", "Service", "Classification", "Shelf"],
        [asset.reference, "Café licences", "Paper", asset.owner.code, asset.unit.code, "RESTRICTED", "12"],
        ["", "Cemetery plans", "Paper", asset.owner.code, asset.unit.code, "OFFICIAL", ""],
        ["", "No owner", "Papyrus", "somebody", asset.unit.code, "", "3"],
    ], separator=";", encoding="cp1252")  # fmt: skip


def test_a_spreadsheet_comes_in_is_looked_at_and_taken_back(any_page):
    page, asset = any_page, AssetFactory(reference="IA-0001", title="Licences")
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto("/exchange/imports/")
    axe(page)
    page.get_by_role("button", name="Bring a file in").click()
    axe(page)
    page.get_by_label("File").set_input_files(
        {"name": "licensing.csv", "mimeType": "text/csv", "buffer": spreadsheet(asset)}
    )
    page.get_by_label("Where does it come from?").fill("Licensing")
    page.get_by_role("button", name="Go on to its columns").click()
    axe(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("link", name="Say what “Shelf” is, or that it is left out")).to_be_visible()
    axe(page)
    page.get_by_label("Shelf").select_option("Leave this column out")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="Words this file uses")).to_be_visible()
    axe(page)
    page.get_by_label("“Papyrus”").select_option("Paper")
    page.get_by_role("button", name="Remember these words").click()
    expect(page.get_by_text("1 matched for this source; 1 not known to the register")).to_be_visible()
    page.get_by_role("link", name="1 Error").click()
    expect(page.get_by_text("“somebody” is not in the list")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="1 Changed").click()
    expect(page.get_by_role("cell", name="OFFICIAL-SENSITIVE", exact=True)).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("Confirm what the old words are read as, then commit")).to_be_visible()
    page.get_by_label("The old words are read as the table says").check()
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 asset is new and 1 changed. 1 row was left out. You can")).to_be_visible()
    assert set(Asset.objects.values_list("title", flat=True)) == {"Café licences", "Cemetery plans"}
    page.get_by_role("button", name="Undo this batch").click()
    axe(page)
    page.get_by_role("button", name="Undo this batch").click()
    expect(page.get_by_text("is undone")).to_be_visible()
    assert Asset.objects.get(pk=asset.pk).title == "Licences"


def test_conflicts_are_chosen_on_a_phone(narrow_page):
    page, asset = narrow_page, AssetFactory(reference="IA-0001", title="Licences")
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    data = csv_file(
        [["Reference", "Version", "Title"], ["IA-0001", asset.standing_version(), "From the file"]]
    )
    Asset.objects.update(title="From a page")
    page.goto("/exchange/imports/new/")
    page.get_by_label("File").set_input_files({"name": "back.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_label("Where does it come from?").fill("Export")
    page.get_by_role("button", name="Go on to its columns").click()
    page.get_by_role("button", name="Check the file").click()
    axe(page)
    page.get_by_label("The file", exact=True).check()
    page.get_by_role("button", name="Keep these choices").click()
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 asset changed. You can still undo it")).to_be_visible()
    assert Asset.objects.get().title == "From the file"


def test_words_are_matched_on_a_phone_and_known_the_next_time(narrow_page):
    page, asset = narrow_page, AssetFactory(reference="IA-0001", title="Licences")
    unit = UnitFactory(name="Finance and Procurement")
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    data = csv_file([["Reference", "Dept", "Security class"], ["IA-0001", "Finance", "CONFIDENTIAL"]])

    def bring():
        page.goto("/exchange/imports/new/")
        page.get_by_label("File").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": data})
        page.get_by_label("Where does it come from?").fill("Finance")
        page.get_by_role("button", name="Go on to its columns").click()
        axe(page)
        page.get_by_role("button", name="Check the file").click()

    bring()
    expect(page.get_by_role("heading", name="Words this file uses")).to_be_visible()
    axe(page)
    expect(page.get_by_label("“Finance”")).to_have_value(str(unit.pk))  # a guess, since it is near
    page.get_by_label("“CONFIDENTIAL”").select_option("OFFICIAL-SENSITIVE")
    page.get_by_role("button", name="Remember these words").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    axe(page)
    bring()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.get_by_text("2 matched for this source")).to_be_visible()
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text("1 asset changed. You can still undo it")).to_be_visible()
    asset.refresh_from_db()
    assert (asset.unit, asset.marking.name) == (unit, "OFFICIAL-SENSITIVE")
