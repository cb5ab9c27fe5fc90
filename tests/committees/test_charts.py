"""Charts that an author puts into a text: drawn from what is stored, with the same numbers as a table."""

import io

import docx
import pikepdf
import pytest
from django.template.loader import render_to_string

from governance.committees import modern_gov, pdf, services
from governance.committees.models import Paper
from governance.committees.outputs import annex, word
from governance.core.bars import MOST_BARS, CountBars
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory
from tests.committees.pages import plainly, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_interface")]
CHART = "{{chart actions.total by=status plan=ico}}"
TITLE = "Actions, Plan following the audit, as at 12 October 2016"
SAID = "Not started: 1; Completed: 4."


@pytest.fixture
def issued(plan, clerk):
    paper = PaperFactory(plans=[plan])
    paper.sections.create(position=1, number="1", heading="Executive summary", text=f"{CHART}\n\n{CHART}")
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    return Paper.objects.get(pk=paper.pk)


def test_a_chart_is_drawn_of_figures_of_the_ledger_above_the_table_of_its_numbers(issued, browser_of_clerk):
    page = read(browser_of_clerk, issued.get_absolute_url())
    assert f'<title id="chart-1-title">{TITLE}, by status</title>' in page
    assert f'<desc id="chart-2-words">{SAID}</desc>' in page
    assert f"{SAID} {TITLE} StatusNumber Not started1 Completed4 All5" in plainly(page)
    kept = {each.title: each.value for each in issued.figures.filter(inserted=True)}
    assert kept == {"Actions": 5, "Actions: Not started": 1, "Actions: Completed": 4}
    stored = issued.issue.content["sections"][0]["blocks"][0]
    assert (stored["kind"], stored["drawn"], "chart" in stored) == ("table", True, False)


def test_every_file_has_the_drawing_or_its_words_and_the_numbers(issued):
    with pikepdf.open(io.BytesIO(pdf.render(issued))) as made:
        told = [
            str(each["/Alt"])
            for each in made.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert [each for each in told if f"{TITLE}, by status" in each]
    document = docx.Document(io.BytesIO(word.render(issued)))
    paragraphs = [each.text for each in document.paragraphs]
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [f"{TITLE}, by status. {SAID}"] * 2
    assert SAID in paragraphs
    assert [["Not started", 1], ["Completed", 4], ["All", 5]] in [each.rows for each in annex.sheets(issued)]
    summary = plainly(modern_gov.summary_of(issued))
    assert summary.count(SAID) == 2  # once below each drawing, and none of its own words


def test_a_chart_that_is_withheld_is_in_part_2_alone_with_its_numbers(plan, clerk):
    paper = PaperFactory(plans=[plan])
    paper.sections.create(position=1, number="1", heading="Summary", text="Nothing to see")
    asked = "{{chart actions.in_progress by=status plan=ico}}\n\n{{chart actions.total by=status}}"
    mark(paper, section=paper.sections.create(position=2, number="2", heading="Prices", text=asked))
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    public, part_2 = pdf.document(paper), pdf.document(paper, paper.editions.get())
    assert "by status</title>" not in public
    assert part_2.count("by status</title>") == 2
    assert "There is nothing to draw." in part_2
    assert not [each.title for each in annex.sheets(paper) if "as at" in each.title]
    assert set(paper.figures.filter(inserted=True).values_list("exempt", flat=True)) == {True}


def test_of_many_bars_those_that_have_room_are_drawn_and_the_words_say_which_are_high():
    rows = [(f"Unit {number} {'of' * 20}", number % 7) for number in range(MOST_BARS + 5)]
    chart = CountBars("many", "<script>", rows)
    drawn = render_to_string("components/chart_counts.html", {"chart": chart})
    assert drawn.count("<rect") == MOST_BARS
    assert "&lt;script&gt;" in drawn
    assert f"The highest of {len(rows)}: Unit 6" in chart.description
    assert f"The others: between 0 and 5 each. The first {MOST_BARS} are drawn." in chart.description
    cut = CountBars("cut", "By unit", rows, more=True)
    assert f"The highest of the first {len(rows)}: Unit 6" in cut.description
    widest = max(chart.bars, key=lambda bar: bar.width)
    assert widest.number_x < chart.size[0]
    assert all(len(bar.label) <= 30 for bar in chart.bars)
