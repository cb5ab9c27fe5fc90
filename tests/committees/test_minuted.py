"""Figures as minuted: another number than the paper's stands beside it, and a wrong sum is pointed out."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.committees.models import Minute, MinutedFigure
from tests.committees.pages import address, figure, plainly, read

pytestmark = pytest.mark.django_db


def typed(paper, **values):
    named = {f"value_{figure(paper, name).pk}": value for name, value in values.items()}
    return {"meeting": paper.meeting_id, "minute_reference": "37/16"} | named


def test_minuted_figures_that_differ_are_shown_as_such_and_a_wrong_sum_is_said_in_words(
    browser_of_clerk, paper
):
    url = reverse("committees:new_minuted", args=[paper.pk])
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
