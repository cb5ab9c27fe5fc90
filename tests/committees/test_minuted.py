"""Figures as minuted: another number than the paper's stands beside it, and a wrong sum is pointed out."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.committees.models import Minute, MinutedFigure
from tests.committees.factories import MeetingFactory
from tests.committees.pages import address, figure, plainly, read

pytestmark = pytest.mark.django_db


def typed(paper, **values):
    named = {f"value_{figure(paper, name).pk}": value for name, value in values.items()}
    return {"meeting": paper.meeting_id, "minute_reference": "37/16"} | named


def test_minuted_figures_that_differ_are_shown_as_such_and_a_wrong_sum_is_said_in_words(
    browser_of_clerk, paper
):
    url = reverse("committees:new_minuted", args=[paper.pk])
    for elsewhere in ({}, {"body": paper.meeting.body, "held_on": date(2999, 1, 1)}):
        other = MeetingFactory(**{"held_on": paper.meeting.held_on} | elsewhere)
        refused = browser_of_clerk.post(url, typed(paper, completed=6) | {"meeting": other.pk})
        assert refused.context["form"].errors["meeting"]
    values = {"completed": 6, "in_progress": 0, "not_started": 1, "awaiting_approval": 0}
    page = plainly(browser_of_clerk.post(url, typed(paper, **values), follow=True).content.decode())
    assert "Actions completed: minuted as 6, but the paper says 4" in page
    assert "sums to 7, the paper says 5" in page
    opened = plainly(read(browser_of_clerk, address(figure(paper, "completed"))))
    assert "(minute 37/16): minuted as 6, but the paper says 4" in opened
    again = browser_of_clerk.post(url, typed(paper, **values))
    assert "These minutes are recorded already" in again.content.decode()
    assert Minute.objects.count() == 1


def test_minutes_that_leave_parts_out_are_not_said_to_sum_wrongly(browser_of_clerk, paper):
    url = reverse("committees:new_minuted", args=[paper.pk])
    page = plainly(browser_of_clerk.post(url, typed(paper, completed=4), follow=True).content.decode())
    assert "as in the paper" in page
    assert "sums to" not in page


@pytest.mark.parametrize(
    ("value", "said"), [("9" * 30, "or less"), ("-1", "or more"), ("", "at least one number")]
)
def test_numbers_that_make_no_sense_are_said(browser_of_clerk, paper, value, said):
    url = reverse("committees:new_minuted", args=[paper.pk])
    page = browser_of_clerk.post(url, typed(paper, completed=value))
    assert said in page.content.decode()
    assert not Minute.objects.exists()


def test_the_database_takes_figures_of_the_minutes_own_paper_only_and_each_once(july, october):
    paper = july.paper
    passage = Minute.objects.create(meeting=paper.meeting, paper=paper)
    ours, other = figure(paper, "completed"), figure(october.paper, "completed")
    with pytest.raises(IntegrityError, match="one of the paper"), transaction.atomic():
        MinutedFigure.objects.create(minute=passage, figure=other, value=1)
    MinutedFigure.objects.create(minute=passage, figure=ours, value=1)
    with pytest.raises(IntegrityError, match="figure_is_minuted_once"), transaction.atomic():
        MinutedFigure.objects.create(minute=passage, figure=ours, value=2)


def test_a_number_recorded_wrongly_is_put_right_with_its_reason_and_stays_to_be_read(browser_of_clerk, paper):
    new = reverse("committees:new_minuted", args=[paper.pk])
    browser_of_clerk.post(new, typed(paper, completed=6))
    number = MinutedFigure.objects.get()
    url = reverse("committees:put_minuted_right", args=[paper.pk, number.pk])
    asked = {"value": 4, "seen_version": number.standing_version()}
    assert "there is a problem" in browser_of_clerk.post(url, asked).content.decode().lower()
    page = browser_of_clerk.post(url, asked | {"change_reason": "Misread"}, follow=True).content.decode()
    assert "Actions completed: minuted as 4, as in the paper" in plainly(page)
    assert "Actions completed: recorded as 6, put right on" in page
    assert "because “Misread”" in page
    assert browser_of_clerk.post(url, asked | {"value": 5, "change_reason": "Again"}).status_code == 409
    assert MinutedFigure.objects.get().value == 4


@pytest.mark.parametrize("value", ["", "-1", "9" * 30, "six"])
def test_a_number_that_makes_no_sense_puts_nothing_right(browser_of_clerk, paper, value):
    browser_of_clerk.post(reverse("committees:new_minuted", args=[paper.pk]), typed(paper, completed=6))
    number = MinutedFigure.objects.get()
    url = reverse("committees:put_minuted_right", args=[paper.pk, number.pk])
    asked = {"value": value, "seen_version": number.standing_version(), "change_reason": "Misread"}
    assert "There is a problem" in browser_of_clerk.post(url, asked).content.decode()
    assert MinutedFigure.objects.get().value == 6
