"""A paper that tells of maturity: levels as known at its moment, what moved, and what was done behind it."""

import io
from datetime import date, timedelta

import docx
import pytest
from django.db import DatabaseError, transaction
from PIL import Image, ImageColor

from actions.models import ActionArea, MaturityArea, MaturityScore, Status
from actions.services.maturity_scores import score, standing_of
from governance.committees import services
from governance.committees.models import Issue, PublishedFigure
from governance.committees.outputs import word
from governance.core.dates import today
from governance.core.refusals import rule_of
from governance.people.models import Role
from tests.actions.maturity import a_model, assessed
from tests.cast import play, signed_in
from tests.committees.conftest import brought_in, noon, report
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import address, plainly, read

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2016, 3, 1), date(2016, 10, 3)
TOLD = date(2016, 10, 12)


def known(day):
    return {"known_at": noon(day), "source_document": f"Assessment of {day.year}"}


def told(clerk, frozen=TOLD, **facts):
    meeting = MeetingFactory(held_on=max(frozen, date(2016, 10, 24)))
    paper = PaperFactory(meeting=meeting, tells_maturity=True, **facts)
    return services.issue(paper, by=clerk, frozen_on=frozen)


def figure(issue, name):
    return PublishedFigure.objects.get(paper=issue.paper_id, key=f"actions.maturity_{name}")


@pytest.fixture
def model(clerk):
    """Two areas. Training went up and an action was completed for it; Records went down and none was."""
    model = a_model()
    assessed(model, [2, 3], on=FIRST, target=4, overall="low-medium", by=clerk, **known(FIRST))
    assessed(model, [3, 2], on=SECOND, target=3, overall="medium", by=clerk, **known(SECOND))
    return model


@pytest.fixture
def improved(model, plan):
    """ICO-2, completed in September, improves Training; so does ICO-5, which is not completed."""
    training = MaturityArea.objects.get(title="Training")
    for action in plan.actions.filter(reference__in=["ICO-2", "ICO-5"]):
        ActionArea.objects.create(action=action, area=training)
    return training


def rows_of(issue):
    (model,) = issue.content["maturity"]["models"]
    return {row["area"]: row for row in model["rows"]}


def test_a_paper_says_level_target_and_change_of_each_area_beside_the_last(clerk, model, improved):
    issue = told(clerk)
    (found,) = issue.content["maturity"]["models"]
    assert (found["latest"]["overall"], found["before"]["overall"]) == ("medium", "low-medium")
    rows = rows_of(issue)
    assert [rows["Training"][name] for name in ("before", "level", "target", "moved")] == [2, 3, 3, "Up 1"]
    assert [rows["Records"][name] for name in ("before", "level", "target", "moved")] == [3, 2, 3, "Down 1"]
    assert found["named"] == ["level 2 is “formative”", "level 3 is “developing”"]


def test_a_level_before_that_is_of_another_day_than_the_heading_says_its_day(browser_of_clerk, clerk, model):
    between = date(2016, 6, 1)
    assessed(model, [0, 4], on=between, by=clerk, **known(between))  # leaves Training out
    issue = told(clerk)
    rows = rows_of(issue)
    assert (rows["Training"]["before"], rows["Training"]["before_on"]) == (2, "2016-03-01")
    assert (rows["Records"]["before"], "before_on" in rows["Records"]) == (4, False)
    page = read(browser_of_clerk, issue.paper.get_absolute_url())
    assert "Before, as at 1 June 2016" in page
    assert '<td class="paper-count">2 (1 March 2016)</td>' in page
    assert '<td class="paper-count">4</td>' in page


@pytest.mark.usefixtures("built_interface")
def test_the_word_document_draws_level_target_and_level_before(clerk, model):
    document = docx.Document(io.BytesIO(word.render(told(clerk).paper)))
    (shape,) = document.inline_shapes
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    drawn = Image.open(io.BytesIO(document.part.related_parts[blip].blob))
    inks = {ink for _, ink in drawn.getcolors(1 << 20)}
    assert {ImageColor.getrgb(ink) for ink in ("#54319f", "#0b5563", "#0b0c0c")} < inks
    assert "Training: before 2, level 3, target 3." in shape._inline.docPr.get("descr")


def test_behind_a_movement_stand_the_actions_completed_in_between_and_where_none_is_that_is_said(
    browser_of_clerk, clerk, model, improved
):
    issue = told(clerk)
    rows = rows_of(issue)
    assert [action["reference"] for action in rows["Training"]["actions"]] == ["ICO-2"]
    assert not rows["Training"]["unexplained"]
    assert rows["Records"]["unexplained"]
    page = read(browser_of_clerk, issue.paper.get_absolute_url())
    assert "<td>Up 1</td><td>ICO-2 (1 September 2016)</td>" in page
    assert "None, although it moved" in page
    assert "Training: before 2, level 3, target 3." in page, "the chart in words"


def test_every_number_of_the_ledger_has_its_areas(clerk, model, improved):
    issue = told(clerk)
    values = {name: figure(issue, name).value for name in ("areas", "below_target", "moved", "unexplained")}
    assert values == {"areas": 2, "below_target": 1, "moved": 2, "unexplained": 1}
    for name, value in values.items():
        assert figure(issue, name).entries.count() == value


def test_a_figure_opens_to_the_areas_with_the_levels_they_were_given(browser_of_clerk, clerk, model):
    page = plainly(read(browser_of_clerk, address(figure(told(clerk), "below_target"))))
    assert "Records Level 2, formative; target 3, developing" in page
    assert "from: Assessment of 2016" in page
    assert "the registers give the same 1 today" in page


def test_it_is_told_as_it_was_known_then(clerk, model):
    issue = told(clerk, date(2016, 9, 30))
    (found,) = issue.content["maturity"]["models"]
    assert found["latest"]["overall"] == "low-medium"
    assert found["before"] is None
    assert rows_of(issue)["Training"]["moved"] == ""


def test_a_level_corrected_since_says_by_whom_and_why(browser_of_clerk, clerk, model):
    issue = told(clerk)
    second = model.assessments.get(as_at=SECOND)
    records = MaturityArea.objects.get(title="Records")
    wrong = standing_of(second, records)
    score(
        second,
        records,
        level=wrong.target,
        target=wrong.target,
        finding="",
        reason="Read from the wrong line",
        seen=wrong.pk,
        by=clerk,
    )
    page = plainly(read(browser_of_clerk, address(figure(issue, "below_target"))))
    assert "the registers give the same 1 today" in page
    assert "0 as known today." in page
    assert "is no longer counted: corrected on" in page
    assert "because “Read from the wrong line”." in page
    total = plainly(read(browser_of_clerk, address(figure(issue, "areas"))))
    assert "Still 2. One area in it now rests on a corrected score." in total


def test_areas_that_may_not_be_opened_are_counted_not_named(clerk, model):
    holder = signed_in(play("portfolio_holder", Role.PORTFOLIO_HOLDER))
    page = read(holder, address(figure(told(clerk), "below_target")))
    assert "1 that you may not open" in page
    assert "Records" not in page


def test_no_level_is_slipped_in_behind_a_paper_that_told_of_maturity(clerk, model):
    told(clerk)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        assessed(model, [4, 4], on=date(2016, 10, 5), by=clerk, **known(date(2016, 10, 5)))
    assert rule_of(refused.value) == "known after the last freeze"
    assessed(model, [4, 4], on=date(2016, 10, 5), by=clerk, **known(TOLD + timedelta(days=1)))
    assert MaturityScore.objects.filter(assessment__as_at=date(2016, 10, 5)).count() == 2


def test_a_paper_not_asked_to_has_no_word_of_it_and_one_may_tell_of_nothing_else(
    browser_of_clerk, clerk, plan, model
):
    other = services.issue(PaperFactory(plans=[plan], to_come=True), by=clerk)
    assert "maturity" not in other.content
    page = read(browser_of_clerk, told(clerk).paper.get_absolute_url())
    assert "Appendix 1: Maturity in figures" in page
    assert "Appendix 2: Where the figures come from" in page
    assert page.count('id="appendix-') == 2


def test_risks_and_maturity_each_have_their_appendix_in_this_order(browser_of_clerk, clerk, plan, model):
    paper = PaperFactory(plans=[plan], to_come=True, tells_maturity=True, tells_risks=True)
    issue = services.issue(paper, by=clerk)
    assert issue.content["appendices"][2:4] == [
        "Appendix 3: Information risks in figures",
        "Appendix 4: Maturity in figures",
    ]
    page = read(browser_of_clerk, issue.paper.get_absolute_url())
    assert page.index('id="appendix-3"') < page.index('id="appendix-4"') < page.index('id="appendix-5"')


def test_where_nothing_was_assessed_the_paper_says_so(browser_of_clerk, clerk):
    paper = services.issue(PaperFactory(to_come=True, tells_maturity=True), by=clerk).paper
    assert "Nothing has been assessed." in read(browser_of_clerk, paper.get_absolute_url())
    assert Issue.objects.get(paper=paper).content["maturity"]["models"] == []


def test_what_is_reported_as_completed_once_more_was_completed_when_it_first_was(
    clerk, improved, plan, officer
):
    report(plan.actions.get(reference="ICO-2"), Status.COMPLETED, date(2016, 10, 1), officer)
    behind = rows_of(told(clerk))["Training"]["actions"]
    assert [each["completed_on"] for each in behind] == ["2016-09-01"]


def test_an_action_reopened_since_was_completed_all_the_same(clerk, model, improved, plan, officer):
    report(plan.actions.get(reference="ICO-2"), Status.IN_PROGRESS, date(2016, 10, 6), officer)
    assert [each["reference"] for each in rows_of(told(clerk))["Training"]["actions"]] == ["ICO-2"]
    late = brought_in(date(2016, 11, 1))["known_at"]
    assert late.date() < today()
