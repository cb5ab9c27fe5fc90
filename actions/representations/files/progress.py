"""What a row of a file says of the progress of an action: how a new one opens, and what is reported anew."""

from __future__ import annotations

from datetime import date

from actions.models import Action, Status
from actions.models.progress import still_waits
from actions.representations.files.cells import DOCUMENT, EVIDENCE, OPENED, SINCE, STATUS, WAIVER
from actions.representations.files.row import PROGRESS, Row
from governance.core.dates import long_date
from governance.people.registers.facts import Fact

CELLS = (OPENED, STATUS, SINCE, EVIDENCE)
FUTURE = "The day is in the future. A file says what has taken effect by today, {}"
BEFORE_PLAN = "The plan was opened on {}. Enter that day or a later one"
BEFORE_OPENING = "The action was opened on {}. Enter that day or a later one"
FROM_WHEN = "Say from which day it is “{}”"
SAME_DAY = "“{}” cannot take effect on the day of the update before, {}. Enter the day on which it did"
EARLIER = "What stands took effect on {}, which is later. Correct that on the page of the action"
SINCE_WHEN = "It is “{}” since {}. Correct the day on the page of the action"
WHEN_OPENED = "It was opened on {}. Correct that on the page of the action"
WITHDRAWN = "It is missing: say why the action is withdrawn"
AGAIN = "It is {} already. Correct that on the page of the action"
REOPENED = "The action is {}: say here why it is opened again"
APPROVES = "{} approves that it is done: say “Awaiting approval”"
NOBODY = "Nobody is named to approve it, so it waits until somebody says who approves"
GO_AHEAD = "It {}: {}. Say in a column “{}” why it goes ahead all the same"


def read(row: Row) -> None:
    """Find what is reported; of a new action, how it opens too."""
    if row.is_wrong(*CELLS):
        return
    if row.key is None:
        open_new(row)
    elif row.stands(PROGRESS):
        report(row)


def open_new(row: Row) -> None:
    """A new action is not started from its opening day, and what the row says from the day that it says."""
    if row.plan is None:
        return
    opened = row.value(OPENED) or row.plan.opened_on
    status, since = Status(row.value(STATUS) or Status.NOT_STARTED), row.value(SINCE)
    if not row.value(OPENED):
        said = f"It is opened on {long_date(opened)}, the first day of its plan, since the file says no day"
        row.found.remarks.append(said)
    if opened > row.council.today:
        row.fault(OPENED, FUTURE.format(long_date(row.council.today)))
    elif opened < row.plan.opened_on:
        row.fault(OPENED, BEFORE_PLAN.format(long_date(row.plan.opened_on)))
    elif check(row, status, since if status is not Status.NOT_STARTED else since or opened, opened):
        row.found.facts[PROGRESS] = fact(row, status, since or opened) | {"opens": opened.isoformat()}


def report(row: Row) -> None:
    """What differs from what stands, and from what stood when the file was written, is a new update."""
    stands = row.stands(PROGRESS)
    if (opened := row.value(OPENED)) and opened.isoformat() not in {
        each["opened"] for each in row.known(PROGRESS)
    }:
        row.fault(OPENED, WHEN_OPENED.format(said_day(stands["opened"])))
        return
    if not said_of(row) or any(says(row, each) for each in row.known(PROGRESS)):
        return
    status, since = Status(row.value(STATUS) or stands["status"]), row.value(SINCE)
    opened = date.fromisoformat(stands["opened"])
    if check(row, status, since, opened) and follows(row, status, since):
        row.found.facts[PROGRESS] = fact(row, status, since)


def said_of(row: Row) -> dict[str, str]:
    """What the row says, by what a fact calls it."""
    day = row.value(SINCE)
    cells = {"status": row.value(STATUS), "on": day and day.isoformat(), "evidence": row.value(EVIDENCE)}
    return {name: value for name, value in cells.items() if value}


def says(row: Row, known: Fact) -> bool:
    """Does the row say this fact and nothing else?"""
    return all(known[name] == value for name, value in said_of(row).items())


def check(row: Row, status: Status, since: date | None, opened: date) -> bool:
    """Is that something that can be reported? What is wrong is said of the row."""
    if since is None:
        row.fault(SINCE, FROM_WHEN.format(status.label))
    elif since > row.council.today:
        row.fault(SINCE, FUTURE.format(long_date(row.council.today)))
    elif since < opened:
        row.fault(SINCE, BEFORE_OPENING.format(long_date(opened)))
    elif completes(row, status):
        row.fault(STATUS, APPROVES.format(row.approver))
    elif status is Status.WITHDRAWN and not row.value(EVIDENCE):
        row.fault(EVIDENCE, WITHDRAWN)
    else:
        if awaits_nobody(row, status):
            row.found.remarks.append(NOBODY)
        return True
    return False


def awaits_nobody(row: Row, status: Status) -> bool:
    """Would it await an approval that nobody is named to give? A file tells what others said: it is taken."""
    awaits = row.stands(PROGRESS).get("status") == Status.AWAITING_APPROVAL
    return status is Status.AWAITING_APPROVAL and not awaits and not row.approver


def completes(row: Row, status: Status) -> bool:
    """Would the row complete what somebody is named to approve?"""
    is_completed = row.stands(PROGRESS).get("status") == Status.COMPLETED
    return status is Status.COMPLETED and not is_completed and bool(row.approver)


def follows(row: Row, status: Status, since: date) -> bool:
    """Does it come after what stands, and may it? What is wrong is said of the row."""
    stands = row.stands(PROGRESS)
    before, evidence = date.fromisoformat(stands["on"]), row.value(EVIDENCE)
    if since < before:
        row.fault(SINCE, EARLIER.format(long_date(before)))
    elif status != stands["status"] and since == before and since != row.council.today:
        row.fault(SINCE, SAME_DAY.format(status.label, long_date(before)))
    elif status == stands["status"] and evidence in (None, stands["evidence"]):
        row.fault(SINCE, SINCE_WHEN.format(status.label, long_date(before)))
    elif status == stands["status"] == Status.WITHDRAWN:
        row.fault(STATUS, AGAIN.format(status.label.lower()))
    elif opens_again(status, stands) and evidence in (None, stands["evidence"]):
        row.fault(EVIDENCE, REOPENED.format(Status(stands["status"]).label.lower()))
    elif waits := held_up(row, status, since):
        row.fault(WAIVER, GO_AHEAD.format(still_waits(since), waits, WAIVER.heading))
    else:
        return True
    return False


def opens_again(status: Status, stands: Fact) -> bool:
    """Does it say something else of an action that is completed or withdrawn?"""
    return status != stands["status"] and status != Status.WITHDRAWN and stands["status"] in Status.closed()


def held_up(row: Row, status: Status, since: date) -> str:
    """What the action waits on, where no reason is given to go ahead; "" for nothing."""
    if row.key not in row.council.waiting or row.value(WAIVER):
        return ""
    return "; ".join(map(str, Action(pk=row.key).held_up_by(status, on=since)))


def fact(row: Row, status: Status, since: date) -> Fact:
    """The update that is to be recorded."""
    said = told(status, since, evidence := row.value(EVIDENCE) or "")
    document = row.value(DOCUMENT) or ""
    more = {"document": document, "waiver": row.value(WAIVER) or "", "origin": row.said.origin}
    return {"said": said, "status": status.value, "on": since.isoformat(), "evidence": evidence} | more


def told(status: str, since: date, evidence: str) -> str:
    """An update in words."""
    words = f"{Status(status).label} from {long_date(since)}"
    return f"{words}: {evidence}" if evidence else words


def said_day(day: str) -> str:
    """A kept day in words."""
    return long_date(date.fromisoformat(day))
