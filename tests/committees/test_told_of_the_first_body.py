"""A report that goes to a second body: what it says, and does not say, of what the first one decided."""

from datetime import date, timedelta

import pytest

from governance.committees import services
from governance.committees.models import Body, Meeting, Paper, Takedown
from governance.core.dates import long_date, today
from tests.cast import play
from tests.committees.conftest import JULY
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.committees.pages import at, plainly, read

pytestmark = pytest.mark.django_db


def test_the_same_report_goes_to_a_second_body_with_its_sections(browser_of_clerk, paper):
    member = BodyFactory(name="Cabinet Member for Policy", kind=Body.Kind.CABINET_MEMBER)
    meeting = MeetingFactory(body=member, held_on=paper.meeting.held_on + timedelta(days=3))
    answer = browser_of_clerk.post(at("follow_paper", paper.pk), {"meeting": meeting.pk})
    second = Paper.objects.get(follows=paper)
    assert answer["Location"] == second.get_absolute_url()
    assert second.is_draft
    assert list(second.plans.all()) == list(paper.plans.all())
    assert [each.heading for each in second.sections.all()] == ["Executive summary"]
    assert second.as_at is None
    assert f"went to another body before: {paper}" in read(browser_of_clerk, meeting.get_absolute_url())
    assert f'{second.get_absolute_url()}">{meeting}</a>' in read(
        browser_of_clerk, paper.meeting.get_absolute_url()
    )


def test_the_second_report_prints_what_was_recommended_to_the_first_body(paper, clerk):
    first = PaperFactory(plans=list(paper.plans.all()), meeting=MeetingFactory(held_on=today()))
    text = "The committee is recommended to:\n- note the progress;\n\n{{summary}}"
    first.sections.create(position=1, heading="Recommendations", text=text)
    second = services.follow(first, MeetingFactory(held_on=today()), by=clerk)
    for place, body in enumerate((second.meeting.body, first.meeting.body), 1):
        first.recommendations.create(position=place, body=body, text=f"In the words of {body}")
    assert "before" not in services.preview(second)
    assert "before" not in services.issue(first, by=clerk).content
    issued = services.issue(second, by=clerk).content["before"]
    assert (
        issued["told"]
        == f"The same report went to the meeting of {first.meeting.body} on {long_date(today())}."
    )
    in_rows = f"In the words of {first.meeting.body}"
    assert issued["recommended"] == [in_rows, "The committee is recommended to:", "note the progress;"]
    assert issued["decided"] == [f"{first.meeting.body} has recorded no decision on it yet."]


def test_the_second_report_prints_what_the_first_body_resolved_about_it_once_it_had_met(
    browser_of_clerk, july, plan
):
    first, cabinet = july.paper, MeetingFactory(held_on=date(2016, 7, 28))
    second = PaperFactory(meeting=cabinet, follows=first, plans=[plan], as_at=JULY)
    resolution = {"decision": "recommend", "text": "That the Cabinet approve the plan."}
    rows = [resolution | {"paper": first}, {"decision": "note", "text": "Another matter."}]
    services.resolve(first.meeting, rows)
    told = f"{first.meeting.body} resolved on 25 July 2016: That the Cabinet approve the plan."
    assert services.preview(second)["before"]["decided"] == [told]
    assert told in plainly(read(browser_of_clerk, second.get_absolute_url()))
    by = {"by": second.created_by, "frozen_on": JULY}  # the committee had not met by then
    unmet = f"{first.meeting.body} has recorded no decision on it yet."
    assert services.issue(second, **by).content["before"]["decided"] == [unmet]


def test_the_second_report_says_that_the_first_body_was_inquorate(july, plan):
    second = PaperFactory(follows=july.paper, plans=[plan])
    Meeting.objects.filter(pk=july.paper.meeting_id).update(state="inquorate", reason="Four came")
    (told,) = services.preview(Paper.objects.get(pk=second.pk))["before"]["decided"]
    assert told == "The meeting of 25 July 2016 had no quorum, so it decided nothing and asked for nothing."


@pytest.mark.parametrize(
    ("kind", "told"),
    [(Body.Kind.COMMITTEE, False), (Body.Kind.OFFICER_BOARD, True)],
    ids=["a committee", "another board"],
)
def test_resolutions_of_a_body_that_meets_in_private_are_printed_only_for_another(plan, clerk, kind, told):
    board = MeetingFactory(body=BodyFactory(kind=Body.Kind.OFFICER_BOARD), held_on=today())
    first = PaperFactory(plans=[plan], meeting=board)
    first.recommendations.create(position=1, body=board.body, text="In the words of the board")
    services.issue(first, by=clerk)
    services.resolve(board, [{"decision": "note", "text": "That it is dear.", "paper": first}])
    after = MeetingFactory(body=BodyFactory(kind=kind), held_on=today())
    second = PaperFactory(plans=[plan], meeting=after, follows=first)
    before = services.issue(second, by=clerk).content["before"]
    assert before["decided"] == [f"{board.body} resolved on {long_date(today())}: That it is dear."] * told
    assert before["recommended"] == ["In the words of the board"] * told


def test_what_replaces_a_second_report_says_what_that_said_of_the_first(plan, clerk):
    officer = play("monitoring_officer", "monitoring_officer")
    first = PaperFactory(plans=[plan], meeting=MeetingFactory(held_on=today()))
    services.issue(first, by=clerk)
    second = services.follow(first, MeetingFactory(held_on=today()), by=clerk)
    told = services.issue(second, by=clerk).content["before"]
    services.take_down(Takedown(paper=second, authority="Section 5", reason="A name"), by=officer)
    third = services.begin_replacement(second, by=clerk)
    assert services.preview(third)["before"] == told


def test_a_first_meeting_that_is_cancelled_before_its_day_is_told_as_cancelled(plan, clerk):
    soon, later = (MeetingFactory(held_on=today() + timedelta(days=n)) for n in (7, 14))
    first = PaperFactory(plans=[plan], meeting=soon)
    services.issue(first, by=clerk)
    Meeting.objects.filter(pk=soon.pk).update(state="cancelled", reason="Snow")
    second = PaperFactory(plans=[plan], meeting=later, follows=Paper.objects.get(pk=first.pk))
    (told,) = services.preview(second)["before"]["decided"]
    cancelled = f"The meeting of {long_date(soon.held_on)} was cancelled"
    assert told == f"{cancelled}, so it decided nothing and asked for nothing."
