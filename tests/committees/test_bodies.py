"""Bodies: names over time, reporting lines, seats; what forms and the database refuse."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.committees.forms.bodies import RenameForm
from governance.committees.models import Body, FormerName, Meeting
from governance.core.dates import today
from tests.cast import play, signed_in
from tests.committees.factories import BodyFactory, MeetingFactory
from tests.committees.factories_bodies import ReportingLineFactory, SeatFactory
from tests.committees.pages import parts, plainly, read
from tests.factories import PlanFactory, PostFactory, PostHoldingFactory

pytestmark = pytest.mark.django_db

SCRUTINY = "Overview and Scrutiny Committee"


def at(name, *keys):
    return reverse(f"committees:{name}", args=keys)


def sent(browser, address, **typed):
    return plainly(browser.post(address, typed, follow=True).content.decode())


def test_a_meeting_shows_the_name_of_its_day(browser_of_clerk):
    body = BodyFactory(name=SCRUTINY)
    before = MeetingFactory(body=body, held_on=date(2016, 4, 7))
    after = MeetingFactory(body=body, held_on=date(2016, 6, 7))
    typed = {"name": "Governance Committee"} | parts("from_on", date(2016, 5, 18))
    page = sent(browser_of_clerk, at("rename_body", body.code), **typed)
    assert "From 18 May 2016 it is called Governance Committee" in page
    assert f"Until 17 May 2016: {SCRUTINY}" in page
    for meeting, name in ((before, SCRUTINY), (after, "Governance Committee")):
        assert f'<h1 class="govuk-heading-l">{name}, ' in read(browser_of_clerk, meeting.get_absolute_url())
    first_day = {"name": "Third", "from_on_day": "1", "from_on_month": "1", "from_on_year": "1066"}
    assert "must be the same as or after 1 January 1900" in sent(
        browser_of_clerk, at("rename_body", body.code), **first_day
    )
    again = sent(browser_of_clerk, at("rename_body", body.code), **typed | {"name": "Third"})
    assert f"It was called “{SCRUTINY}” until 17 May 2016. Enter a later day" in again


def test_of_two_who_rename_a_body_from_one_day_at_once_the_second_is_told():
    body = BodyFactory()
    typed = [{"name": name} | parts("from_on", today()) for name in ("First", "Second")]
    first, second = (RenameForm(each, body=body) for each in typed)
    assert first.is_valid()
    assert second.is_valid()
    assert first.renamed()
    assert not second.renamed()
    assert "Somebody has just given it another name" in second.errors["from_on"][0]
    assert Body.objects.get().name == "First"


def test_a_new_name_of_another_body_is_refused_and_what_was_typed_stays(browser_of_clerk):
    body, other = BodyFactory(), BodyFactory()
    page = browser_of_clerk.post(at("rename_body", body.code), {"name": other.name}).content.decode()
    assert "A body has this name already" in page
    assert "Enter the first day of the new name" in page
    assert f'value="{other.name}"' in page


def test_a_group_may_answer_to_two_bodies_and_neither_answers_back(browser_of_clerk):
    group, first, second = (BodyFactory() for _ in range(3))
    for above in (first, second):
        sent(browser_of_clerk, at("add_line", group.code), above=above.pk, **parts("from_on", today()))
    page = read(browser_of_clerk, group.get_absolute_url())
    assert str(first) in page
    assert str(second) in page
    back = sent(browser_of_clerk, at("add_line", first.code), above=group.pk, **parts("from_on", today()))
    assert "reports to this body itself. End that first" in back
    itself = sent(browser_of_clerk, at("add_line", first.code), above=first.pk, **parts("from_on", today()))
    assert "A body does not report to itself: choose another" in itself


def test_no_loop_of_reporting_lines_is_closed_on_any_day(browser_of_clerk):
    first, second, third = (BodyFactory(name=name) for name in ("Alpha", "Beta", "Gamma"))
    for body, above in ((first, second), (second, third)):
        ReportingLineFactory(body=body, above=above, until_on=date(2016, 12, 31))
    add, until = at("add_line", third.code), parts("until_on", date(2016, 4, 30))
    days = parts("from_on", date(2016, 4, 1)) | parts("until_on", date(2016, 5, 1))
    loop = "Alpha reports to this body through Beta. End that first"
    assert loop in sent(browser_of_clerk, add, above=first.pk, **days)
    assert "Entered for Gamma" in sent(browser_of_clerk, add, above=first.pk, **days | until)
    line = third.reports_to.get()
    change = at("change_line", third.code, line.pk)
    typed = {"change_reason": "Agreed", "seen_version": line.standing_version()} | days
    assert loop in sent(browser_of_clerk, change, **typed)


def test_a_vacant_post_is_shown_as_vacant_and_a_portfolio_where_it_is_said(browser_of_clerk):
    body = BodyFactory()
    filled, vacant = PostFactory(title="Head of Records"), PostFactory(title="Records Manager")
    PostHoldingFactory(post=filled, from_on=date(2016, 1, 1))
    PostHoldingFactory(post=vacant, from_on=date(2016, 1, 1), until_on=date(2016, 3, 31))
    for post in (filled, vacant):
        SeatFactory(body=body, post=post)
    SeatFactory(body=body, post=None, portfolio="Cabinet Member for Finance", is_vacant=True)
    page = plainly(read(browser_of_clerk, body.get_absolute_url()))
    assert "Vacant since 1 April 2016" in page
    assert page.count("Filled") == 2  # the heading, and the post that is
    assert "Cabinet Member for Finance" in page


def test_a_seat_is_of_a_post_or_a_portfolio_and_ends_after_it_begins(browser_of_clerk):
    body, post = BodyFactory(), PostFactory()
    add = at("add_seat", body.code)
    days = parts("from_on", date(2016, 5, 2)) | parts("until_on", date(2016, 5, 1))
    both = sent(
        browser_of_clerk, add, part="member", post=post.pk, portfolio="Leader", **parts("from_on", today())
    )
    assert "Choose a post or enter a portfolio: one of the two" in both
    assert "The last day must be on or after the first" in sent(
        browser_of_clerk, add, part="member", post=post.pk, **days
    )
    good = {"part": "chair", "post": post.pk} | parts("from_on", today())
    sent(browser_of_clerk, add, **good)
    assert "is there already" in sent(browser_of_clerk, add, **good)
    assert body.seats.get().get_part_display() == "Chair"


def test_an_action_log_is_named_only_to_who_may_open_the_plan(browser_of_clerk):
    body = BodyFactory(kind=Body.Kind.OFFICER_BOARD, action_log=PlanFactory(title="Log of the board"))
    assert "Log of the board" in read(browser_of_clerk, body.get_absolute_url())
    holder = read(signed_in(play("portfolio_holder", "portfolio_holder")), body.get_absolute_url())
    assert "Log of the board" not in holder
    assert "A plan that you may not open" in holder


def test_of_two_who_change_a_body_the_second_chooses(browser_of_clerk):
    body = BodyFactory()
    seen = body.standing_version()
    Body.objects.filter(pk=body.pk).update(kind=Body.Kind.JOINT)
    typed = {"kind": "outside", "change_reason": "It is", "seen_version": seen}
    answer = browser_of_clerk.post(at("edit_body", body.code), typed)
    assert answer.status_code == 409
    assert "Joint body" in answer.content.decode()


def test_a_body_called_new_keeps_an_address_of_its_own(browser_of_clerk):
    sent(browser_of_clerk, at("new_body"), name="New", kind="other")
    assert read(browser_of_clerk, Body.objects.get().get_absolute_url())


@pytest.mark.parametrize("sees", [True, False])
def test_bodies_and_meetings_are_for_those_who_read_papers(cast, sees):
    meeting = MeetingFactory()
    person = cast["portfolio_holder" if sees else "iao"]
    for model, key in ((Body, meeting.body_id), (Meeting, meeting.pk)):
        assert model.objects.visible_to(person).filter(pk=key).exists() is sees


BREACHES = {
    "body_does_not_report_to_itself": "UPDATE committees_reportingline SET above_id = body_id",
    "body_kind_is_known": "UPDATE committees_body SET kind = 'club'",
    "committees_reportingline_ends_after_it_begins": (
        "UPDATE committees_reportingline SET until_on = '1999-01-01'"
    ),
    "committees_seat_ends_after_it_begins": "UPDATE committees_seat SET until_on = '1999-01-01'",
    "only_a_portfolio_is_said_to_be_vacant": "UPDATE committees_seat SET is_vacant = true",
    "seat_is_of_a_post_or_a_portfolio": "UPDATE committees_seat SET portfolio = 'Leader'",
    "seat_part_is_known": "UPDATE committees_seat SET part = 'guest'",
}


@pytest.mark.parametrize(("rule", "breach"), BREACHES.items(), ids=BREACHES)
def test_the_database_keeps_the_rules_of_bodies(rule, breach):
    ReportingLineFactory()
    SeatFactory()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(breach)


def test_the_page_of_a_body_costs_the_same_with_few_and_many_of_everything(
    browser_of_clerk,
):
    body = BodyFactory()

    def asked(several):
        for _ in range(several):
            seats, day = body.seats.count(), today() + timedelta(days=body.meetings.count())
            PostHoldingFactory(post=SeatFactory(body=body).post)
            ReportingLineFactory(body=body)
            FormerName.objects.create(
                body=ReportingLineFactory(above=body).body, name=f"Once {seats}", until_on=date(2015, 1, 1)
            )
            MeetingFactory(body=body, held_on=day)
        with CaptureQueriesContext(connection) as queries:
            read(browser_of_clerk, body.get_absolute_url())
        return len(queries)

    assert asked(1) == asked(11) <= 22
