"""The officer narrows the register, takes what is left as a file, and says who the council is."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from governance.people.models import Controller, Role
from tests.browser import axe, sign_in
from tests.cast import play
from tests.exchange.files import csv_rows
from tests.factories import AssetFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_view_of_the_page_is_downloaded(any_page):
    page = any_page
    AssetFactory(title="=Licences", form="paper")
    AssetFactory(title="Payroll", form="data")
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto("/assets/?kind=paper")
    axe(page)
    page.locator("summary", has_text="Download").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV of this view").click()
    assert download.value.suggested_filename.startswith("information-assets-as-at-")
    _, row = csv_rows(Path(download.value.path()).read_bytes())
    assert row[2] == "'=Licences"
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX in the LGA/esd layout").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_the_council_says_who_it_is(any_page):
    page = any_page
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto("/people/")
    page.get_by_role("link", name="The council as data controller").click()
    axe(page)
    page.get_by_role("button", name="Change these details").click()
    axe(page)
    page.get_by_label("Name of the council").fill("Northmere City Council")
    page.get_by_label("Why are you making this change?").fill("Entered for the first time")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("The council's details are updated")).to_be_visible()
    axe(page)
    assert Controller.objects.current().name == "Northmere City Council"
