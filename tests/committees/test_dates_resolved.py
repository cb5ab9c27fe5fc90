"""A due date that a meeting agreed names its resolution, and each leads to the other for who may see both."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import Action, DateRevision
from actions.services.dates import take_back
from governance.committees import services
from governance.committees.models import Meeting, ResolutionDate
from governance.committees.services.dates import move_as_resolved, name_resolution
from governance.core.refusals import rule_of
from governance.core.steps import StepError
from governance.people.models import Role
from tests.actions.moving import move
from tests.actions.pages import a_plan, action_page, an_action, text
from tests.browser import axe, sign_in
from tests.cast import play, signed_in
from tests.committees.clearing import refused_by
from tests.committees.factories import MeetingFactory
from tests.committees.pages import queries_of
from tests.factories import PostFactory, UserFactory

MAY, OCTOBER, DECEMBER = date(2016, 5, 2), date(2016, 10, 24), date(2016, 12, 1)
WORDS = "That the date of the training be moved to 1 December 2016."
pytestmark = pytest.mark.django_db


@pytest.fixture
def action(db):
    return an_action(a_plan(), reference="M-1", title="Train everybody", due_on=MAY)


def a_resolution(held_on=OCTOBER):
    meeting = MeetingFactory(held_on=held_on, body__name="Audit Committee")
    row = {"decision": "approve", "text": WORDS, "minute_reference": "37/16"}
    return services.resolve(meeting, [row])[0]


def at(name, action, *more):
    return reverse(f"committees:{name}", args=[action.reference, *more])


def typed(resolution, action, **more):
    facts = {"due_on_day": 1, "due_on_month": 12, "due_on_year": 2016, "reason": "The trainer is ill"}
    return {**facts, "resolution": resolution.pk, "seen": action.last_date_recorded(), **more}


def test_a_date_is_moved_as_a_meeting_resolved_and_each_page_leads_to_the_other(action, ig_officer, siro):
    resolution, officer = a_resolution(), signed_in(ig_officer)
    assert at("move_date", action) in text(officer.get(action_page(action)))
    early = text(officer.post(at("move_date", action), typed(resolution, action, due_on_month=9)))
    assert "must not lie before the day on which it was agreed" in early
    assert officer.post(at("move_date", action), typed(resolution, action)).url == action.get_absolute_url()
    row = DateRevision.objects.get()
    assert (row.due_on, row.effective_on, row.agreed) == (DECEMBER, OCTOBER, "Audit Committee, minute 37/16")
    for person in (ig_officer, siro):
        page = text(signed_in(person).get(action_page(action)))
        assert f'href="{resolution.get_absolute_url()}">1. Approve (minute 37/16)</a>: {WORDS}' in page
    owner = signed_in(play_owner(action))
    page = text(owner.get(action_page(action)))
    assert "Audit Committee, minute 37/16" in page
    assert WORDS not in page
    told = text(officer.get(reverse("committees:resolutions", args=[resolution.meeting_id])))
    assert 'Date agreed: <a class="govuk-link" href="/actions/M-1/">M-1</a>, due 1 December 2016' in told
    take_back(row, reason="Never so", by=ig_officer)
    told = text(officer.get(reverse("committees:resolutions", args=[resolution.meeting_id])))
    assert "due 1 December 2016, taken back since" in told


def play_owner(action):
    """Somebody in the post that owns it, with no other part."""
    person = play("owner of it", Role.IAO)
    Action.objects.filter(pk=action.pk).update(owner=person.post)
    return person


def test_a_date_names_the_body_as_it_was_called_on_the_day_of_its_meeting(action):
    resolution = a_resolution()
    resolution.meeting.body.rename("Governance Committee", from_on=date(2020, 5, 1))
    row = move_as_resolved(action, DECEMBER, resolution, reason="Late", by=UserFactory())
    assert row.agreed == "Audit Committee, minute 37/16"


def test_a_meeting_is_not_moved_away_from_a_date_that_it_agreed(action, ig_officer):
    resolution, clerk = a_resolution(), signed_in(play("clerk", Role.COMMITTEE_OFFICER))
    row = move_as_resolved(action, DECEMBER, resolution, reason="Late", by=UserFactory())
    page = reverse("committees:move_meeting", args=[resolution.meeting_id])
    facts = {"seen_version": resolution.meeting.standing_version(), "change_reason": "Entered wrongly"}
    day = facts | {"held_on_day": 25, "held_on_month": 10, "held_on_year": 2016}
    assert "recorded as agreed at this meeting on 24 October 2016" in text(clerk.post(page, day))
    meeting = Meeting.objects.filter(pk=resolution.meeting_id)
    away = date(2016, 10, 25)
    refused_by("meeting_stays_with_the_dates_it_agreed", lambda: meeting.update(held_on=away))
    take_back(row, reason="Never so", by=ig_officer)
    assert clerk.post(page, day).status_code == 302


def test_choosing_asks_as_often_among_many_resolutions_as_for_one(action, ig_officer):
    row, officer = move(action, DECEMBER, on=OCTOBER), signed_in(ig_officer)
    a_resolution()
    pages = (at("name_date", action, row.pk), at("move_date", action))
    one = [queries_of(officer, page) for page in pages]
    for name in ("Cabinet", "Council"):
        services.resolve(
            MeetingFactory(held_on=OCTOBER, body__name=name), [{"decision": "note", "text": WORDS}]
        )
    assert [queries_of(officer, page) for page in pages] == one


def test_somebody_faster_is_told_and_nothing_typed_is_lost(action, ig_officer):
    resolution, officer = a_resolution(), signed_in(ig_officer)
    sent = typed(resolution, action)
    move(action, date(2017, 1, 1), on=OCTOBER)
    page = text(officer.post(at("move_date", action), sent))
    assert "Somebody else moved the date" in page
    assert "The trainer is ill" in page
    assert f'value="{resolution.pk}" selected' in page


def test_of_a_date_said_in_words_the_resolution_is_named_once_and_taken_off_again(action, ig_officer):
    row, officer = move(action, DECEMBER, on=OCTOBER), signed_in(ig_officer)
    page = text(officer.get(at("name_date", action, row.pk)))
    assert "No resolution of a meeting on 24 October 2016 is recorded" in page
    resolution, other = a_resolution(), a_resolution(MAY)
    wrong = text(officer.post(at("name_date", action, row.pk), {"resolution": other.pk}))
    assert "There is a problem" in wrong
    assert officer.post(at("name_date", action, row.pk), {"resolution": resolution.pk}).status_code == 302
    assert WORDS in text(officer.get(action_page(action)))
    again = text(officer.post(at("name_date", action, row.pk), {"resolution": resolution.pk}))
    assert "has named the resolution of this date already" in again
    assert officer.post(at("unname_date", action, row.pk)).status_code == 302
    assert not ResolutionDate.objects.exists()
    assert officer.get(at("unname_date", action, row.pk)).status_code == 404
    assert ResolutionDate.history.count() == 2


def test_what_a_post_agreed_has_no_resolution(action, ig_officer):
    row, officer = move(action, DECEMBER, on=OCTOBER, post=PostFactory()), signed_in(ig_officer)
    assert officer.get(at("name_date", action, row.pk)).status_code == 404
    assert at("name_date", action, row.pk) not in text(officer.get(action_page(action)))


def refused(write):
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        write()
    return rule_of(found.value)


def test_the_database_wants_a_meeting_of_that_day_and_no_post(action):
    rule = "date is agreed at the meeting"
    resolution, other = a_resolution(), a_resolution(MAY)
    row = move_as_resolved(action, DECEMBER, resolution, reason="Late", by=UserFactory())
    held = ResolutionDate.objects.filter(revision=row)
    assert refused(lambda: held.update(resolution=other)) == rule
    by_post = move(action, date(2017, 1, 1), on=OCTOBER, post=PostFactory())
    assert refused(lambda: ResolutionDate.objects.create(resolution=resolution, revision=by_post)) == rule
    with pytest.raises(StepError, match="named the resolution"):
        name_resolution(row, resolution)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_date_is_moved_as_resolved_in_chromium_on_a_phone(narrow_page, action):
    resolution = a_resolution()
    sign_in(narrow_page, play("officer", Role.IG_OFFICER))
    narrow_page.goto(action_page(action))
    narrow_page.get_by_role("link", name="move it as a meeting resolved").click()
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2016")):
        narrow_page.get_by_label(part, exact=True).fill(value)
    narrow_page.get_by_label("Why does it move?").fill("The trainer is ill")
    narrow_page.get_by_label("Which resolution agreed it?").select_option(str(resolution.pk))
    axe(narrow_page)
    narrow_page.get_by_role("button", name="Save").click()
    expect(narrow_page.get_by_role("link", name="1. Approve (minute 37/16)")).to_be_visible()
    axe(narrow_page)
