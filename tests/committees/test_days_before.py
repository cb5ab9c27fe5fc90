"""The days before a meeting and after it: by rules, by closures and by hand."""

from datetime import date, timedelta

import pytest

from governance.committees.lateness import late
from governance.committees.models import Body, Paper, Step
from governance.committees.states import with_state
from governance.core.dates import long_date, today
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.committees.factories_bodies import PeriodFactory, PublicationRuleFactory
from tests.committees.pages import at, days, parts, planned, read, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held_on", "frozen", "published"),
    [
        (date(2016, 7, 25), date(2016, 7, 13), date(2016, 7, 15)),
        (date(2016, 10, 24), date(2016, 10, 12), date(2016, 10, 14)),
        (date(2017, 2, 20), date(2017, 2, 8), date(2017, 2, 10)),
    ],
)
def test_without_a_rule_the_golden_papers_are_due_when_they_were(held_on, frozen, published):
    found = days(MeetingFactory(held_on=held_on))
    assert (found[Step.FREEZE], found[Step.PUBLICATION]) == (frozen, published)
    assert Step.NOTICE not in found


def test_a_rule_holds_for_meetings_from_its_day_and_that_of_the_body_comes_first():
    before, after = (MeetingFactory(held_on=day) for day in (date(2016, 7, 25), date(2016, 10, 24)))
    own = MeetingFactory(body=after.body, held_on=date(2016, 11, 28))
    PublicationRuleFactory(from_on=date(2016, 9, 1), clear_days=7)
    PublicationRuleFactory(body=own.body, from_on=date(2016, 11, 1), clear_days=5, counts_working=False)
    assert days(before)[Step.PUBLICATION] == date(2016, 7, 15)
    assert days(after)[Step.PUBLICATION] == date(2016, 10, 12)
    assert days(own)[Step.PUBLICATION] == date(2016, 11, 22)


def test_an_executive_decision_is_announced_and_takes_effect_after_call_in():
    meeting = MeetingFactory(body=BodyFactory(kind=Body.Kind.CABINET), held_on=date(2017, 4, 10))
    # Good Friday, Easter and Easter Monday are no working days: 11, 12, 13, 18 and 19 April are.
    assert days(meeting)[Step.NOTICE] == date(2017, 3, 10)  # 12 March is a Sunday
    assert planned(meeting).call_in_until == date(2017, 4, 19)
    assert planned(meeting).effective_on == date(2017, 4, 20)
    meeting.decisions_published_on = date(2017, 4, 12)
    assert planned(meeting).effective_on == date(2017, 4, 24)


def test_days_of_closure_move_days_and_a_pre_election_period_is_shown(browser_of_clerk):
    meeting = MeetingFactory(held_on=date(2017, 1, 9))
    assert days(meeting)[Step.PUBLICATION] == date(2016, 12, 29)
    PeriodFactory()
    assert days(meeting)[Step.PUBLICATION] == date(2016, 12, 22)
    PeriodFactory(kind="pre_election", name="Purdah", from_on=date(2017, 1, 2), until_on=date(2017, 2, 1))
    assert "Pre-election period: Purdah" in read(browser_of_clerk, meeting.get_absolute_url())


def test_beyond_the_bank_holidays_that_are_known_the_page_warns(browser_of_clerk):
    page = read(browser_of_clerk, MeetingFactory(held_on=date(2031, 1, 6)).get_absolute_url())
    assert "are not known here yet: days may turn out to be earlier" in page


def test_a_step_is_fixed_with_a_reason_and_let_go_again(browser_of_clerk):
    meeting = MeetingFactory(held_on=date(2016, 7, 25))
    fix = at("fix_step", meeting.pk, "legal")
    late = sent(browser_of_clerk, fix, reason="Leave", **parts("due_on", date(2016, 7, 26)))
    assert "Enter a day on or before the meeting of 25 July 2016" in late
    page = sent(browser_of_clerk, fix, reason="Leave", **parts("due_on", date(2016, 7, 11)))
    assert "By hand: Leave" in page
    sent(browser_of_clerk, fix)
    assert not meeting.fixed_steps.exists()
    assert browser_of_clerk.get(at("fix_step", meeting.pk, "notice")).status_code == 404


def late_on(paper, day):
    (found,) = with_state(Paper.objects.filter(pk=paper.pk))
    return late(planned(found.meeting), found, day)


def test_figures_are_late_until_a_draft_has_those_of_their_day_or_an_earlier_one():
    # Figures by 12 October, published by 14 October.
    paper, told = PaperFactory(), "Figures frozen: due on 12 October 2016"
    assert late_on(paper, date(2016, 10, 12)) == []
    assert late_on(paper, date(2016, 10, 13)) == [f"{told}, 1 working day late"]
    for day, said in (
        (date(2016, 10, 12), []),
        (date(2016, 10, 13), [f"{told}, done on 13 October 2016, 1 working day late"]),
        (date(2016, 10, 14), [f"{told}, set for 14 October 2016, 2 working days late"]),
    ):
        paper.as_at = day
        paper.save()
        assert late_on(paper, date(2016, 10, 13)) == said


def test_notice_is_late_of_a_key_decision_alone_until_it_is_entered(browser_of_clerk):
    meeting = MeetingFactory(body=BodyFactory(kind=Body.Kind.CABINET), held_on=date(2017, 4, 10))
    other, key = (PaperFactory(meeting=meeting, key_decision=each) for each in (False, True))
    monday, told = date(2017, 3, 13), "Notice in the forward plan: due on 10 March 2017"
    assert (late_on(other, monday), late_on(key, date(2017, 3, 10))) == ([], [])
    assert late_on(key, monday) == [f"{told}, 1 working day late"]
    typed = {"seen_version": meeting.standing_version(), "change_reason": "It was given"}
    edit = at("edit_meeting", meeting.pk)
    on_the_day = sent(browser_of_clerk, edit, **typed, **parts("notice_given_on", meeting.held_on))
    assert "Notice is given before the meeting" in on_the_day
    page = sent(browser_of_clerk, edit, **typed, **parts("notice_given_on", date(2017, 3, 9)))
    assert "Notice in the forward plan given on 9 March 2017" in page
    assert late_on(key, monday) == []


def test_notice_was_given_on_a_day_that_has_come(browser_of_clerk):
    cabinet = BodyFactory(kind=Body.Kind.CABINET)
    meeting = MeetingFactory(body=cabinet, held_on=today() + timedelta(days=60))
    typed = {"seen_version": meeting.standing_version(), "change_reason": "It was given"}
    edit, tomorrow = at("edit_meeting", meeting.pk), today() + timedelta(days=1)
    page = sent(browser_of_clerk, edit, **typed, **parts("notice_given_on", tomorrow))
    assert f"{long_date(tomorrow)} is still to come. Enter the day once notice is given" in page
    page = sent(browser_of_clerk, edit, **typed, **parts("notice_given_on", today()))
    assert f"Notice in the forward plan given on {long_date(today())}" in page
