"""Meetings: entered, moved, cancelled; what they leave behind, and what is late."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from governance.committees import services
from governance.committees.models import AgendaItem, FixedStep, Meeting, Minutes, Paper, Step
from governance.committees.services.sittings import expect_members
from governance.core.dates import long_date, months_before, today
from tests.cast import play, signed_in
from tests.committees.conftest import JULY
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.committees.factories_bodies import (
    AttendanceFactory,
    MinutesFactory,
    PeriodFactory,
    PublicationRuleFactory,
    QuestionFactory,
    SeatFactory,
)
from tests.committees.pages import at, days, parts, plainly, read, sent

pytestmark = pytest.mark.django_db


def seen(entry):
    return {"seen_version": entry.standing_version(), "change_reason": "It was agreed so"}


# Entered and moved


def test_a_meeting_in_the_past_is_entered_with_a_reason_only(browser_of_clerk):
    body = BodyFactory()
    typed = {"body": body.pk, "place": "Room 2"} | parts("held_on", date(2016, 7, 25))
    refused = browser_of_clerk.post(at("new_meeting"), typed).content.decode()
    assert "25 July 2016 is past. Say why the meeting is entered now" in refused
    assert 'value="Room 2"' in refused
    sent(browser_of_clerk, at("new_meeting"), why_past="History brought in", **typed)
    kept = Meeting.history.get(id=body.meetings.get().pk)
    assert kept.history_change_reason == "History brought in"


def test_one_meeting_after_the_other_is_entered_with_body_hour_and_place_kept(browser_of_clerk):
    body = BodyFactory()
    typed = {"body": body.pk, "starts_at": "14:00", "place": "Room 2 & 3", "another": "yes"}
    for months in (1, 2):
        day = months_before(today(), -months)
        answer = browser_of_clerk.post(at("new_meeting"), typed | parts("held_on", day), follow=True)
        form = answer.context["form"]
        kept = [str(form[name].value()) for name in ("body", "starts_at", "place", "held_on")]
        assert kept == [str(body.pk), "14:00", "Room 2 & 3", "None"]
        assert "Meeting entered: " in answer.content.decode()
    assert body.meetings.count() == 2


def test_a_meeting_on_a_bank_holiday_is_entered_and_said_to_be_on_one(browser_of_clerk):
    typed = {"body": BodyFactory().pk, "why_past": "Brought in"} | parts("held_on", date(2023, 12, 25))
    assert "25 December 2023 is a bank holiday: Christmas Day" in sent(
        browser_of_clerk, at("new_meeting"), **typed
    )


@pytest.mark.parametrize("year", ["1", "9999"])
def test_a_meeting_is_in_a_year_that_can_be_reckoned_on(browser_of_clerk, year):
    typed = {"body": BodyFactory().pk, "held_on_day": "1", "held_on_month": "1", "held_on_year": year}
    answer = browser_of_clerk.post(at("new_meeting"), typed)
    assert answer.status_code == 200
    assert not Meeting.objects.exists()


def test_moving_a_meeting_moves_all_that_is_not_fixed_by_hand_and_says_so(browser_of_clerk):
    meeting = MeetingFactory(held_on=date(2016, 7, 25))
    FixedStep.objects.create(meeting=meeting, step=Step.FREEZE, due_on=date(2016, 7, 8), reason="Holidays")
    page = sent(
        browser_of_clerk,
        at("move_meeting", meeting.pk),
        **seen(meeting),
        **parts("held_on", date(2016, 8, 1)),
    )
    assert "Published: from 15 July 2016 to 22 July 2016" in page
    assert "Left as fixed by hand: Figures frozen: 8 July 2016" in page
    meeting.refresh_from_db()
    assert days(meeting)[Step.PUBLICATION] == date(2016, 7, 22)
    assert days(meeting)[Step.FREEZE] == date(2016, 7, 8)


def test_a_meeting_with_an_issued_paper_moves_with_a_reason_and_keeps_the_printed_date(
    browser_of_clerk, july
):
    meeting, address = july.paper.meeting, at("move_meeting", july.paper.meeting_id)
    typed = {"seen_version": meeting.standing_version()} | parts("held_on", date(2016, 7, 28))
    assert "Answer “Why are you making this change?”" in sent(browser_of_clerk, address, **typed)
    meeting.refresh_from_db()
    assert meeting.held_on == date(2016, 7, 25)
    early = sent(browser_of_clerk, address, **seen(meeting), **parts("held_on", JULY - timedelta(days=1)))
    assert "is issued for it with figures as at 13 July 2016" in early
    sent(browser_of_clerk, address, **seen(meeting), **parts("held_on", date(2016, 7, 28)))
    meeting.refresh_from_db()
    assert meeting.held_on == date(2016, 7, 28)
    july.refresh_from_db()
    assert july.content["meeting"]["held_on"] == "2016-07-25"
    assert "25 July 2016" in read(browser_of_clerk, july.paper.get_absolute_url())


def test_a_meeting_moves_neither_before_its_papers_were_published_nor_from_the_past_to_come(
    browser_of_clerk, july, plan, clerk
):
    meeting, address = july.paper.meeting, at("move_meeting", july.paper.meeting_id)
    published = PaperFactory(meeting=meeting, plans=[plan], published_on=date(2016, 7, 18))
    services.issue(published, by=clerk, frozen_on=JULY)
    early = sent(browser_of_clerk, address, **seen(meeting), **parts("held_on", date(2016, 7, 17)))
    assert f"“{published}” is issued for it and published on 18 July 2016" in early
    for state, reason, said in (("held", "", "held"), ("inquorate", "Four came", "inquorate")):
        Meeting.objects.filter(pk=meeting.pk).update(state=state, reason=reason)
        to_come = parts("held_on", today() + timedelta(days=1))
        page = sent(browser_of_clerk, address, **seen(meeting), **to_come)
        assert f"The meeting was {said}, so enter a day that has come" in page


def test_a_body_meets_once_a_day_however_the_day_comes_about(browser_of_clerk):
    first = MeetingFactory(held_on=today() + timedelta(days=40))
    second = MeetingFactory(body=first.body, held_on=today() + timedelta(days=47))
    typed = seen(second) | parts("held_on", first.held_on)
    assert "The body meets on" in sent(browser_of_clerk, at("move_meeting", second.pk), **typed)
    entered = {"body": first.body.pk} | parts("held_on", first.held_on)
    assert "This meeting is there already" in sent(browser_of_clerk, at("new_meeting"), **entered)


# Held or not


def test_a_cancelled_meeting_says_why_and_takes_no_paper(browser_of_clerk, plan):
    meeting = MeetingFactory(held_on=today() + timedelta(days=30))
    draft = PaperFactory(meeting=meeting, plans=[plan])
    say = at("say_meeting", meeting.pk)
    assert "Say why it was cancelled" in sent(browser_of_clerk, say, state="cancelled", **seen(meeting))
    page = sent(browser_of_clerk, say, state="cancelled", reason="The hall is flooded.", **seen(meeting))
    assert "Cancelled: The hall is flooded." in page
    typed = {"meeting": meeting.pk, "title": "Progress", "plans": plan.pk}
    refused = sent(browser_of_clerk, at("new_paper"), **typed)
    assert "The meeting is cancelled: The hall is flooded. Choose another" in refused
    assert f"{meeting} (cancelled)" in refused
    Meeting.objects.filter(pk=meeting.pk).update(reason="The hall is flooded")
    refused = sent(browser_of_clerk, at("new_paper"), **typed)
    assert "The meeting is cancelled: The hall is flooded. Choose another" in refused
    assert services.why_not(Paper.objects.get(pk=draft.pk)).startswith(
        "The meeting is cancelled: The hall is flooded."
    )


def test_a_meeting_to_come_was_neither_held_nor_attended(browser_of_clerk):
    meeting = MeetingFactory(held_on=today() + timedelta(days=1))
    one = AttendanceFactory(meeting=meeting)
    said = f"The meeting of {long_date(meeting.held_on)} is still to come"
    assert said in sent(browser_of_clerk, at("say_meeting", meeting.pk), state="held", **seen(meeting))
    assert said in sent(browser_of_clerk, at("came", meeting.pk, one.pk), came="attended", **seen(one))
    assert said in sent(browser_of_clerk, at("write_minutes", meeting.pk), text="Noted")
    sent(browser_of_clerk, at("came", meeting.pk, one.pk), came="apologies", **seen(one))
    one.refresh_from_db()
    assert one.came == "apologies"


def test_the_members_of_the_day_are_expected_once_and_a_vacant_seat_is_not(browser_of_clerk):
    meeting = MeetingFactory()
    SeatFactory(body=meeting.body)
    SeatFactory(body=meeting.body, until_on=meeting.held_on - timedelta(days=1))
    SeatFactory(body=meeting.body, post=None, portfolio="Leader", is_vacant=True)
    for _ in range(2):
        sent(browser_of_clerk, at("expect_members", meeting.pk))
    assert meeting.attendances.count() == 1


def test_members_are_those_of_the_day_to_which_somebody_else_just_moved_the_meeting():
    meeting = MeetingFactory()
    SeatFactory(body=meeting.body, until_on=meeting.held_on)
    Meeting.objects.filter(pk=meeting.pk).update(held_on=meeting.held_on + timedelta(days=7))
    assert expect_members(meeting) == []


def test_the_roll_begins_with_the_members_of_the_day_and_is_taken_on_one_page(browser_of_clerk):
    meeting = MeetingFactory()
    address = at("take_roll", meeting.pk)
    assert browser_of_clerk.get(address)["Location"] == at("attend", meeting.pk)
    seats = [SeatFactory(body=meeting.body), SeatFactory(body=meeting.body, post=None, portfolio="Leader")]
    SeatFactory(body=meeting.body, until_on=meeting.held_on - timedelta(days=1))
    guest = AttendanceFactory(meeting=meeting, is_invited=True)
    shown = browser_of_clerk.get(address).context["form"]
    labels = [shown[name].label for name in shown.places]
    assert labels == [str(seats[0].post), "Leader", f"{guest}, invited"]
    typed = dict(zip(shown.places, ("attended", "apologies", "absent"), strict=True))
    typed["seen"] = shown["seen"].value()
    assert "It is recorded who came" in sent(browser_of_clerk, address, **typed)
    assert [each.came for each in meeting.roll()] == ["attended", "apologies", "absent"]
    assert meeting.attendances.count() == 3
    late = browser_of_clerk.post(address, typed | dict.fromkeys(shown.places, "attended"))
    assert "Somebody else changed the list while you were typing" in late.content.decode()
    assert late.content.decode().count('value="attended" selected') == 3
    again = typed | {"seen": late.context["form"]["seen"].value()}
    browser_of_clerk.post(address, again | dict.fromkeys(shown.places, "attended"))
    assert set(meeting.attendances.values_list("came", flat=True)) == {"attended"}


def test_nobody_is_said_to_have_come_to_a_meeting_to_come(browser_of_clerk):
    meeting = MeetingFactory(held_on=today() + timedelta(days=1))
    AttendanceFactory(meeting=meeting)
    address = at("take_roll", meeting.pk)
    form = browser_of_clerk.get(address).context["form"]
    typed = dict.fromkeys(form.places, "attended") | {"seen": form["seen"].value()}
    assert "is still to come" in sent(browser_of_clerk, address, **typed)
    assert meeting.attendances.get().came == "expected"


# What it leaves behind


def test_minutes_are_confirmed_by_a_later_meeting_and_corrected_as_a_new_version(browser_of_clerk):
    meeting = MeetingFactory(held_on=date(2016, 7, 25))
    sent(browser_of_clerk, at("write_minutes", meeting.pk), text="8 completed, 50 in progress")
    confirm = at("confirm_minutes", meeting.pk, 1)
    missing = browser_of_clerk.get(confirm).content.decode()
    assert "none is recorded that was held" in missing
    assert reverse("committees:new_meeting") in missing
    assert 'name="confirmed_at"' not in missing
    later = MeetingFactory(body=meeting.body, held_on=date(2016, 9, 26), state="held")
    assert "Select the meeting at which they were confirmed" in sent(browser_of_clerk, confirm)
    wrong = sent(browser_of_clerk, confirm, confirmed_at=meeting.pk)
    assert "Answer “Confirmed at the meeting of” from the list" in wrong
    sent(browser_of_clerk, confirm, confirmed_at=later.pk)
    assert "These minutes are confirmed already" in sent(browser_of_clerk, confirm, confirmed_at=later.pk)
    write = at("write_minutes", meeting.pk)
    assert "Enter what is put right, and why" in sent(browser_of_clerk, write, text="8 and 49")
    sent(browser_of_clerk, write, text="8 completed, 49 in progress", correction="50 was a slip")
    second, first = meeting.minutes.all()
    assert (first.text, first.confirmed_at) == ("8 completed, 50 in progress", later)
    assert (second.number, second.correction, second.confirmed_at) == (2, "50 was a slip", None)
    holder = signed_in(play("portfolio_holder", "portfolio_holder"))
    assert "50 in progress" in read(holder, first.get_absolute_url())
    assert holder.get(second.get_absolute_url()).status_code == 404


def test_a_question_is_answered_on_a_day(browser_of_clerk):
    one = QuestionFactory()
    address = at("answer_question", one.meeting_id, one.pk)
    typed = {"asked_by": one.asked_by, "question": one.question, "answer": "By March 2017"}
    assert "Enter the answer and the day" in sent(browser_of_clerk, address, **typed, **seen(one))
    page = sent(browser_of_clerk, address, **typed, **seen(one), **parts("answered_on", date(2016, 10, 25)))
    assert "Answered on 25 October 2016" in page


BREACHES = {
    "meeting_not_held_says_why": "UPDATE committees_meeting SET state = 'cancelled'",
    "meeting_(state_is_known|not_held)": "UPDATE committees_meeting SET state = 'lost'",
    "attendance_is_known": "UPDATE committees_attendance SET came = 'late'",
    "attendance_is_of_a_post_or_a_portfolio": "UPDATE committees_attendance SET portfolio = 'Leader'",
    "question_is_asked_by_somebody": "UPDATE committees_membersquestion SET asked_by = ''",
    "question_has_words": "UPDATE committees_membersquestion SET question = ''",
    "answer_has_its_day": "UPDATE committees_membersquestion SET answer = 'Yes'",
    "minutes are never edited": "UPDATE committees_minutes SET text = 'Other words'",
    "minutes are never": "DELETE FROM committees_minutes",
    "a later meeting of the same body": (
        "UPDATE committees_minutes SET confirmed_at_id = meeting_id, confirmed_on = '2016-10-24'"
    ),
    "minutes_are_confirmed_at_a_meeting_on_a_day": (
        "UPDATE committees_minutes SET confirmed_on = '2016-10-24'"
    ),
    "figures_are_frozen_before_they_are_cleared": "UPDATE committees_publicationrule SET legal_before = 3",
    "rule_counts_no_more_days_than_a_quarter": "UPDATE committees_publicationrule SET clear_days = 91",
    "period_has_a_last_day": "UPDATE committees_period SET until_on = NULL",
    "period_is_no_longer_than_four_months": "UPDATE committees_period SET until_on = '2018-01-01'",
    "period_kind_is_known": "UPDATE committees_period SET kind = 'fair'",
    "period_has_a_name": "UPDATE committees_period SET name = ''",
    "step_is_known": "UPDATE committees_fixedstep SET step = 'tea'",
    "fixed_step_says_why": "UPDATE committees_fixedstep SET reason = ''",
    "agenda_item_kind_is_known": "UPDATE committees_agendaitem SET kind = 'late'",
    "urgent_item_has_the_reason_of_the_chair": "UPDATE committees_agendaitem SET kind = 'urgent'",
    "withdrawn_item_says_why": "UPDATE committees_agendaitem SET withdrawn_on = '2016-10-24'",
    "paper_follows_another": "UPDATE committees_paper SET follows_id = id",
}


@pytest.mark.parametrize(("rule", "breach"), BREACHES.items(), ids=BREACHES)
def test_the_database_keeps_the_rules_of_meetings(rule, breach):
    paper = PaperFactory()
    for make in (AttendanceFactory, QuestionFactory, MinutesFactory):
        make(meeting=paper.meeting)
    PublicationRuleFactory()
    PeriodFactory()
    FixedStep.objects.create(meeting=paper.meeting, step=Step.FREEZE, due_on=date(2016, 10, 12), reason="x")
    AgendaItem.objects.create(paper=paper)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(breach)


# What is late


def test_what_is_late_is_said_in_words_until_the_paper_is_issued_or_withdrawn(browser_of_clerk, plan, clerk):
    paper = PaperFactory(plans=[plan], to_come=True)
    page = plainly(read(browser_of_clerk, at("work_programme")))
    assert f"Published: due on {long_date(days(paper.meeting)[Step.PUBLICATION])}" in page
    assert "Cleared by finance, cleared by legal, cleared by the director, cleared by the member: due" in page
    services.issue(paper, by=clerk)
    page = plainly(read(browser_of_clerk, at("work_programme")))
    assert f"Published on {long_date(today())}, with 0 of the 5 clear working days that are asked for" in page
    place = at("place_paper", paper.pk)
    assert "Enter the reason of the chair" in sent(browser_of_clerk, place, kind="urgent")
    urgent = sent(browser_of_clerk, place, kind="urgent", reason="The breach was found yesterday")
    assert "Urgent, taken by decision of the chair: The breach was found yesterday" in urgent
    item = paper.agenda_item
    typed = {"kind": "urgent", "reason": "x", "withdrawn_because": "Not ready", **seen(item)}
    gone = sent(browser_of_clerk, place, **typed, **parts("withdrawn_on", today()))
    assert "Not ready" in gone
    assert "Late." not in gone


def asked_for(meeting, text="A report"):
    """What the body of a meeting asked for a month ago, due at it."""
    before = MeetingFactory(body=meeting.body, held_on=today() - timedelta(days=30))
    return services.request(before, text=text, matter=text, due={"due_meeting": meeting})


def test_the_work_programme_says_what_is_due_at_a_meeting_and_when_a_draft_is_to_be_cleared_next(
    browser_of_clerk, plan
):
    meeting = MeetingFactory(held_on=today() + timedelta(days=60))
    request, other = asked_for(meeting), MeetingFactory(held_on=today() + timedelta(days=90))
    page = read(browser_of_clerk, at("work_programme"))
    assert f'href="{request.get_absolute_url()}">{request.matter}</a>' in page
    assert "Next clearance" not in page
    PaperFactory(plans=[plan], meeting=meeting)
    step = days(meeting)
    page = plainly(read(browser_of_clerk, at("work_programme")))
    assert f"Next clearance: cleared by finance by {long_date(step[Step.FINANCE])}" in page
    assert f"To be published by {long_date(step[Step.PUBLICATION])}" in page
    decided = {"decided_on": today(), "decided_by": "The chair", "reason": "Not ready"}
    services.reschedule(request, seen=request.dues.get().pk, due={"due_meeting": other}, **decided)
    there = read(browser_of_clerk, f"{at('work_programme')}?body={other.body.code}")
    assert request.get_absolute_url() in there
    assert read(browser_of_clerk, at("work_programme")).count(request.get_absolute_url()) == 1


# Cost


@pytest.mark.parametrize("meetings", [0, 1, 100])
def test_the_work_programme_costs_the_same_however_many_meetings_there_are(
    browser_of_clerk, django_assert_max_num_queries, meetings
):
    for n in range(meetings):
        made = MeetingFactory(body=BodyFactory(), held_on=today() + timedelta(days=3 * n))
        PaperFactory(meeting=made)
        asked_for(made)
    with django_assert_max_num_queries(12):
        page = read(browser_of_clerk, at("work_programme"))
    assert ("No meeting is planned" in page) == (meetings == 0)


def test_the_work_programme_is_of_one_body_where_that_is_asked_and_of_twelve_months(browser_of_clerk):
    ours, theirs = (MeetingFactory(held_on=today() + timedelta(days=30)) for _ in range(2))
    far = MeetingFactory(body=ours.body, held_on=today() + timedelta(days=400))
    page = read(browser_of_clerk, f"{at('work_programme')}?body={ours.body.code}")
    assert ours.get_absolute_url() in page
    assert theirs.get_absolute_url() not in page
    assert far.get_absolute_url() not in page
    assert theirs.get_absolute_url() in read(browser_of_clerk, f"{at('work_programme')}?body=x%00")


def test_minutes_are_drafts_to_those_who_keep_them_alone(cast):
    one = MinutesFactory()
    assert Minutes.objects.visible_to(cast["siro"]).get() == one
    assert not Minutes.objects.visible_to(cast["dpo"]).exists()
    assert not Minutes.objects.visible_to(cast["outsider"]).exists()
