"""A meeting is moved into the past with a reason only, and a day on which councils rest is pointed out."""

from datetime import timedelta

import pytest

from governance.committees.models import Meeting
from governance.core.dates import long_date, today
from tests.committees.factories import BodyFactory, MeetingFactory
from tests.committees.pages import at, parts, sent

pytestmark = pytest.mark.django_db


def test_what_is_to_come_is_moved_into_the_past_with_a_reason_only(browser_of_clerk):
    meeting = MeetingFactory(held_on=today() + timedelta(days=40))
    past = today() - timedelta(days=3)
    typed = {"seen_version": meeting.standing_version(), "change_reason": "Entered wrongly."}
    typed |= parts("held_on", past)
    page = at("move_meeting", meeting.pk)
    told = sent(browser_of_clerk, page, **typed)
    assert f"{long_date(past)} is past. Say why the meeting is moved there" in told
    meeting.refresh_from_db()
    assert meeting.held_on > today()
    sent(browser_of_clerk, page, **typed, why_past="It was held then.")
    meeting.refresh_from_db()
    assert meeting.held_on == past
    assert meeting.history.latest().history_change_reason == "Entered wrongly. It was held then."
    again = {"seen_version": meeting.standing_version(), "change_reason": "A day before"}
    sent(browser_of_clerk, page, **again, **parts("held_on", past - timedelta(days=1)))
    assert Meeting.objects.get().held_on == past - timedelta(days=1)


def test_a_sunday_is_pointed_out_where_a_meeting_is_entered_and_where_it_is_moved(browser_of_clerk):
    sunday = today() + timedelta(days=27 - today().weekday())
    said = f"{long_date(sunday)} is a Sunday"
    entered = {"body": BodyFactory().pk} | parts("held_on", sunday)
    assert said in sent(browser_of_clerk, at("new_meeting"), **entered)
    meeting = MeetingFactory(held_on=today() + timedelta(days=40))
    typed = {"seen_version": meeting.standing_version(), "change_reason": "Agreed"}
    assert said in sent(browser_of_clerk, at("move_meeting", meeting.pk), **typed, **parts("held_on", sunday))
