"""The private calendar: what its person may see, in the form that programs read, until it is revoked."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from governance.committees import ics, services
from governance.committees.models import CalendarFeed
from governance.committees.services import feeds
from governance.core.dates import today
from tests.committees.factories import BodyFactory, MeetingFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db):
    body = BodyFactory(name="Audit, Risk; and Procurement")
    return MeetingFactory(body=body, held_on=today() + timedelta(days=40))


def opened(token, **headers):
    return Client().get(reverse("committees:feed_file", args=[token]), headers=headers)


def test_an_address_is_shown_once_opens_without_signing_in_and_nothing_once_revoked(
    browser_of_clerk, clerk, meeting
):
    page = browser_of_clerk.post(reverse("committees:feed"))
    token = page.context["address"].rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in browser_of_clerk.get(reverse("committees:feed")).content.decode()
    assert token not in CalendarFeed.objects.get().token_sha256
    assert opened(token).status_code == 200
    browser_of_clerk.post(reverse("committees:revoke_feed"))
    assert opened(token).status_code == 404
    first, second = feeds.make(clerk), feeds.make(clerk)
    assert [opened(each).status_code for each in (first, second)] == [404, 200]
    clerk.is_active = False
    clerk.save()
    assert opened(second).status_code == 404


def test_the_calendar_has_meetings_their_last_days_and_requests_in_the_form_of_the_standard(clerk, meeting):
    past = MeetingFactory(body=meeting.body, held_on=today() - timedelta(days=5))
    due = {"due_meeting": meeting}
    services.request(past, text="Ünïcode, and so on; " * 20, matter="Progress", due=due)
    answer = opened(feeds.make(clerk))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    text = answer.content.replace(b"\r\n ", b"").decode()
    assert f"DTSTART;VALUE=DATE:{meeting.held_on:%Y%m%d}" in text
    assert "SUMMARY:Request due: Progress" in text
    assert "Audit\\, Risk\\; and Procurement" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") > 4
    assert len(set(uids := [line for line in text.split("\r\n") if line.startswith("UID")])) == len(uids)


def test_who_may_no_longer_see_meetings_finds_an_empty_calendar(clerk, meeting):
    token = feeds.make(clerk)
    CalendarFeed.objects.update(person=UserFactory())
    assert b"VEVENT" not in opened(token).content


def test_the_same_calendar_is_not_sent_twice_and_not_too_often(clerk, meeting):
    token = feeds.make(clerk)
    first = opened(token)
    assert "max-age" in first["Cache-Control"]
    assert opened(token, if_none_match=first["ETag"]).status_code == 304
    answers = [opened(token).status_code for _ in range(feeds.ALLOWED)]
    assert answers[-1] == 429
    assert opened(feeds.make(clerk)).status_code == 200


def test_a_line_is_folded_between_letters():
    folded = ics.folded("SUMMARY:" + "ü" * 100)
    assert folded.replace(b"\r\n ", b"").decode() == "SUMMARY:" + "ü" * 100 + "\r\n"
    assert ics.escaped("a\\b;c,d\ne\x00\r") == "a\\\\b\\;c\\,d\\ne"


def test_the_last_day_that_a_calendar_has_is_told_too():
    assert "DTSTART;VALUE=DATE:99991231" in ics.Day("last", date.max, "Due").lines(date.max)


def test_the_database_keeps_one_address_for_a_person_and_never_a_token(clerk):
    feeds.make(clerk)
    for person, digest in ((clerk, "0" * 64), (UserFactory(), "a token")):
        with pytest.raises(IntegrityError, match=r"person_has_one|feed_keeps"), transaction.atomic():
            CalendarFeed.objects.create(person=person, token_sha256=digest)
