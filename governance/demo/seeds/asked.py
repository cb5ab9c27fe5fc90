"""What Northmere's committee resolved and asked for: two progress reports, the outcome of the follow-up, and
lately what its next meeting is to have.

The facts of 2016 are those of the published minutes (golden-case.md); the words are ours, and illustrative.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from governance.committees import services
from governance.committees.models import Meeting, Minutes, Paper, Request, Resolution
from governance.core.dates import today
from governance.core.working_days import WorkingDays
from governance.demo.seeds import drafted
from governance.demo.seeds.told import BODY, FEBRUARY, JULY, OCTOBER, SEPTEMBER
from governance.people.models import User

OUTCOME = "Outcome of the follow-up audit"
AWAITED = {"awaits": "the outcome of the auditors’ follow-up audit"}
AT_JULY = (
    ("note", "That the outcomes of the data protection audit and of the maturity assessment be noted."),
    ("note", "That the progress to date on both action plans be noted."),
    ("request", "That a further report be brought on the outcome of the follow-up audit."),
    ("recommend", "That no other recommendation be made to the Cabinet Member."),
    ("request", "That a progress report on both action plans be submitted to the next meeting."),
)
AT_OCTOBER = (
    ("note", "That the progress on both action plans be noted."),
    ("request", "That a further report be brought on the outcome of the follow-up audit in 2017."),
    ("request", "That a progress report on the action plans be submitted to the February meeting."),
)
LATELY = timedelta(weeks=6)
AT_LAST = (("request", "That a report lay both plans beside what moved in maturity, to the next meeting."),)
MINUTES = "The committee asked for a report that lays both plans beside what moved in maturity."


def enter(by: User) -> None:
    """The resolutions of July and October 2016, what they ask for, and the papers that answered; and what was
    asked for last."""
    meetings = {each.held_on: each for each in Meeting.objects.filter(body__code=BODY)}
    if {JULY, SEPTEMBER, OCTOBER, FEBRUARY} - {*meetings} or Resolution.objects.exists():
        return
    july, october = (
        _resolved(meetings[day], texts) for day, texts in ((JULY, AT_JULY), (OCTOBER, AT_OCTOBER))
    )
    _asked(july[2], OUTCOME, AWAITED)
    _asked(october[1], OUTCOME, AWAITED)
    due = {"due_meeting": meetings[SEPTEMBER]}
    _answered(OCTOBER, _asked(july[4], "Progress on both action plans, for September 2016", due))
    due = {"due_meeting": meetings[FEBRUARY]}
    _answered(FEBRUARY, _asked(october[2], "Progress on the action plans, for February 2017", due))
    if draft := Paper.objects.filter(title=drafted.TITLE).select_related("meeting__body").first():
        _asked_last(draft)


def _asked_last(draft: Paper) -> None:
    """Six weeks ago the committee asked for what its clerk is writing now."""
    held_on = WorkingDays().before(today() - LATELY, 0)
    facts = {"state": Meeting.State.HELD, "place": "Committee Room 2"}
    meeting = Meeting.objects.create(body=draft.meeting.body, held_on=held_on, **facts)
    Minutes.objects.create(meeting=meeting, number=1, text=MINUTES)
    (resolution,) = _resolved(meeting, AT_LAST)
    due = {"due_meeting": draft.meeting}
    services.answer(draft, [_asked(resolution, "Both plans beside what moved in maturity", due)], {})


def _resolved(meeting: Meeting, texts: tuple[tuple[str, str], ...]) -> list[Resolution]:
    paper = Paper.objects.issued().filter(meeting=meeting).first()
    return services.resolve(
        meeting, [{"decision": decision, "text": text, "paper": paper} for decision, text in texts]
    )


def _asked(resolution: Resolution, matter: str, due: dict[str, Any]) -> Request:
    return services.request(
        resolution.meeting, text=resolution.text, matter=matter, due=due, resolution=resolution
    )


def _answered(day: date, request: Request) -> None:
    """By the paper to that meeting: it had been issued before this was recorded, so it prints no reason."""
    paper = Paper.objects.issued().filter(meeting__body__code=BODY, meeting__held_on=day).first()
    if paper:
        services.answer(paper, [request], {})
