"""The demonstration has a draft that is being cleared, comments on it, and a paper with its erratum."""

import pytest
from django.urls import reverse

from governance.committees.models import Paper
from governance.demo.seeds import clearing, corrected, told
from tests.committees.pages import plainly, read
from tests.demo.test_sittings import clerk

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def test_one_post_has_cleared_the_draft_one_returned_it_and_one_is_late():
    paper, office = Paper.objects.get(title=clearing.TITLE), clerk()
    page = plainly(read(office, reverse("committees:clearance", args=[paper.pk])))
    assert "State of the paper: Being cleared" in page
    now, *_, history = page.split("History of clearances")
    assert [now.count(each) for each in ("Cleared", "Returned with a comment:", "Not answered yet")] == [
        1
    ] * 3
    assert now.count("working days late") == 1
    assert history.count("Sent: version 1 on") == 3
    assert "was sent later than" in plainly(read(office, paper.meeting.get_absolute_url()))
    comments = plainly(read(office, reverse("committees:comments", args=[paper.pk])))
    assert "section 224 of the Local Government Act 1972" in comments
    assert clearing.REPLY in comments


def test_a_paper_says_which_erratum_corrects_it_and_the_erratum_what_was_wrong():
    paper, office = Paper.objects.get(title=told.TITLE), clerk()
    erratum = paper.errata.get()
    assert f"Corrected by {erratum}" in plainly(read(office, paper.get_absolute_url()))
    assert corrected.WHY in plainly(read(office, erratum.get_absolute_url()))
