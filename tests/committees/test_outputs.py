"""The files of a paper beside its PDF: the same figures, in the shape that each program expects."""

import io
import json
import zipfile
from hashlib import sha256
from itertools import pairwise

import docx
import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from assets.models import Asset
from governance.committees import outputs, representations, services, tasks
from governance.committees.models import PaperSection, Rendering
from governance.committees.outputs import annex, twin, word
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory
from tests.committees.pages import plainly, read
from tests.factories import PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_interface")]


def make_all(paper):
    for pk in paper.renderings.order_by("pk").values_list("pk", flat=True):
        tasks.render_paper(rendering_id=pk)


def opened(paper):
    return docx.Document(io.BytesIO(word.render(paper)))


def test_the_word_document_has_real_headings_lists_and_marked_header_rows(paper):
    made = opened(paper)
    levels = [int(each.style.name[-1]) for each in made.paragraphs if each.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    captions = {each.text for each in made.paragraphs if each.style.name == "Caption"}
    assert "Actions by scope area and status" in captions
    for table in made.tables[1:]:  # the first is the front sheet, whose headings stand at the side
        first = table.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) in captions


def test_the_word_document_says_its_title_language_and_status(paper):
    made = opened(paper)
    assert made.core_properties.title == paper.title
    language = made.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    assert made.sections[0].header.paragraphs[0].text == "Public report"
    assert "PAGE" in made.sections[0].footer._element.xml


def test_figures_of_the_word_document_lead_to_their_rows(paper):
    made = opened(paper)
    links = {each.target_ref for each in made.part.rels.values() if each.is_external}
    assert any(link.endswith(f"/papers/{paper.pk}/figures/1/") for link in links)


LISTS = """1. First
2. Second
   - within
     1. deeper

> 7. Quoted

Then again:

1. Anew"""


def test_lists_of_the_word_document_are_nested_and_numbered_as_in_the_pdf(plan, clerk):
    draft = PaperFactory(plans=[plan], to_come=True)
    PaperSection.objects.create(paper=draft, position=1, heading="Context", text=LISTS)
    made = opened(services.issue(draft, by=clerk).paper)
    listed = [each for each in made.paragraphs if each.style.name.startswith("List")][:6]
    assert [(each.style.name, each.text) for each in listed] == [
        ("List Number", "First"),
        ("List Number", "Second"),
        ("List Bullet 2", "within"),
        ("List Number 3", "deeper"),
        ("List Number", "Quoted"),
        ("List Number", "Anew"),
    ]
    first, second, _, deeper, quoted, anew = (each._p.pPr.numPr for each in listed)
    assert first.numId.val == second.numId.val
    numberings = made.part.numbering_part.element
    starts = {}
    for each in (first, deeper, quoted, anew):
        (start,) = numberings.num_having_numId(each.numId.val).iter(qn("w:startOverride"))
        starts[each.numId.val] = start.val
    assert list(starts.values()) == [1, 1, 7, 1]


def test_the_web_page_stands_by_itself(paper):
    made = twin.render(paper).decode()
    assert "<style>" in made
    assert "default-src 'none'" in made
    for outside in ("<link", "<script", "url(h", "url(f", "@import", "<img"):
        assert outside not in made


def test_the_annex_has_the_ledger_and_every_table_with_numbers_as_numbers(paper):
    book = CalamineWorkbook.from_filelike(io.BytesIO(annex.workbook(paper)))
    first = book.get_sheet_by_index(0).to_python()
    assert first[2] == annex.LEDGER_HEAD
    told = {int(row[0]): row[4] for row in first[3:]}
    assert told == {figure.position: figure.value for figure in paper.figures.all()}
    titles = [book.get_sheet_by_index(n).to_python()[0][0] for n in range(len(book.sheet_names))]
    assert "Actions by scope area and status" in titles
    assert any(title.startswith("Every action as it stood") for title in titles)


def test_text_that_a_spreadsheet_would_run_leaves_as_text(plan, clerk):
    plan.actions.update(title="=1+1")
    draft = PaperFactory(plans=[plan], to_come=True)
    made = services.issue(draft, by=clerk).paper
    archive = zipfile.ZipFile(io.BytesIO(annex.commas(made)))
    actions = next(name for name in archive.namelist() if "every-action" in name)
    assert "'=1+1" in archive.read(actions).decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(annex.workbook(made)))
    assert any("=1+1" in row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def test_a_register_too_long_to_read_stands_in_the_web_page_and_the_tables_only(paper, monkeypatch):
    monkeypatch.setattr(representations, "LONGEST_TABLE", 3)
    text = "\n".join(each.text for each in opened(paper).paragraphs)
    assert "This table has 5 rows" in text
    assert "Every action as it stood" not in text
    assert "Every action as it stood" in twin.render(paper).decode()
    assert any(
        sheet.title.startswith("Every action") and len(sheet.rows) == 5 for sheet in annex.sheets(paper)
    )


def test_a_list_of_more_than_a_thousand_records_stands_whole_in_the_tables_alone(clerk, browser_of_clerk):
    owner = PostFactory()
    named = {"owner": owner, "unit": owner.unit, "form": "electronic", "contains_personal_data": True}
    Asset.objects.bulk_create(
        Asset(reference=f"IA-{number:04}", title=f"Records of room {number}", **named)
        for number in range(1, representations.LONGEST_TABLE + 2)
    )
    draft = PaperFactory(to_come=True, kind="assets")
    draft.sections.create(position=1, heading="Register", text="{{list assets.total}}")
    mark(draft, row="IA-0999")
    made = services.issue(draft, by=clerk).paper
    (sheet,) = [each for each in annex.sheets(made) if each.title.startswith("Information assets")]
    assert [row[0] for row in sheet.rows] == [f"IA-{number:04}" for number in range(1, 1002)]
    assert "Records of room 1001" in sheet.rows[-1]
    whole = twin.render(made).decode()
    assert "Records of room 1000<" in whole
    assert "Records of room 999<" not in whole
    assert "Records of room 999" not in {cell for row in sheet.rows for cell in row}
    words = "\n".join(each.text for each in opened(made).paragraphs)
    for told in (words, plainly(read(browser_of_clerk, made.get_absolute_url()))):
        assert "This table has 1001 rows" in told
        assert "In all: 1001." in told
        assert "Records of room" not in told


def test_the_archive_is_made_last_and_names_the_fingerprint_of_each_file(paper):
    bundle = paper.renderings.get(format="bundle")
    tasks.render_paper(rendering_id=bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempt) == ("queued", 0)
    make_all(paper)
    bundle.refresh_from_db()
    archive = zipfile.ZipFile(io.BytesIO(bytes(bundle.file)))
    told = json.loads(archive.read("manifest.json"))
    assert {each["name"] for each in told["files"]} | {"manifest.json", "manifest.txt"} == set(
        archive.namelist()
    )
    for each in told["files"]:
        assert sha256(archive.read(each["name"])).hexdigest() == each["sha256"]
    content = next(each for each in told["files"] if each["name"] == "content.json")
    assert content["sha256"] == told["content_sha256"] == paper.issue.content_sha256


def test_each_file_is_listed_and_handed_over_once_it_is_made(paper, browser_of_clerk):
    assert paper.renderings.count() == len(services.ENDINGS)
    assert services.ask_for_files(paper) == 0
    for kind in ("docx", "xlsx"):
        url = reverse("committees:paper_file", args=[paper.pk, kind])
        assert browser_of_clerk.get(url).status_code == 404
    make_all(paper)
    page = read(browser_of_clerk, paper.get_absolute_url())
    for each in paper.renderings.without_file():
        assert each.sha256 in page
    answer = browser_of_clerk.get(reverse("committees:paper_file", args=[paper.pk, "docx"]))
    assert "wordprocessingml" in answer["Content-Type"]
    assert answer["Content-Disposition"].endswith('.docx"')
    assert browser_of_clerk.get(reverse("committees:paper_file", args=[paper.pk, "exe"])).status_code == 404


def test_every_format_has_its_maker_and_no_other_is_taken_by_the_database(paper):
    assert set(outputs.MAKERS) == set(services.ENDINGS)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Rendering.objects.create(paper=paper, format="exe", filename="x")
    assert isinstance(refused.value.__cause__, psycopg.errors.CheckViolation)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Rendering.objects.create(paper=paper, format="original", filename="x")
    assert refused.value.__cause__.diag.constraint_name == "rendering_is_in_the_format_of_its_paper"
