"""The pages between a file and its commit show days as days, lead from a word to its question, and stack."""

from datetime import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.exchange.reading.table import said
from governance.people.models import Role
from tests.browser import axe, sign_in
from tests.cast import play, signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of, xlsx
from tests.factories import AssetFactory


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (datetime(2024, 2, 4), "4 February 2024"),
        (datetime(2024, 2, 4).date(), "4 February 2024"),
        (datetime(2024, 2, 4, 9, 5), "4 February 2024, 09:05"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "Yes"),
        (" as it is", " as it is"),
    ],
)
def test_cells_are_shown_as_people_write_them(cell, words):
    assert said(cell) == words


@pytest.mark.django_db
def test_days_of_a_workbook_are_shown_as_days_where_columns_are_matched(ig_officer, owner):
    day = '<c s="1"><v>45326</v></c>'
    sheet = f"<sheetData><row><c t='inlineStr'><is><t>Reference</t></is></c><c t='inlineStr'><is><t>Next</t></is></c></row><row><c t='inlineStr'><is><t>{owner.asset.reference}</t></is></c>{day}</row></sheetData>"  # noqa: E501
    batch = brought(xlsx({"Assets": sheet}), ig_officer, name="a.xlsx")
    page = signed_in(ig_officer).get(reverse("exchange:match", args=[batch.pk])).content.decode()
    assert "For example: 4 February 2024" in page
    assert "00:00:00" not in page


@pytest.mark.django_db
def test_an_error_about_a_word_leads_to_where_it_is_matched_and_no_other_does(ig_officer, owner):
    words = [row_of(owner.asset, form=f"Papyrus {number:02}") for number in range(45)]
    rows = [["", f"Row {place}", *cells[2:]] for place, cells in enumerate(words)]
    batch = brought(csv_file([HEADINGS, *rows, ["IA-9999", "Unknown", "Paper", "", ""]]), ig_officer)
    officer, address = signed_in(ig_officer), reverse("exchange:batch", args=[batch.pk])
    page = officer.get(address, {"show": "error"})
    first, last = page.context["lines"][0], officer.get(address, {"show": "error", "page": 2})
    assert [each.words_page for each in first.faults] == [1]
    assert (
        f'{reverse("exchange:words", args=[batch.pk])}?page=1">Say what it stands for'
        in page.content.decode()
    )
    pages = {line.row.number: [each.words_page for each in line.faults] for line in last.context["lines"]}
    assert pages[46] == [2]
    assert not any(pages[47])


@pytest.mark.django_db
def test_a_word_is_asked_for_no_more_once_the_batch_is_committed(ig_officer, owner):
    rows = [HEADINGS, row_of(owner.asset, title="Renamed"), ["", "New", "Papyrus", "", ""]]
    batch = brought(csv_file(rows), ig_officer)
    officer = signed_in(ig_officer)
    said_before = {"seen": batch.rows.seen()}
    officer.post(reverse("exchange:commit", args=[batch.pk]), said_before)
    page = officer.get(reverse("exchange:batch", args=[batch.pk]), {"show": "error"}).content.decode()
    assert "is not in the list" in page
    assert "Say what it stands for" not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_a_row_is_read_from_top_to_bottom(narrow_page, page):
    asset = AssetFactory(reference="IA-0001", title="Licences")
    person = play("ig_officer", Role.IG_OFFICER)
    row = row_of(asset, title="A title of many words, which a narrow column would break into a pillar")
    batch = brought(csv_file([HEADINGS, row, ["", "New", "Papyrus", "", ""]]), person)
    for each, above in ((narrow_page, True), (page, False)):
        sign_in(each, person)
        each.goto(f"/exchange/imports/{batch.pk}/?show=changed")
        table = each.get_by_role("table", name="Changed")
        number, what = table.locator("tbody th").first, table.locator("tbody td").nth(1)
        expect(what).to_contain_text("A title of many words")
        below = what.bounding_box()["y"] >= number.bounding_box()["y"] + number.bounding_box()["height"] - 1
        assert below is above
        expect(number.get_by_text("Row")).to_be_visible(visible=above)
        axe(each)
    assert narrow_page.locator(".app-table-frame").evaluate("each => each.scrollWidth <= each.clientWidth")
