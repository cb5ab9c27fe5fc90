"""The burn-up of a plan: how many actions it had, and how many were completed, drawn over a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from actions.models import Status
from governance.core.dates import today
from governance.core.lines import LineChart, Series
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

MOST_POINTS = 25
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Life:
    """The last day of a plan, and where it is drawn to unless a period is chosen: so far too, or to where a
    silence began (`silent_until`) beside which all else would hardly be seen."""

    last: date
    drawn_to: date
    silent_until: date | None = None

    def cut(self, chosen: Mapping[str, date | None]) -> date | None:
        """The end of the silence before which the drawing of that period ends; None where it ends elsewhere:
        where a day is chosen for it, and where nothing was known yet of what came after."""
        if self.silent_until is None or chosen.get("from_on") or chosen.get("as_at"):
            return None
        known_at = chosen.get("known_at")
        return self.silent_until if known_at is None or known_at >= self.silent_until else None


def life(opened_on: date, reported: Sequence[date], due: Sequence[date]) -> Life:
    """The life of a plan by the days on which something was reported, or due.

    It is drawn to where nothing was either for over a year, if that is more than half of the whole. One that
    began with the opening is drawn: before it there is nothing to be seen.
    """
    last = max(reported, default=today())
    days = sorted({opened_on, *reported, *(day for day in due if day < last)})
    for before, after in pairwise(days):
        if before > opened_on and after - before > max(A_YEAR, (last - opened_on) / 2):
            return Life(last, before, after)
    return Life(last, last)


def days_over(first: date, last: date) -> list[date]:
    """Both ends and days between them as far apart as each other, to a day: at most MOST_POINTS."""
    length = (last - first).days
    steps = max(1, min(length, MOST_POINTS - 1))
    return sorted({first + timedelta(days=length * place // steps) for place in range(steps + 1)})


def period(opened_on: date, lived: Life, chosen: Mapping[str, date | None]) -> list[Moment]:
    """The moments of a period: as chosen, else from the opening of the plan to where its life is drawn to."""
    known_at, begins = chosen.get("known_at"), chosen.get("from_on")
    ends = lived.last if begins else lived.drawn_to
    last = chosen.get("as_at") or min(ends, known_at or today())
    first = begins or opened_on
    return [Moment.of(day, known_at) for day in days_over(min(first, last), last)]


def burn_up(counted: Sequence[Mapping[str, int]], moments: Sequence[Moment], scope: Scope) -> LineChart:
    """Three lines: all actions, those completed, and those that remain. The rest was withdrawn."""
    lines = (
        ("Actions", "total", _all),
        ("Completed", "completed", _completed),
        ("Remaining", "remaining", _remaining),
    )
    return LineChart(
        name="burn-up",
        title="Actions on the plan, completed and remaining",
        labels=[f"{moment.as_at.day} {moment.as_at:%b %y}" for moment in moments],
        series=[
            Series(
                name,
                [of(each) for each in counted],
                [get_figure(f"actions.{key}").address(moment, scope) for moment in moments],
            )
            for name, key, of in lines
        ],
    )


def _all(counts: Mapping[str, int]) -> int:
    return sum(counts.values())


def _completed(counts: Mapping[str, int]) -> int:
    return counts.get(Status.COMPLETED, 0)


def _remaining(counts: Mapping[str, int]) -> int:
    return sum(rows for status, rows in counts.items() if status not in Status.closed())
