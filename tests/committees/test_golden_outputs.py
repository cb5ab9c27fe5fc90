"""The paper of 24 October 2016 says the same in every file that is made of it (golden case)."""

import csv
import io
import re
import zipfile
from datetime import date

import docx
import pypdf
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from governance.committees import pdf
from governance.committees.models import Paper
from governance.committees.outputs import annex, twin, word

pytestmark = [pytest.mark.usefixtures("northmere", "built_interface"), pytest.mark.django_db]

SAID = "of the remaining 31, 27 are in progress and 4 have not started. That makes 46 completed of 77 actions"
TABLE = "Actions by scope area and status"


@pytest.fixture
def october(db):
    return Paper.objects.issued().select_related("issue").get(meeting__held_on=date(2016, 10, 24))


def line(text):
    return re.sub(r"\s+", " ", text)


def total_of(rows):
    """The last row of the first table by status: its numbers."""
    return [int(cell) for cell in rows[-1][1:]]


def by_status(tables):
    return next(rows for title, rows in tables if title == TABLE)


def of_html(paper):
    page = html.document_fromstring(twin.render(paper))
    for table in page.iter("table"):
        title = table.findtext("caption") or ""
        yield title, [[line(cell.text_content()) for cell in row] for row in table.iter("tr")]


def of_word(paper):
    made = docx.Document(io.BytesIO(word.render(paper)))
    captions = [each.text for each in made.paragraphs if each.style.name == "Caption"]
    for title, table in zip(captions, made.tables[1:], strict=True):
        yield title, [[cell.text for cell in row.cells] for row in table.rows]


def of_workbook(paper):
    book = CalamineWorkbook.from_filelike(io.BytesIO(annex.workbook(paper)))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        yield rows[0][0], rows[3:]


def of_commas(paper):
    archive = zipfile.ZipFile(io.BytesIO(annex.commas(paper)))
    for name, sheet in zip(archive.namelist(), annex.sheets(paper), strict=True):
        yield sheet.title, list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_the_table_by_status_is_the_same_in_the_web_page_word_workbook_and_commas(october):
    told = [total_of(by_status(of(october))) for of in (of_html, of_word, of_workbook, of_commas)]
    assert told[0][0] == 46
    assert told[0][-1] == 77
    assert all(each == told[0] for each in told)


def test_the_sentence_is_the_same_in_pdf_web_page_and_word(october):
    pages = pypdf.PdfReader(io.BytesIO(pdf.render(october))).pages
    assert SAID in line(" ".join(page.extract_text() for page in pages))
    assert SAID in line(html.document_fromstring(twin.render(october)).text_content())
    assert SAID in line(
        "\n".join(each.text for each in docx.Document(io.BytesIO(word.render(october))).paragraphs)
    )


def test_every_number_of_the_ledger_stands_in_the_annex(october):
    ledger = {row[0]: row[4] for row in annex.ledger(october).rows}
    assert ledger == dict(october.figures.values_list("position", "value"))
