"""The pages of restatements: found in the list, opened, classed, and how much is told."""

from datetime import date

import pytest
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Classing, Materiality, Restatement
from governance.committees.restating.finding import find
from governance.core.dates import today
from tests.cast import play, signed_in
from tests.committees.conftest import OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import parts, plainly, queries_of, read
from tests.committees.test_restatements import of, put_right

pytestmark = pytest.mark.django_db
ALL = reverse("committees:restatements")


@pytest.fixture
def found(july, plan, officer):
    put_right(plan, officer)
    find()
    return of("in_progress")


def page_of(found, name="restatement"):
    return reverse(f"committees:{name}", args=[found.figure.paper_id, found.figure.position])


def test_the_list_says_what_was_told_and_what_is_known_and_leads_there(browser_of_clerk, found):
    page = read(browser_of_clerk, ALL)
    assert f'href="{page_of(found)}">Actions in progress</a>' in page
    assert "Not yet classed" in page
    assert "4 figures" in plainly(page)


@pytest.mark.parametrize(
    ("asked", "number"),
    [("classed=none", 2), ("classed=error", 2), ("state=closed", 0), ("state=all", 4), ("paper=0", 0),
     ("classed=whim", 4), ("paper=99999999999999999999", 4), ("body=nobody", 4)],
)  # fmt: skip
def test_the_list_is_narrowed_by_class_state_and_paper(browser_of_clerk, found, clerk, asked, number):
    for each in Restatement.objects.filter(figure__key="actions.in_progress"):
        Classing.objects.create(restatement=each, number=1, kind="error", reason="A slip", classed_by=clerk)
    page = plainly(read(browser_of_clerk, f"{ALL}?{asked}"))
    assert f"{number} figure" in page


def test_the_list_asks_as_often_for_few_as_for_many(browser_of_clerk, found, plan, officer):
    asked = queries_of(browser_of_clerk, ALL)
    assert asked <= 12
    meeting = MeetingFactory(held_on=date(2016, 8, 1))
    services.issue(PaperFactory(meeting=meeting, plans=[plan]), by=officer, frozen_on=date(2016, 8, 1))
    put_right(plan, officer, "ICO-2")
    assert len(find().written) > 4
    assert queries_of(browser_of_clerk, ALL) == asked


def test_one_names_the_record_with_who_corrected_it_and_why(browser_of_clerk, found):
    page = plainly(read(browser_of_clerk, page_of(found)))
    assert "Actions in progress: told as 2, known now as 1" in page
    assert "ICO-3 is no longer counted: corrected on" in page
    assert "because “Entered on the wrong line”" in page


def test_the_figure_and_its_paper_lead_to_the_restatement(browser_of_clerk, found):
    figure = reverse("committees:published_figure", args=[found.figure.paper_id, found.figure.position])
    assert page_of(found) in read(browser_of_clerk, figure)
    paper = plainly(read(browser_of_clerk, found.figure.paper.get_absolute_url()))
    assert "4 figures of this paper are known otherwise since" in paper


def test_an_officer_classes_it_and_what_the_same_correction_moved(browser_of_clerk, found):
    said = {"kind": "error", "reason": "A slip", "seen": 0, "beside": "on"}
    answer = browser_of_clerk.post(page_of(found, "class_restatement"), said)
    assert answer["Location"] == page_of(found)
    page = plainly(read(browser_of_clerk, page_of(found)))
    assert "The restatement is classed, and 3 other figures" in page
    assert "classed as error by" in page
    assert not Restatement.objects.to_class().exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "", "reason": "A slip", "seen": 0}, "Select what sort of restatement it is"),
        ({"kind": "error", "reason": " ", "seen": 0}, "Answer “Why?”"),
        ({"kind": "error", "reason": "x\0y", "seen": 0}, "cannot be kept"),
        ({"kind": "error", "reason": "A slip", "seen": 7}, "Somebody classed it meanwhile"),
        ({"kind": "error", "reason": "A slip", "seen": "9" * 30}, "must be 2147483647 or less"),
    ],
)
def test_a_class_without_what_it_needs_is_not_given(browser_of_clerk, found, typed, words):
    answer = browser_of_clerk.post(page_of(found, "class_restatement"), typed)
    assert answer.status_code in (200, 400)
    assert words in plainly(" ".join(answer.content.decode().split()))
    assert not Classing.objects.exists()


def test_who_made_the_correction_may_look_and_not_class(july, plan):
    own = play("ig_officer", "ig_officer")
    put_right(plan, own)
    find()
    browser = signed_in(own)
    assert browser.get(page_of(of("in_progress"), "class_restatement")).status_code == 403
    assert "Class it" not in read(browser, page_of(of("in_progress")))


def test_who_may_not_open_the_paper_finds_no_restatement(found):
    outsider = play("outsider")
    assert not Restatement.objects.visible_to(outsider).exists()
    assert signed_in(outsider).get(page_of(found)).status_code == 404


def test_home_says_how_many_published_figures_wait_for_a_class(browser_of_clerk, found):
    home = read(browser_of_clerk, reverse("dashboards:home"))
    assert "4 published figures have since been corrected: class them" in home


def test_a_body_says_from_what_size_on_it_is_told_of_errors(browser_of_clerk, july):
    body = july.paper.meeting.body
    address = reverse("committees:materiality", args=[body.pk])
    typed = parts("starts_on", today()) | {"records": "2", "per_cent": ""}
    assert browser_of_clerk.post(address, typed).status_code == 302
    assert [str(each) for each in Materiality.objects.filter(body=body)] == ["2 records"]
    listed = reverse("committees:restatements")
    for page in (body.get_absolute_url(), f"{listed}?body={body.pk}"):
        told = read(browser_of_clerk, page)
        assert "is told of errors of 2 records or more" in plainly(told)
        assert f'href="{address}"' in told


def test_a_size_set_wrongly_is_put_right_the_same_day_until_a_paper_was_issued_by_it(
    browser_of_clerk, plan, clerk
):
    paper = PaperFactory(plans=[plan], to_come=True)
    address = reverse("committees:materiality", args=[paper.meeting.body_id])
    typed = parts("starts_on", today()) | {"per_cent": ""}
    browser_of_clerk.post(address, typed | {"records": "20"})
    told = plainly(browser_of_clerk.post(address, typed | {"records": "2"}).content.decode())
    assert "on it is 20 records already. Say below that you put that right" in told
    assert browser_of_clerk.post(address, typed | {"records": "2", "anew": "on"}).status_code == 302
    assert str(Materiality.objects.get()) == "2 records"
    assert Materiality.history.count() == 2
    services.issue(paper, by=clerk)
    told = plainly(browser_of_clerk.post(address, typed | {"records": "9", "anew": "on"}).content.decode())
    assert "a paper was issued by that: choose a later day" in told
    assert str(Materiality.objects.get()) == "2 records"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"records": "", "per_cent": ""}, "Enter a number of records, or per cent of the figure"),
        ({"records": "0", "per_cent": ""}, "Enter a whole number from 1"),
        ({"records": "", "per_cent": "101"}, "Enter a whole number from 1 to 100"),
        ({"records": "9" * 30, "per_cent": ""}, "Enter a whole number"),
        (parts("starts_on", OCTOBER) | {"records": "2"}, "The day must be today or later"),
    ],
)
def test_a_size_that_makes_no_sense_is_refused_in_words(browser_of_clerk, july, typed, words):
    address = reverse("committees:materiality", args=[july.paper.meeting.body_id])
    answer = browser_of_clerk.post(address, parts("starts_on", today()) | typed)
    assert answer.status_code in (200, 400)
    assert words in plainly(" ".join(answer.content.decode().split()))
    assert not Materiality.objects.exists()
