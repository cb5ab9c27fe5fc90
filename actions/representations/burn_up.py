"""The burn-up of a plan: how many actions it had, and how many were completed, drawn over a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from actions.models import Status
from governance.core.dates import today
from governance.core.lines import LineChart, Series
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

MOST_POINTS = 13


def days_over(first: date, last: date) -> list[date]:
    """Days as far apart as each other, counted back from the last, and the first: at most MOST_POINTS."""
    step = max(1, -(-(last - first).days // (MOST_POINTS - 1)))
    days = {last - timedelta(days=back) for back in range(0, (last - first).days, step)}
    return sorted({first, *days})


def period(opened_on: date, last_news: date | None, chosen: Mapping[str, date | None]) -> list[Moment]:
    """The moments of a period: as chosen, else from the opening of the plan to the last news of it."""
    known_at = chosen.get("known_at")
    last = chosen.get("as_at") or min(last_news or today(), known_at or today())
    first = chosen.get("from_on") or opened_on
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
