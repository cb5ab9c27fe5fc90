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
from governance.committees.bounds import LISTS, OVER_TIME, beyond_bounds
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
from tests.committees.conftest import OCTOBER, brought_in
from tests.committees.exempting import mark
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import plainly, read
from tests.factories import ActionFactory, AssetFactory, PlanFactory, RiskFactory
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


def test_more_lists_or_charts_over_time_than_can_be_counted_at_once_are_refused():
    assert not beyond_bounds([CHART] * OVER_TIME)
    assert "A paper has at most 6 tables and charts over time" in beyond_bounds([CHART] * (OVER_TIME + 1))
    lists = ["{{list assets.total}}"] * (LISTS + 1)
    assert not beyond_bounds(lists[1:])
    assert beyond_bounds(lists) == "A paper has at most 6 lists of records. With this it has 7."
    with pytest.raises(InsertionError, match="At most 4 figures"):
        asked("chart", ",".join(figure.key for figure in insertable()[:5]) + " over=2016-08..", Moment.now())


def test_the_burn_up_of_a_plan_is_offered_in_words_that_are_understood(plan, clerk, browser_of_clerk):
    paper = PaperFactory(meeting=MeetingFactory(), plans=[plan], as_at=OCTOBER)
    section = paper.sections.create(position=1, number="1", heading="Progress", text="Words")
    page = read(browser_of_clerk, reverse("committees:edit_section", args=[paper.pk, section.pk]))
    offered = "actions.total,actions.completed,actions.remaining over=2015-10.. plan=ico"
    assert f"{{{{chart {offered}}}}}" in page
    moment = Moment(OCTOBER, end_of_day(OCTOBER))
    assert len(asked("chart", offered, moment).over) == 13
    assert asked("chart", offered.replace(",", " ,\t"), moment) == asked("chart", offered, moment)


def test_days_are_drawn_as_far_apart_as_they_are_and_names_keep_clear_of_each_other():
    chart = LineChart(
        "c", "T", ["30 Sep 16", "31 Oct 16", "2 Nov 16"], [Series("A" * 30, [1, 2, 3])], days=[0, 31, 33]
    )
    first, second, third = (point.x for point in chart.lines[0].points)
    assert (third - second) * 15 < second - first
    assert [label for label, _ in chart.moments] == ["30 Sep 16", "2 Nov 16"]


def test_names_too_long_for_the_ends_of_their_lines_stand_whole_in_the_drawing_by_number():
    names = ["Assets due for disposal", "Assets due for disposal within three months"]
    chart = LineChart("c", "T", ["May", "June"], [Series(name, [1, n]) for n, name in enumerate(names)])
    drawn = render_to_string("components/chart_lines_drawn.html", {"chart": chart})
    for n, name in enumerate(names, 1):
        assert f">{n} Assets due for di…</text>" in drawn
        assert f">{n} {name}</text>" in drawn
    assert [drawn.count(part) for part in ("<circle", "<polygon", 'stroke-dasharray="8 4"')] == [3, 3, 2]
    picture_of = Image.open(io.BytesIO(picture(html.fragment_fromstring(drawn[drawn.index("<svg") :]))))
    assert picture_of.height == 2 * chart.height > 2 * HEIGHT


def test_the_ledger_tells_two_plans_of_one_title_apart(plan, clerk, officer):
    other = PlanFactory(code="ico-again", title=plan.title)
    ActionFactory(plan=other, opened_on=date(2016, 1, 4), by=officer, **brought_in(date(2016, 1, 4)))
    paper = PaperFactory(plans=[plan, other])
    text = "\n\n".join(
        f"{{{{table actions.total over=2016-08.. plan={each.code}}}}}" for each in (plan, other)
    )
    paper.sections.create(position=1, number="1", heading="Executive summary", text=text)
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    printed = pdf.document(paper)
    kept = paper.figures.filter(inserted=True)
    assert kept.count() == 6
    assert all(f"<small>({each.position})</small>" in printed for each in kept)


@pytest.mark.parametrize(
    "part",
    [
        '<path d="M0 0h1"/>',
        '<rect fill="url(#p)"/>',
        '<text x="1" y="1" font-size="9" fill="#000">Ŵ</text>',
        '<text x="1" y="1" fill="#000">Letters of no size</text>',
        '<circle cx="50%" cy="1" r="1" fill="#000"/>',
        '<circle cx="1" cy="1" r="1" fill="mauve of a kind"/>',
        '<polygon points="1 1 2 2" fill="none"/>',
        '<g transform="rotate(9)"/>',
    ],
)
def test_what_cannot_be_drawn_as_meant_is_no_picture(part):
    assert picture(html.fragment_fromstring(f'<svg viewBox="0 0 9 9">{part}</svg>')) is None
