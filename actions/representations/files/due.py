"""What a row of a file says of the due date of an action: the first one, and that it moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.models import Action, Status
from actions.models.out_of_order import out_of_order
from actions.representations.dates import said_of_order
from actions.representations.files.cells import AGREED_BY, AGREED_IN, AGREED_ON, DUE_REASON, FIRST_DUE, MINUTE
from actions.representations.files.cells import DUE as CELL
from actions.representations.files.progress import said_day
from actions.representations.files.row import DUE, PROGRESS, Row
from governance.core.dates import long_date
from governance.people.models import Post
from governance.people.registers.facts import Fact

CELLS = (FIRST_DUE, CELL, DUE_REASON, AGREED_BY, AGREED_IN, MINUTE, AGREED_ON)
FIRST_STAYS = "The first due date is {} and stays so. Another date stands in a column “{}”"
WHY = "The date moves from {} to {}. Say why"
WHO = "The date moves. Say which post agreed, or in a column “{}” in which decision"
BOTH = "Give the post or the decision, not both"
NO_MINUTE = "A committee agreed. Say which minute records it"
NO_BODY = "A minute is of a committee. Name it in a column “{}”, or leave the minute out"
OUT_OF_ORDER = "The dates would be out of order, unless this file moves the others too: {}"
FUTURE = "The day is in the future. Enter today, {}, or an earlier day"
BEFORE_OPENING = "The action was opened on {}. Enter that day or a later one"
SOONER = "The action is opened on {}. The first day by which it is to be done must not lie before that"
AFTER_DUE = "The new date, {}, must not lie before the day on which it was agreed. Say on which day that was"
LATER_STANDS = "Another date was agreed later, on {}. Move the date on the page of the action"
BY_OWNER = "The post that owns the action cannot agree to its own date"
NOT_YOURS = "You may not move the date of this action"
OVER = "It is {}: its date no longer moves"


def read(row: Row) -> None:
    """Find the dates: with which a new action begins, and which moves one."""
    if row.is_wrong(*CELLS) or (row.key is None and row.plan is None):
        return
    if row.key is None:
        begin(row)
    else:
        differ(row)


def begin(row: Row) -> None:
    """A new action begins with its first date; another one beside it is a move."""
    first, due = row.value(FIRST_DUE) or row.value(CELL), row.value(CELL) or row.value(FIRST_DUE)
    row.found.entered["due_on"] = first
    if first is None:
        return
    opens = row.found.facts[PROGRESS]["opens"] if PROGRESS in row.found.facts else ""
    if first.isoformat() < opens:
        row.fault(FIRST_DUE if row.value(FIRST_DUE) else CELL, SOONER.format(said_day(opens)))
    elif first == due:
        row.found.facts[DUE] = told(first, first)
    elif opens:
        move(row, due, first, opens)


def differ(row: Row) -> None:
    """A date that differs from the one that stands, and from that of the file's own time, moves it."""
    first, due = row.value(FIRST_DUE), row.value(CELL)
    known, stands = row.known(DUE), row.stands(DUE)
    if first and first.isoformat() not in {each["first"] for each in known}:
        said = said_day(stands["first"]) if stands else "missing"
        row.fault(FIRST_DUE, FIRST_STAYS.format(said, CELL.heading))
    elif due and due.isoformat() not in {each["due"] for each in known}:
        status = row.stands(PROGRESS)["status"]
        if status in Status.closed():
            row.fault(CELL, OVER.format(Status(status).label.lower()))
        else:
            before = date.fromisoformat(stands["due"]) if stands else None
            move(row, due, before, row.stands(PROGRESS)["opened"])


def may_move(row: Row) -> bool:
    """May the person move the date of an action of this owner? One without an owner does not come in."""
    owner = Post.objects.filter(pk=row.said.entry.get("owner_id") or 0).first()
    return not owner or row.council.by.has_perm("actions.revise_date", Action(pk=row.key, owner=owner))


def move(row: Row, due: date, before: date | None, opened: str) -> None:
    """Another date: with its reason, who agreed and when."""
    reason, post, decision, minute = map(row.value, (DUE_REASON, AGREED_BY, AGREED_IN, MINUTE))
    on = row.value(AGREED_ON) or row.council.today
    wrong = [
        (DUE_REASON, not reason, WHY.format(long_date(before) if before else "none", long_date(due))),
        (AGREED_BY, not post and not decision, WHO.format(AGREED_IN.heading)),
        (AGREED_BY, post and decision, BOTH),
        (MINUTE, decision and not minute, NO_MINUTE),
        (MINUTE, minute and not decision, NO_BODY.format(AGREED_IN.heading)),
        (AGREED_BY, post and post == row.said.entry.get("owner_id"), BY_OWNER),
        (AGREED_ON, on > row.council.today, FUTURE.format(long_date(row.council.today))),
        (AGREED_ON, on < date.fromisoformat(opened), BEFORE_OPENING.format(said_day(opened))),
        (AGREED_ON, on > due, AFTER_DUE.format(long_date(due))),
        (AGREED_ON, *agreed_later(row, on)),
    ]
    if not may_move(row):
        row.fault(CELL, NOT_YOURS)
        return
    faults: list[Any] = [(column, sentence) for column, is_wrong, sentence in wrong if is_wrong]
    for column, sentence in faults:
        row.fault(column, sentence)
    if not faults:
        first = date.fromisoformat(row.stands(DUE)["first"]) if row.stands(DUE) else before
        whose = {"agreed_by": post, "agreed_in": decision or "", "minute": minute or ""}
        agreed = {**whose, "on": on.isoformat(), "reason": reason, "moves": True}
        row.found.facts[DUE] = told(due, first or due) | agreed
        warn(row, due)


def warn(row: Row, due: date) -> None:
    """Say what would be out of order with what waits, as the page does before it moves a date."""
    if row.key in row.council.linked:
        action = Action(pk=row.key)
        found = out_of_order(action, due, row.council.today, row.council.by)
        if said := list(said_of_order(found, action)):
            row.found.remarks.append(OUT_OF_ORDER.format("; ".join(said)))


def agreed_later(row: Row, on: date) -> tuple[bool, str]:
    """Was the date that stands agreed after that day?"""
    last = row.stands(DUE).get("on")
    return bool(last and on.isoformat() < last), LATER_STANDS.format(said_day(last) if last else "")


def told(due: date, first: date) -> Fact:
    """A date as a batch keeps it."""
    return {"said": long_date(due), "due": due.isoformat(), "first": first.isoformat()}
