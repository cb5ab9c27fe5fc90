"""The demonstration has a board of officers, what the meetings of 2016 left behind, and a year ahead."""

from datetime import date

import pytest
from django.urls import reverse

from governance.committees.models import AgendaItem, Body, Meeting
from governance.core.dates import today
from governance.demo.seeds import told
from governance.people.models import Role, User
from tests.cast import signed_in
from tests.committees.pages import plainly, read

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def clerk():
    officer = next(each for each in User.objects.active() if each.holds(Role.COMMITTEE_OFFICER))
    return signed_in(officer)


def test_the_board_has_its_seats_and_its_log_and_the_committee_a_vacancy():
    committee = Body.objects.get(code="audit-procurement")
    assert "Vacant" in plainly(read(clerk(), committee.get_absolute_url()))
    board = Body.objects.get(code="imsg")
    page = plainly(read(clerk(), board.get_absolute_url()))
    assert "Strategic Management Board" in page
    assert "Records Manager" in page
    assert board.action_log.code == "ifc-2016"


def test_every_meeting_that_is_past_was_held_and_july_was_confirmed_in_september():
    assert not Meeting.objects.filter(held_on__lt=today(), state="planned").exists()
    july = Meeting.objects.get(body__code="audit-procurement", held_on=date(2016, 7, 25))
    assert july.minutes.get().confirmed_on == date(2016, 9, 26)
    october = Meeting.objects.get(body__code="audit-procurement", held_on=date(2016, 10, 24))
    assert "sent apologies" in read(clerk(), october.get_absolute_url())


def test_the_year_ahead_says_when_papers_are_due():
    page = plainly(read(clerk(), reverse("committees:work_programme")))
    assert page.count("Figures frozen:") >= 5
    assert "Both plans and maturity: where the council stands" in page
    assert "Both plans beside what moved in maturity" in page


def test_the_paper_of_today_has_the_reason_for_which_its_chair_took_it():
    item = AgendaItem.objects.get(paper__title=told.TITLE)
    page = plainly(read(clerk(), item.paper.meeting.get_absolute_url()))
    assert (item.kind, item.reason in page) == ("urgent", True)
