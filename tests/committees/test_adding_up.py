"""A total that its parts do not add up to is pointed out in words."""

from datetime import date

import pytest

from governance.committees import services
from governance.committees.adding_up import Said, in_content, sentences
from tests.committees.factories import MeetingFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db


def test_48_27_and_4_are_79_and_not_77(plan, officer, browser_of_clerk):
    meeting = MeetingFactory(held_on=date(2017, 2, 20))
    figures = {"completed": 48, "in_progress": 27, "not_started": 4, "total": 77}
    past = services.enter_past_paper(
        meeting, "Minutes", [plan], date(2016, 10, 12), figures, b"%PDF-1.4", "minutes.pdf", officer
    )
    page = plainly(read(browser_of_clerk, past.get_absolute_url()))
    words = "The parts add up to 79 (4 not started, 27 in progress, 48 completed), and the total says 77."
    assert words in page


def test_what_the_product_issues_adds_up(october):
    assert in_content(october.content) == []


def test_scope_areas_that_do_not_make_the_whole_are_named():
    told = [
        Said("actions.completed", "Actions completed", part, n) for part, n in (("", 46), ("A", 40), ("B", 5))
    ]
    assert list(sentences(told)) == [
        "“Actions completed” adds up to 45 by scope area, and the whole says 46."
    ]
