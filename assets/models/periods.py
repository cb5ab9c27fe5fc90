"""Months counted by Postgres, as a calendar does: one month after 31 January is the last day of February."""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, Func, Q

# Days that are reckoned on lie between these, so that no sum of months leaves the calendar that we can read.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def in_our_time(column: str) -> Q:
    """A condition for a constraint: the day is empty, or can be reckoned on."""
    return Q(**{column: None}) | Q(**{f"{column}__gte": EARLIEST, f"{column}__lte": LATEST})


class MonthsAfter(Func):
    """A day so many months after another; fewer than none go back. Empty where either is empty.

    Clipped to the end of a shorter month, as Postgres does and as people mean it.
    """

    template = "((%(expressions)s))::date)"
    arg_joiner = " + make_interval(months => "
    arity = 2
    output_field = DateField()
