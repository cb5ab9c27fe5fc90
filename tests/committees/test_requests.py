"""Requests of bodies: how they stand is worked out from days and papers, and nothing late is forgotten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.committees import services
from governance.committees.asked import asked, matters
from governance.committees.models import (
    AgendaItem,
    Body,
    Matter,
    Meeting,
    Request,
    RequestDue,
    RequestEnd,
    Resolution,
)
from governance.committees.waited import waited_for
from governance.core.dates import today
from governance.core.steps import StepError
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.committees.pages import at, parts, plainly, read, sent

pytestmark = pytest.mark.django_db

ASKED, DUE, HELD = date(2016, 7, 25), date(2016, 9, 26), date(2016, 10, 24)
DAY = timedelta(days=1)


@pytest.fixture
def body(db):
    return BodyFactory(code="audit", name="Audit Committee")


@pytest.fixture
def meetings(body):
    return {day: MeetingFactory(body=body, held_on=day) for day in (ASKED, DUE, HELD)}


@pytest.fixture
def request_made(meetings):
    resolved = services.resolve(
        meetings[ASKED],
        [{"decision": "request", "text": "A report to the next meeting.", "minute_reference": "12/16"}],
    )
    return services.request(
        meetings[ASKED],
        text="A report to the next meeting.",
        matter="Progress",
        due={"due_meeting": meetings[DUE]},
        resolution=resolved[0],
    )


def answered_by(request, meeting, plan, officer, frozen=OCTOBER):
    paper = PaperFactory(meeting=meeting, plans=[plan])
    services.answer(paper, [request], {request.pk: "The figures were not ready."})
    services.issue(paper, by=officer, frozen_on=frozen)
    return paper


def state(day):
    (found,) = asked(day)
    return found.state, found.days_late


@pytest.mark.parametrize(
    ("day", "stood"),
    [
        (ASKED, ("open", 0)),
        (DUE, ("open", 0)),
        (DUE + DAY, ("overdue", 1)),
        (HELD - DAY, ("overdue", 27)),
        (HELD, ("answered late", 28)),
    ],
)
def test_a_request_is_late_from_the_day_after_it_was_due_until_a_paper_on_it_is_considered(
    request_made, meetings, plan, officer, day, stood
):
    answered_by(request_made, meetings[HELD], plan, officer)
    assert state(day) == stood
    assert asked(ASKED - DAY) == []


def test_a_paper_in_time_answers_on_time_and_a_draft_answers_nothing(request_made, meetings, plan, officer):
    draft = PaperFactory(meeting=meetings[DUE], plans=[plan])
    services.answer(draft, [request_made], {})
    assert state(DUE) == ("open", 0)
    services.issue(draft, by=officer, frozen_on=JULY)
    assert state(DUE - DAY) == ("open", 0)
    assert state(HELD) == ("answered on time", 0)


@pytest.mark.parametrize("how", ["withdrawn", "inquorate", "cancelled"])
def test_a_paper_that_its_body_never_took_answers_nothing(request_made, meetings, plan, officer, how):
    paper = answered_by(request_made, meetings[HELD], plan, officer)
    if how == "withdrawn":
        AgendaItem.objects.create(paper=paper, withdrawn_on=HELD, withdrawn_because="Not ready")
    else:
        Meeting.objects.filter(pk=paper.meeting_id).update(state=how, reason="Nobody came")
    assert state(HELD) == ("overdue", 28)
    later = PaperFactory(meeting=MeetingFactory(body=paper.meeting.body, held_on=HELD + DAY), plans=[plan])
    assert [each.request for each in waited_for(later)] == [request_made]


def test_what_is_put_off_keeps_when_it_was_due_who_put_it_off_and_why(request_made, meetings):
    first = request_made.dues.get()
    facts = {"decided_on": ASKED + DAY, "decided_by": "The chair", "reason": "The audit takes longer."}
    services.reschedule(request_made, seen=first.pk, due={"due_meeting": meetings[HELD]}, **facts)
    assert state(ASKED) == ("open", 0)
    assert state(DUE + DAY) == ("rescheduled", 0)
    assert state(HELD + DAY) == ("overdue", 1)
    assert [due.day for due in request_made.dues.order_by("pk")] == [DUE, HELD]
    with pytest.raises(StepError, match="Somebody else has put it off"):
        services.reschedule(request_made, seen=first.pk, due={"due_on": HELD}, **facts)


def test_what_is_put_off_after_an_answer_does_not_make_the_answer_timely(
    request_made, meetings, plan, officer
):
    answered_by(request_made, meetings[HELD], plan, officer)
    services.reschedule(
        request_made,
        seen=request_made.dues.get().pk,
        due={"due_on": date(2017, 1, 1)},
        decided_on=HELD + DAY,
        decided_by="The chair",
        reason="Said afterwards",
    )
    assert state(date(2017, 2, 1)) == ("answered late", 28)


def test_a_request_lapses_or_is_carried_once_and_can_be_opened_again(request_made, meetings):
    facts = {"ended_on": DUE, "decided_by": "The committee", "reason": "Not needed."}
    services.end(request_made, kind="lapsed", into=None, **facts)
    assert [state(day) for day in (DUE - DAY, HELD)] == [("open", 0), ("lapsed", 0)]
    with pytest.raises(StepError, match="has ended"):
        services.end(request_made, kind="lapsed", into=None, **facts)
    services.reopen(request_made, reason="Needed after all")
    assert state(HELD) == ("overdue", 28)
    again = services.request(meetings[HELD], text="Again", matter="progress", due={"awaits": "the outcome"})
    services.end(request_made, kind="carried", into=again, **facts)
    assert [each.state for each in asked(HELD)] == ["carried", "open"]


def test_what_is_asked_for_twice_is_one_matter_and_open_while_one_request_is(request_made, meetings):
    services.request(
        meetings[DUE], text="Once more", matter="PROGRESS", due={"awaits": "the outcome is known"}
    )
    (matter,) = matters(asked(HELD))
    assert matter.is_open
    assert len(matter.requests) == 2
    assert matter.expected == "when this is known: the outcome is known"


def test_a_request_typed_twice_is_recorded_once(request_made, meetings):
    with pytest.raises(StepError, match="recorded already"):
        services.request(
            meetings[ASKED], text=request_made.text, matter="Other", due={"due_meeting": meetings[DUE]}
        )
    assert not Matter.objects.filter(title="Other").exists()


# What the database itself refuses


def broken(case, request, meetings, elsewhere):
    due = {"request": request, "decided_on": ASKED}
    first = request.dues.get()
    off = {"decided_by": "The chair", "reason": "Why"}
    end = {"request": request, "ended_on": DUE, "decided_by": "The chair", "reason": "Why"}
    return {
        "resolution_has_words": lambda: Resolution.objects.create(
            meeting=meetings[ASKED], position=9, decision="note"
        ),
        "resolution_decision_is_known": lambda: Resolution.objects.create(
            meeting=meetings[ASKED], position=9, decision="defer", text="x"
        ),
        "resolution_has_its_own_place": lambda: Resolution.objects.create(
            meeting=meetings[ASKED], position=1, decision="note", text="x"
        ),
        "resolution_is_recorded_once": lambda: Resolution.objects.create(
            meeting=meetings[ASKED], position=9, decision="note", text=request.text
        ),
        "resolution_is_about_a_paper_of_its_meeting": lambda: Resolution.objects.create(
            meeting=meetings[ASKED],
            position=9,
            decision="note",
            text="x",
            paper=PaperFactory(meeting=meetings[ASKED]),
        ),
        "resolution_stays_with_its_meeting": lambda: Resolution.objects.update(meeting=meetings[DUE]),
        "request_is_made_at_its_meeting": lambda: Request.objects.create(
            meeting=meetings[DUE], resolution=request.resolution, matter=request.matter, text="x"
        ),
        "request_stays_with_its_meeting": lambda: Request.objects.update(resolution=None),
        "matter_is_of_the_body_that_asks": lambda: Request.objects.create(
            meeting=elsewhere, matter=request.matter, text="x"
        ),
        "request_is_recorded_once": lambda: Request.objects.create(
            meeting=meetings[ASKED], matter=request.matter, text=request.text
        ),
        "matter_is_named_once": lambda: Matter.objects.create(body=meetings[ASKED].body, title="PROGRESS"),
        "request_is_due_in_one_way": lambda: RequestDue.objects.create(**due, **off, supersedes=first),
        "putting_off_says_who_and_why": lambda: RequestDue.objects.create(
            **due, due_on=HELD, supersedes=first
        ),
        "request_is_due_after_it_is_decided": lambda: RequestDue.objects.create(
            **due, **off, due_on=ASKED - DAY, supersedes=first
        ),
        "request_is_first_due_once": lambda: RequestDue.objects.create(**due, due_on=HELD),
        "request_is_put_off_in_order": lambda: RequestDue.objects.create(
            request=request, decided_on=ASKED - DAY, due_on=HELD, supersedes=first, **off
        ),
        "request_is_carried_into_another": lambda: RequestEnd.objects.create(
            **end, kind="carried", into=request
        ),
        "end_of_a_request_says_who_and_why": lambda: RequestEnd.objects.create(
            **end | {"reason": ""}, kind="lapsed"
        ),
    }[case]


@pytest.mark.parametrize(
    "rule",
    [
        "resolution_has_words",
        "resolution_decision_is_known",
        "resolution_has_its_own_place",
        "resolution_is_recorded_once",
        "resolution_is_about_a_paper_of_its_meeting",
        "resolution_stays_with_its_meeting",
        "request_is_made_at_its_meeting",
        "request_stays_with_its_meeting",
        "matter_is_of_the_body_that_asks",
        "request_is_recorded_once",
        "matter_is_named_once",
        "request_is_due_in_one_way",
        "putting_off_says_who_and_why",
        "request_is_due_after_it_is_decided",
        "request_is_first_due_once",
        "request_is_put_off_in_order",
        "request_is_carried_into_another",
        "end_of_a_request_says_who_and_why",
    ],
)
def test_the_database_keeps_the_rules_of_requests(request_made, meetings, rule):
    wrong = broken(rule, request_made, meetings, MeetingFactory(held_on=HELD))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        wrong()
    assert refused.value.__cause__.diag.constraint_name == rule


# What a meeting that was not held cannot have decided


def refusal_of(write):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    return refused.value.__cause__.diag.constraint_name


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"state": "inquorate", "reason": "Four came"}, "had no quorum, so it decided nothing"),
        ({"state": "cancelled", "reason": "Flooded"}, "was cancelled, so it decided nothing"),
        ({"held_on": today() + DAY}, "is still to come: record what it decides afterwards"),
    ],
)
def test_a_meeting_that_did_not_take_place_resolved_and_asked_for_nothing(browser_of_clerk, facts, said):
    meeting = MeetingFactory(**facts)
    matter = Matter.objects.create(body=meeting.body, title="Progress")
    with pytest.raises(StepError, match=said):
        services.resolve(meeting, [{"decision": "note", "text": "Note it."}])
    with pytest.raises(StepError, match=said):
        services.request(meeting, text="A report", matter=matter, due={"awaits": "the audit"})
    resolved = Resolution(meeting=meeting, position=1, decision="note", text="Note it.")
    assert refusal_of(resolved.save) == "resolution_is_of_a_meeting_that_decided"
    asked_for = Request(meeting=meeting, matter=matter, text="A report")
    assert refusal_of(asked_for.save) == "request_is_of_a_meeting_that_decided"
    page = read(browser_of_clerk, at("resolutions", meeting.pk))
    assert said in page
    assert "Record resolutions" not in page


def test_a_meeting_that_decided_is_not_said_to_have_been_inquorate_nor_moved_to_come(
    browser_of_clerk, request_made, meetings
):
    meeting = meetings[ASKED]
    seen = {"seen_version": meeting.standing_version(), "change_reason": "So it was"}
    told = sent(
        browser_of_clerk, at("say_meeting", meeting.pk), state="inquorate", reason="Four came", **seen
    )
    assert "so it was neither cancelled nor inquorate" in told
    told = sent(browser_of_clerk, at("move_meeting", meeting.pk), **seen, **parts("held_on", today() + DAY))
    assert "so enter a day that has come" in told
    found = Meeting.objects.filter(pk=meeting.pk)
    rule = "meeting_that_decided_took_place"
    assert refusal_of(lambda: found.update(state="cancelled", reason="Flooded")) == rule
    assert refusal_of(lambda: found.update(held_on=today() + DAY)) == rule


# Call-in


def test_a_decision_of_the_executive_is_called_in_and_both_pages_say_how_that_ended(
    browser_of_clerk, plan, officer
):
    paper = PaperFactory(meeting__body__kind="cabinet", plans=[plan])
    services.issue(paper, by=officer, frozen_on=OCTOBER)
    facts = {"decision": "approve", "text": "Approve it.", "paper": paper}
    (found,) = services.resolve(paper.meeting, [facts])
    page, seen = at("call_in", found.pk), {"change_reason": "Scrutiny asked"}
    early = sent(
        browser_of_clerk, page, **seen, seen_version=found.standing_version(), **parts("called_in_on", DUE)
    )
    assert "Enter 24 October 2016, the day of the meeting, or later" in early
    called_in = parts("called_in_on", HELD + 4 * DAY)
    told = sent(browser_of_clerk, page, **seen, seen_version=found.standing_version(), **called_in)
    assert "Called in on 28 October 2016: it does not take effect until that has ended." in told
    found.refresh_from_db()
    seen["seen_version"] = found.standing_version()
    half = sent(browser_of_clerk, page, **seen, **called_in, call_in_outcome="changed")
    assert "Enter how the call-in ended together with the day" in half
    ended = called_in | parts("call_in_ended_on", HELD + 14 * DAY)
    sent(browser_of_clerk, page, **seen, **ended, call_in_outcome="changed")
    for url in (paper.meeting.get_absolute_url(), paper.get_absolute_url()):
        said = "Called in on 28 October 2016, ended on 7 November 2016: decided again, and changed."
        assert said in plainly(read(browser_of_clerk, url))


def test_the_database_keeps_call_in_with_the_executive_its_day_and_its_outcome(meetings):
    cabinet = MeetingFactory(body=BodyFactory(kind="cabinet"))
    rows = [{"decision": "note", "text": "Note it."}]
    (theirs,), (ours,) = (services.resolve(each, rows) for each in (meetings[ASKED], cabinet))
    executive, outcome = "decision_of_the_executive_is_called_in", "call_in_ends_on_a_day_with_an_outcome"
    wrong = [
        (theirs, {"called_in_on": HELD}, executive),
        (ours, {"called_in_on": HELD - DAY}, executive),
        (ours, {"called_in_on": HELD, "call_in_outcome": "stands"}, outcome),
        (ours, {"called_in_on": HELD, "call_in_ended_on": HELD}, outcome),
        (ours, {"call_in_outcome": "stands", "call_in_ended_on": HELD}, outcome),
    ]
    for one, facts, rule in wrong:
        held = Resolution.objects.filter(pk=one.pk)
        assert refusal_of(lambda held=held, facts=facts: held.update(**facts)) == rule
    Resolution.objects.filter(pk=ours.pk).update(called_in_on=HELD)
    Body.objects.filter(pk=cabinet.body_id).update(kind="committee")  # put right since
    Resolution.objects.filter(pk=ours.pk).update(minute_reference="37/16")
    moved = Meeting.objects.filter(pk=cabinet.pk)
    assert refusal_of(lambda: moved.update(held_on=HELD + DAY)) == "meeting_is_before_what_was_called_in"
    assert refusal_of(lambda: moved.update(notice_given_on=HELD)) == "notice_is_given_before_the_meeting"
