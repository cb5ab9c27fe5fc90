"""What Northmere has entered of its bodies and meetings: who sits where, what was held, the year ahead."""

from __future__ import annotations

from datetime import date, timedelta

from actions.models import ActionPlan
from governance.committees.models import (
    Attendance,
    Body,
    Meeting,
    MembersQuestion,
    Minutes,
    Period,
    ReportingLine,
    Seat,
)
from governance.committees.services import expect_members
from governance.core.dates import today
from governance.core.working_days import WorkingDays
from governance.demo.seeds.processing import holder
from governance.demo.seeds.told import BODY, JULY, OCTOBER, SEPTEMBER
from governance.history.trail import signed
from governance.people.models import Post, Role, User

BOARD, ABOVE, LOG = "Information Management Strategy Group", "Strategic Management Board", "ifc-2016"
FOUNDED, ELECTED = date(2015, 11, 2), date(2016, 5, 19)
BOARD_SEATS = {
    "ed-resources": Seat.Part.CHAIR,
    "cio": Seat.Part.VICE_CHAIR,
    "head-governance": Seat.Part.MEMBER,
    "insight-manager": Seat.Part.MEMBER,
    "records-manager": Seat.Part.MEMBER,
    "dpo": Seat.Part.ADVISER,
}
MINUTES = (
    "The committee considered the outcome of the audit and of the maturity assessment. Of the "
    "77 actions 8 had been completed, 50 were in progress and 19 were still to be commenced.\n\n"
    "It noted the outcomes and the progress, and asked for a further report on the follow-up audit and for a "
    "report on progress to its meeting of 26 September 2016."
)
INVITED = {
    "Cabinet Member for Policy and Leadership": Attendance.Came.ATTENDED,
    "Cabinet Member for Strategic Finance and Resources": Attendance.Came.APOLOGIES,
}
ASKED = (
    "When will the risk register and the risk policy be before the committee, and when will all actions be "
    "complete?"
)
ANSWER = "All actions will be complete well before the auditors return in March 2017."
WEEKS_AHEAD = (12, 24, 36, 48)


def enter(by: User) -> None:
    """By the committee officer: the board, what was held in 2016, and the meetings of the coming year."""
    clerk, committee = holder(Role.COMMITTEE_OFFICER), Body.objects.filter(code=BODY).first()
    if not clerk or not committee or Body.objects.filter(name=BOARD).exists():
        return
    with signed(clerk, reason="Bodies and meetings entered"):
        found_board(committee)
        for meeting in Meeting.objects.filter(held_on__lt=today()):
            meeting.state = Meeting.State.HELD
            meeting.save(update_fields=["state"])
        remember(committee)
        plan_year(committee)


def found_board(committee: Body) -> None:
    """The group of officers, with its seats, its own action log, and the board that it reports to."""
    kind, log = Body.Kind.OFFICER_BOARD, ActionPlan.objects.filter(code=LOG).first()
    board = Body.objects.create(code="imsg", name=BOARD, kind=kind, action_log=log)
    above = Body.objects.create(code="smb", name=ABOVE, kind=kind)
    ReportingLine.objects.create(body=board, above=above, from_on=FOUNDED)
    posts = {post.code: post for post in Post.objects.filter(code__in=BOARD_SEATS)}
    for code, part in BOARD_SEATS.items():
        if code in posts:
            Seat.objects.create(body=board, post=posts[code], part=part, from_on=FOUNDED)
    for portfolio, part in (("Chair of the committee", Seat.Part.CHAIR), ("Councillor", Seat.Part.MEMBER)):
        Seat.objects.create(body=committee, portfolio=portfolio, part=part, from_on=ELECTED)
    Seat.objects.create(body=committee, portfolio="Independent member", is_vacant=True, from_on=ELECTED)


def remember(committee: Body) -> None:
    """What the meetings of 2016 left behind."""
    held = {meeting.held_on: meeting for meeting in committee.meetings.all()}
    if not {JULY, SEPTEMBER, OCTOBER} <= set(held):
        return
    Minutes.objects.create(meeting=held[JULY], number=1, text=MINUTES).confirm(held[SEPTEMBER])
    for portfolio, came in INVITED.items():
        held[OCTOBER].attendances.create(portfolio=portfolio, is_invited=True, came=came)
    MembersQuestion.objects.create(
        meeting=held[OCTOBER],
        asked_by="Members of the committee",
        question=ASKED,
        answer=ANSWER,
        answered_on=OCTOBER,
    )


def plan_year(committee: Body) -> None:
    """The meetings of the year ahead on working days, and the days on which the council is closed."""
    year, days = today().year, WorkingDays()
    Period.objects.create(
        kind=Period.Kind.CLOSURE,
        name="The council house is closed",
        from_on=date(year, 12, 29),
        until_on=date(year, 12, 31),
    )
    for weeks in WEEKS_AHEAD:
        day = days.after(today() + timedelta(weeks=weeks), 1)
        expect_members(Meeting.objects.create(body=committee, held_on=day, place="Committee Room 2"))
