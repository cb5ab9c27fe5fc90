"""The days of what is asked for in a text: as_at=2016-07-25, or over=2016-07..2017-03."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

from django.db.models import Min

from actions.models import MaturityScore, ProgressUpdate
from assets.models import Asset
from governance.core.dates import LONDON, long_date
from governance.figures.figure import Figure
from governance.figures.moment import Scope
from risks.models import Risk

MOST_POINTS = 24
PERIOD = re.compile(r"(\d{4}-\d\d(?:-\d\d)?)\.\.(\d{4}-\d\d(?:-\d\d)?)?", re.ASCII)


class InsertionError(Exception):
    """What is asked for in a text cannot be put there; the words are for its author."""


def day_of(said: str) -> date | None:
    """A day as typed; None where none is. Raises InsertionError."""
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise InsertionError(f"“{said[:20]}” is no day. Write it like as_at=2016-07-25") from None


def days_over(said: str, last: date) -> tuple[date, ...]:
    """Both ends of a period and each month's end between them; `last` is the day of the paper's figures.

    A month stands for its last day, that of the paper for the paper's day, as does an end that is left out.
    Raises InsertionError.
    """
    if not said:
        return ()
    begins, ends = _ends(said, last)
    if ends > last:
        raise InsertionError(after_last(ends, last))
    if begins >= ends:
        raise InsertionError(
            f"A period begins before it ends: {long_date(begins)} is not before {long_date(ends)}"
        )
    found = [begins]
    while found[-1] < ends:
        found.append(min(_month_end(found[-1] + timedelta(days=1)), ends))
    if len(found) > MOST_POINTS:
        raise InsertionError(
            f"From {long_date(begins)} to {long_date(ends)} are {len(found):,} days to count at, "
            f"month by month. There can be {MOST_POINTS}: choose a shorter period"
        )
    return tuple(found)


def _ends(said: str, last: date) -> tuple[date, date]:
    wrong = InsertionError(
        f"“{said[:50]}” is no period. Write it like over=2016-07..2017-03, "
        "or over=2016-07.. up to the paper's day"
    )
    if not (found := PERIOD.fullmatch(said)):
        raise wrong
    try:
        begins = _day_or_month(found[1], last)
        return begins, _day_or_month(found[2], last) if found[2] else last
    except ValueError:
        raise wrong from None


def _day_or_month(said: str, last: date) -> date:
    if said.count("-") > 1:
        return date.fromisoformat(said)
    end = _month_end(date.fromisoformat(f"{said}-01"))
    return last if end.replace(day=1) == last.replace(day=1) else end


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def after_last(day: date, last: date) -> str:
    """That a day is later than those that a paper can tell of."""
    return f"{long_date(day)} is after the day of the paper's figures, {long_date(last)}"


def refuse_moment(figure: Figure[Any], scope: Scope, day: date, last: date) -> None:
    """Raises InsertionError where the day asked for is after the paper's, or before the register began."""
    if day > last:
        raise InsertionError(after_last(day, last))
    first = began(figure.shape.evidence_kind, scope)
    if first is None or day < first:
        raise InsertionError(not_begun(day, first))


def not_begun(day: date, first: date | None) -> str:
    """That a register had not begun by a day, and when it did."""
    begins = f"it begins on {long_date(first)}" if first else "it has nothing yet"
    return f"On {long_date(day)} the register had not begun: {begins}"


def began(kind: str, scope: Scope) -> date | None:
    """The first day of which the register knows anything, within what is counted."""
    found: date | None
    if kind == "actions.progressupdate":
        updates = ProgressUpdate.objects.within(scope)
        found = updates.aggregate(first=Min("effective_on"))["first"]
    elif kind == "actions.maturityscore":
        found = MaturityScore.objects.aggregate(first=Min("effective_on"))["first"]
    else:
        versions: Any = (Risk if kind.startswith("risks.") else Asset).history
        at = versions.aggregate(first=Min("history_date"))["first"]
        found = at.astimezone(LONDON).date() if at else None
    return found
