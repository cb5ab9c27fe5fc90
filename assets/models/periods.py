"""Months counted by Postgres, as a calendar does: one month after 31 January is the last day of February."""

from __future__ import annotations

from django.db.models import DateField, Func


class MonthsAfter(Func):
    """A day so many months after another; fewer than none go back. Empty where either is empty.

    Clipped to the end of a shorter month, as Postgres does and as people mean it.
    """

    template = "((%(expressions)s))::date)"
    arg_joiner = " + make_interval(months => "
    arity = 2
    output_field = DateField()
