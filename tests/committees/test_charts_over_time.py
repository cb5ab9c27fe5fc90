"""Charts over time that an author puts into a text: a line for each figure, a row for each of its days."""

import io
from datetime import date

import docx
import pikepdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from lxml import html
from PIL import Image, ImageColor

from actions.figures.burn_up import counts_over
from actions.models import Status
from governance.committees import pdf, services
from governance.committees.bounds import OVER_TIME, beyond_bounds
from governance.committees.inserted.asked import Asked, asked, insertable
from governance.committees.inserted.days import InsertionError, days_over
from governance.committees.inserted.over_time import entries_over
from governance.committees.models import Paper
from governance.committees.outputs import annex, word
from governance.committees.outputs.picture import picture
from governance.committees.restating.finding import find
from governance.committees.restating.notes import reckon_notes
from governance.core.dates import end_of_day
from governance.core.lines import HEIGHT, INKS, WIDTH, LineChart, Series
from governance.figures.moment import Moment, Scope
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import plainly, read
from tests.factories import AssetFactory, RiskFactory
from tests.risks.factories import score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_interface")]
CHART = "{{chart actions.total,actions.completed over=2016-08.. plan=ico}}"
PERIOD = "from 31 August 2016 to 12 October 2016"
TITLE = f"Actions; Actions completed, Plan following the audit, month by month {PERIOD}"
SAID = "Actions completed: 1 on 31 Aug 16, 4 on 12 Oct 16, between 1 and 4 in the meantime."
TOLD = [["31 August 2016", 5, 1], ["30 September 2016", 5, 4], ["12 October 2016", 5, 4]]


def issued(plan, clerk, text=CHART):
    paper = PaperFactory(plans=[plan])
    paper.sections.create(position=1, number="1", heading="Executive summary", text=text)
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    return Paper.objects.get(pk=paper.pk)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2016-08..2016-10", ["2016-08-31", "2016-09-30", "2016-10-12"]),
        ("2016-08..", ["2016-08-31", "2016-09-30", "2016-10-12"]),
        ("2016-08-31..2016-09-01", ["2016-08-31", "2016-09-01"]),
        ("2016-02-15..2016-04-02", ["2016-02-15", "2016-02-29", "2016-03-31", "2016-04-02"]),
        ("2014-11..", 24),
    ],
)
def test_a_period_is_both_its_ends_and_each_months_end_between_them(said, days):
    found = days_over(said, OCTOBER)
    assert len(found) == days if isinstance(days, int) else [str(day) for day in found] == days


@pytest.mark.parametrize(
    "said", ["2014-10..", "0001-01..", "2016-10..", "2016-08-32..", "2016-08...", "９999-01..", "x" * 9000]
)
def test_a_period_that_is_none_or_too_long_is_refused_in_words(said):
    with pytest.raises(InsertionError, match=r"is no period|choose a shorter|is not before"):
        days_over(said, OCTOBER)


def test_every_number_of_a_chart_over_time_stands_in_the_ledger_of_its_day_and_opens_its_rows(
    plan, clerk, browser_of_clerk
):
    paper = issued(plan, clerk)
    page = read(browser_of_clerk, paper.get_absolute_url())
    assert f'<title id="chart-1-title">{TITLE}</title>' in page
    assert f"{SAID} {TITLE} At the end ofActionsActions completed" in plainly(page)
    kept = paper.figures.filter(inserted=True, key="actions.completed").order_by("as_at")
    assert [(str(each.as_at), each.value, each.entries.count()) for each in kept] == [
        ("2016-08-31", 1, 1), ("2016-09-30", 4, 4), ("2016-10-12", 4, 4),
    ]  # fmt: skip
    moments = [each.moment for each in kept]
    assert [each[Status.COMPLETED] for each in counts_over(moments, Scope(plans=("ico",)))] == [1, 4, 4]
    place = reverse("committees:published_figure", args=[paper.pk, kept[0].position])
    assert page.count(f'<a class="paper-figure" href="{place}">1</a>') == 2  # in the table and in the ledger
    assert "ICO-1" in read(browser_of_clerk, place)
    assert f"30 September 20165 ({kept[1].position - 1})4 ({kept[1].position})" in plainly(page)


def test_each_file_has_the_drawing_or_its_words_and_the_numbers(plan, clerk):
    paper = issued(plan, clerk)
    with pikepdf.open(io.BytesIO(pdf.render(paper))) as made:
        dictionaries = [each for each in made.objects if isinstance(each, pikepdf.Dictionary)]
        assert [str(each["/Alt"]) for each in dictionaries if TITLE in str(each.get("/Alt", ""))]
    document = docx.Document(io.BytesIO(word.render(paper)))
    assert [each for each in document.paragraphs if SAID in each.text]
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr").startswith(f"{TITLE}. Actions: 5 on")
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    drawn = Image.open(io.BytesIO(document.part.related_parts[blip].blob))
    assert drawn.size == (2 * WIDTH, 2 * HEIGHT)
    assert {ImageColor.getrgb(ink) for ink in INKS[:2]} < {ink for _, ink in drawn.getcolors(1 << 20)}
    assert TOLD in [each.rows for each in annex.sheets(paper)]


def test_what_is_reported_late_restates_each_day_that_it_touches_and_is_told_for_each(plan, clerk, officer):
    told = issued(plan, clerk)
    plan.actions.get(reference="ICO-5").report(Status.COMPLETED, effective_on=date(2016, 9, 2), by=officer)
    days = {date(2016, 9, 30), OCTOBER}
    assert {each.figure.as_at for each in find().written if each.figure.inserted} == days
    later = PaperFactory(to_come=True, plans=[plan], meeting__body=told.meeting.body)
    notes = reckon_notes(later, Moment.now())
    assert {note.moment.as_at for note in notes} == days
    assert all({each.figure.as_at for each in note.told} == {note.moment.as_at} for note in notes)


def test_a_chart_over_time_that_is_withheld_is_in_part_2_alone_with_its_numbers(plan, clerk):
    paper = PaperFactory(plans=[plan])
    paper.sections.create(position=1, number="1", heading="Summary", text="Nothing to see")
    mark(paper, section=paper.sections.create(position=2, number="2", heading="Prices", text=CHART))
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    public, part_2 = pdf.document(paper), pdf.document(paper, paper.editions.get())
    assert "month by month" not in public
    assert f"figures {PERIOD}" not in public
    assert part_2.count(f"{TITLE}</title>") == 1
    assert f"figures {PERIOD}" in part_2
    assert set(paper.figures.filter(inserted=True).values_list("exempt", flat=True)) == {True}


def test_every_figure_is_counted_over_time_as_it_is_counted_at_each_moment(plan):
    AssetFactory()
    score(RiskFactory(), 4, 4)
    moments = [Moment(OCTOBER, end_of_day(OCTOBER)), Moment.now()]
    for figure in insertable():
        over = Asked("chart", figure.key, Scope(), OCTOBER, (), "", [each.as_at for each in moments])
        found = [entries for (entries,) in entries_over(over, moments)]
        assert found == [figure.entries(moment, Scope()) for moment in moments], figure.key


def test_more_charts_over_time_than_can_be_counted_at_once_are_refused():
    assert not beyond_bounds([CHART] * OVER_TIME)
    assert "A paper has at most 6 tables and charts over time" in beyond_bounds([CHART] * (OVER_TIME + 1))
    with pytest.raises(InsertionError, match="At most 4 figures"):
        asked("chart", ",".join(figure.key for figure in insertable()[:5]) + " over=2016-08..", Moment.now())


def test_the_burn_up_of_a_plan_is_offered_in_words_that_are_understood(plan, clerk, browser_of_clerk):
    paper = PaperFactory(meeting=MeetingFactory(), plans=[plan], as_at=OCTOBER)
    section = paper.sections.create(position=1, number="1", heading="Progress", text="Words")
    page = read(browser_of_clerk, reverse("committees:edit_section", args=[paper.pk, section.pk]))
    offered = "actions.total,actions.completed,actions.remaining over=2015-10.. plan=ico"
    assert f"{{{{chart {offered}}}}}" in page
    assert len(asked("chart", offered, Moment(OCTOBER, end_of_day(OCTOBER))).over) == 13


def test_days_are_drawn_as_far_apart_as_they_are_and_names_keep_clear_of_each_other():
    chart = LineChart(
        "c", "T", ["30 Sep 16", "31 Oct 16", "2 Nov 16"], [Series("A" * 30, [1, 2, 3])], days=[0, 31, 33]
    )
    first, second, third = (point.x for point in chart.lines[0].points)
    assert (third - second) * 15 < second - first
    assert [label for label, _ in chart.moments] == ["30 Sep 16", "2 Nov 16"]
    assert f"{'A' * 19}…</text>" in render_to_string("components/chart_lines_drawn.html", {"chart": chart})


@pytest.mark.parametrize("part", ['<path d="M0 0h1"/>', '<rect fill="url(#p)"/>', "<text>Ŵ</text>"])
def test_what_cannot_be_drawn_as_meant_is_no_picture(part):
    assert picture(html.fragment_fromstring(f'<svg viewBox="0 0 9 9">{part}</svg>')) is None
