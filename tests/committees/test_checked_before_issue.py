"""Whoever issues a paper is told first what will be withheld, and what an earlier paper withheld."""

import pytest
from django.urls import reverse
from lxml import html

from governance.committees import pdf, services
from governance.committees.outputs import annex, word
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db
STATUS = "Public, except Part 2, which is not for publication"
LISTED = "{{list actions.total plan=ico}}"


@pytest.fixture
def marked(plan):
    paper = PaperFactory(plans=[plan], to_come=True)
    paper.sections.create(position=1, heading="Actions", text=LISTED)
    names = paper.sections.create(position=2, heading="Names", text="The Pangolin team")
    mark(paper, section=names, kind="confidential", paragraph="")
    mark(paper, row="ICO-2")
    return paper


def test_what_will_be_withheld_is_listed_with_its_law_before_the_paper_is_issued(marked, browser_of_clerk):
    page = read(browser_of_clerk, reverse("committees:issue_paper", args=[marked.pk]))
    told = plainly(page)
    names, row = marked.exemptions.all()
    for mark_ in (names, row):
        assert reverse("committees:edit_exemption", args=[marked.pk, mark_.pk]) in page
    assert "Section “Names”: Confidential information (section 100A(3))" in told
    assert f"Row ICO-2: paragraph 3, {row.description}" in told
    assert STATUS in told
    assert STATUS in plainly(read(browser_of_clerk, marked.get_absolute_url()))
    bare = PaperFactory(plans=[row.paper.plan_links.get().plan], to_come=True)
    told = plainly(read(browser_of_clerk, reverse("committees:issue_paper", args=[bare.pk])))
    assert "Not for publication" not in told
    assert "except Part 2" not in told


def test_a_row_that_an_issued_paper_withholds_is_pointed_out_where_it_would_be_listed(
    marked, plan, clerk, browser_of_clerk
):
    issued = services.issue(marked, by=clerk).paper
    second = PaperFactory(plans=[plan], to_come=True)
    address = reverse("committees:issue_paper", args=[second.pk])
    page = read(browser_of_clerk, address)
    assert "Row ICO-2 is not for publication in" in plainly(page)
    assert issued.get_absolute_url() in page
    mark(second, row="ICO-2")
    assert "is not for publication in" not in plainly(read(browser_of_clerk, address))


def test_the_notice_of_a_withheld_row_spans_the_columns_it_stands_for(marked, clerk):
    issued = services.issue(marked, by=clerk, frozen_on=OCTOBER).paper
    document = html.document_fromstring(pdf.document(issued))
    assert STATUS in " ".join(document.text_content().split())
    spans = {}
    for row in document.iter("tr"):
        cells = list(row.iterchildren("th", "td"))
        if cells and cells[0].text_content() == "ICO-2":
            columns = len(row.getparent().getparent().findall("thead/tr/th"))
            spans[columns] = [int(each.get("colspan", 1)) for each in cells]
    assert len(spans) == 2
    assert all(each == [1, columns - 1] for columns, each in spans.items())
    widths = [(len(sheet.head), len(row)) for sheet in annex.sheets(issued) for row in sheet.rows]
    assert all(head == cells for head, cells in widths)
    assert word.render(issued).startswith(b"PK")
