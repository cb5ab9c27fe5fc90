"""The next paper to a body says by itself what it was told that is known otherwise."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Status
from governance.committees import services
from governance.committees.models import (
    Issue,
    Materiality,
    Paper,
    PublishedFigure,
    Restatement,
    RestatementNote,
    Takedown,
)
from governance.committees.restating.finding import find
from governance.committees.restating.notes import reckon_notes
from governance.committees.sentences import plain
from governance.committees.services import restatements
from governance.committees.tasks import find_restatements
from governance.figures.moment import Moment
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import address, plainly, read
from tests.committees.test_restatements import of, put_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected(july, plan, officer):
    """In October it is known that one action had not begun in July."""
    put_right(plan, officer)


def class_all(kind, by):
    find()
    for each in Restatement.objects.to_class():
        restatements.class_as(each, kind, "The line above was meant", by=by)


def next_paper(july, plan, by, **facts):
    body = july.paper.meeting.body
    held_on = facts.pop("held_on", date(2016, 10, 24))
    meeting = MeetingFactory(body=body, held_on=held_on)
    paper = PaperFactory(meeting=meeting, plans=[plan], as_at=OCTOBER, published_on=OCTOBER, **facts)
    return services.issue(paper, by=by)


def notes_in(issue):
    return issue.content.get("restated", [])


def test_an_error_is_told_in_words_with_its_class_and_reason(corrected, july, plan, officer, clerk):
    class_all("error", clerk)
    (note,) = notes_in(next_paper(july, plan, officer))

    assert plain(note["sentence"]) == (
        "The paper for the meeting of 25 July 2016 gave, as at 13 July 2016: actions not started 2, now "
        "known to have been 3; actions in progress 2, now known to have been 1."
    )
    assert note["records"][0].startswith("ICO-3: corrected on ")
    assert note["records"][0].endswith("because “Entered on the wrong line”")
    assert (note["class"], note["reason"]) == ("Error", "The line above was meant")


def test_a_figure_that_a_paper_gave_at_two_places_is_told_once(plan, officer):
    twice = PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan])
    twice.sections.create(position=1, heading="Begun", text="{{list actions.in_progress plan=ico}}")
    july = services.issue(twice, by=officer, frozen_on=JULY)
    given = july.paper.figures.filter(key="actions.in_progress", dimension={}, movement="")
    assert given.count() == 2
    put_right(plan, officer)
    (note,) = notes_in(next_paper(july, plan, officer))
    assert plain(note["sentence"]).count("actions in progress 2, now known to have been 1") == 1
    assert RestatementNote.objects.filter(restatement__figure__in=given).count() == 2


def test_its_numbers_stand_in_the_ledger_with_their_rows(corrected, july, plan, officer, browser_of_clerk):
    issue = next_paper(july, plan, officer)
    told = PublishedFigure.objects.filter(paper=issue.paper, dimension__has_key="restates")

    assert {(each.key, each.value, each.day) for each in told if len(each.dimension) == 2} == {
        ("actions.in_progress", 1, JULY),
        ("actions.not_started", 3, JULY),
    }
    for each in told:
        page = read(browser_of_clerk, address(each))
        assert "As published: asked again for the same moment" in page
        assert page.count('<th scope="row"><a') == each.value
    assert find().written == [], "what restates is not restated again"


def test_what_nobody_classed_is_told_with_the_fact(corrected, july, plan, officer):
    (note,) = notes_in(next_paper(july, plan, officer))
    assert (note["open"], note["class"]) == (True, "")
    assert RestatementNote.objects.filter(classing=None).count() == 4


def test_what_was_told_is_not_told_again_until_it_has_a_class(corrected, july, plan, officer, clerk):
    next_paper(july, plan, officer)
    assert notes_in(next_paper(july, plan, officer, held_on=date(2016, 10, 25))) == []
    class_all("error", clerk)
    (note,) = notes_in(next_paper(july, plan, officer, held_on=date(2016, 10, 26)))
    assert note["class"] == "Error"


def test_what_was_told_in_a_paper_that_was_withdrawn_is_told_again(corrected, july, plan, officer):
    told = next_paper(july, plan, officer)
    said = {"authority": "Section 5", "reason": "A name stood in it"}
    services.take_down(Takedown(paper=told.paper, **said), by=officer)
    assert notes_in(next_paper(july, plan, officer, held_on=date(2016, 10, 25)))


@pytest.mark.parametrize(
    ("kind", "moved", "records", "listed", "told"),
    [
        ("error", 1, 1, False, 1),
        ("error", 1, 2, False, 0),
        ("error", 1, 2, True, 1),
        ("error", 2, 1, False, 1),
        ("error", 2, 2, False, 1),
        ("error", 2, 3, False, 0),
        ("late report", 2, 1, False, 0),
        ("late report", 1, 1, False, 0),
        ("late report", 1, 1, True, 1),
        ("reclassification", 1, 1, False, 0),
        ("reclassification", 1, 1, True, 1),
        ("changed definition", 1, 1, False, 0),
        ("changed definition", 1, 1, True, 1),
    ],
)
def test_errors_from_the_size_on_are_told_and_the_others_only_if_asked_for(
    corrected, july, plan, officer, clerk, kind, moved, records, listed, told
):
    if moved == 2:
        put_right(plan, officer, reference="ICO-2")
    body = july.paper.meeting.body
    Materiality.objects.create(body=body, starts_on=date(2016, 1, 1), records=records)
    class_all(kind, clerk)
    assert len(of("in_progress").went) == moved
    assert len(notes_in(next_paper(july, plan, officer, tells_restatements=listed))) == told


def test_a_difference_that_was_told_and_is_no_more_is_told_too(corrected, july, plan, officer):
    next_paper(july, plan, officer)
    put_right(plan, officer, status=Status.IN_PROGRESS)
    (note,) = notes_in(next_paper(july, plan, officer, held_on=date(2016, 10, 25)))
    assert "restated to this body as 1, and known now to have been 2 after all" in plain(note["sentence"])
    assert not of("in_progress").differs


def test_the_registers_are_asked_once_for_what_is_compared_and_told(corrected, july, plan, officer):
    meeting = MeetingFactory(body=july.paper.meeting.body, held_on=date(2016, 10, 24))
    draft = PaperFactory(meeting=meeting, plans=[plan])
    with CaptureQueriesContext(connection) as asked:
        (note,) = reckon_notes(draft, Moment.now())
    assert sum("row_to_json(q)" in each["sql"] for each in asked) == 1  # all questions are asked together
    told = {line.figure.key: [entry.reference for entry in line.entries] for line in note.lines.values()}
    assert told == {"actions.in_progress": ["ICO-2"], "actions.not_started": ["ICO-3", "ICO-4", "ICO-5"]}


def test_another_body_is_not_told_what_it_never_heard(corrected, plan, officer):
    elsewhere = PaperFactory(plans=[plan], as_at=OCTOBER, published_on=OCTOBER)
    assert notes_in(services.issue(elsewhere, by=officer)) == []


def test_the_worker_finds_what_differs_by_itself_and_finds_it_once(corrected):
    for _ in range(2):
        find_restatements()
        assert Restatement.objects.count() == 4


def test_the_page_before_issue_shows_what_will_be_told_and_asks_for_the_class(
    corrected, july, plan, browser_of_clerk
):
    find()
    meeting = MeetingFactory(body=july.paper.meeting.body)
    paper = PaperFactory(meeting=meeting, plans=[plan], as_at=OCTOBER, published_on=OCTOBER)
    page = read(browser_of_clerk, reverse("committees:issue_paper", args=[paper.pk]))
    words = plainly(page)

    assert "Figures told before that are known otherwise" in words
    assert "The paper for the meeting of 25 July 2016 gave" in words
    assert "Class them before you issue the paper, or let it say that they are not yet classed" in words
    query = f"?classed=none&amp;body={paper.meeting.body_id}"
    assert f"{reverse('committees:restatements')}{query}" in page
    assert not Restatement.objects.filter(number__gt=1).exists()


def test_the_page_before_issue_lists_what_it_found_before_the_worker_has(
    corrected, july, plan, browser_of_clerk
):
    meeting = MeetingFactory(body=july.paper.meeting.body)
    draft = PaperFactory(meeting=meeting, plans=[plan], as_at=OCTOBER, published_on=OCTOBER)
    where = reverse("committees:find_restatements", args=[draft.pk])
    assert where in read(browser_of_clerk, reverse("committees:issue_paper", args=[draft.pk]))
    assert not Restatement.objects.exists()
    for _ in range(2):  # a double click
        listed = browser_of_clerk.post(where, follow=True).content.decode()
    assert f"{Restatement.objects.get(figure=of('in_progress').figure).now}" == "1"
    assert Restatement.objects.count() == 4
    assert "4 figures" in plainly(listed)
    asked = f"{reverse('committees:restatements')}?classed=none&body={draft.meeting.body_id}"
    assert browser_of_clerk.post(where)["Location"] == asked


def test_the_page_of_a_restatement_names_the_paper_that_told_of_it(
    corrected, july, plan, officer, browser_of_clerk
):
    told = next_paper(july, plan, officer).paper
    found = of("in_progress")
    where = reverse("committees:restatement", args=[found.figure.paper_id, found.figure.position])
    page = read(browser_of_clerk, where)
    assert "Papers that told of it" in page
    assert told.get_absolute_url() in page


def test_the_page_of_the_paper_prints_the_note(corrected, july, plan, officer, browser_of_clerk):
    issue = next_paper(july, plan, officer)
    page = read(browser_of_clerk, issue.paper.get_absolute_url())
    assert "Not yet classed." in page
    assert "Figures told before, as known now: figures as at 13 July 2016, as known on" in page
    assert Issue.objects.get(pk=issue.pk).is_as_issued()


def test_a_paper_of_before_keeps_what_it_said(corrected, july, plan, officer):
    assert notes_in(next_paper(july, plan, officer))
    kept = Issue.objects.get(pk=july.pk)
    assert kept.content == july.content
    assert kept.is_as_issued()
    assert notes_in(kept) == []


def test_the_database_keeps_notes_with_their_paper_and_their_class(corrected, july, plan, officer, clerk):
    class_all("error", clerk)
    found, other = of("in_progress"), of("not_started")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        RestatementNote.objects.create(paper=july.paper, restatement=found)
    draft = Paper.objects.get(pk=PaperFactory(plans=[plan]).pk)
    with pytest.raises(DatabaseError, match="one of this restatement"), transaction.atomic():
        RestatementNote.objects.create(paper=draft, restatement=found, classing=other.classings.get())
