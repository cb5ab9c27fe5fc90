"""The figures of retention and disposal, reckoned at any moment from the rules as they stood then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, Min, Q, QuerySet, Value
from django.db.models.functions import Cast

from assets.figures.register import ONE_CLOCK, VERSIONS, total
from assets.models.due import with_due_dates
from assets.models.periods import MonthsAfter
from governance.figures.figure import Column, figure
from governance.figures.moment import Moment, Scope

SOON_MONTHS = 3

DUE = replace(
    VERSIONS,
    columns=(
        Column("Title", "title"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
        Column("Due", "due_on", "date"),
        Column("Recorded on", "history_date__date", "date"),
    ),
    dimensions={**VERSIONS.dimensions, "rule": "retention_rule__code"},
)
ON_IT = "Assets on the register at the end of the date"
RECKONED = (
    "The day is reckoned from the day that the asset's period runs from, by its retention rule as it stood "
    "then; or it is the day until which the owner and the records manager agreed to keep it, if later."
)


def scheduled(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Assets that the schedule has an end for, each with `due_on` and `on_hold`."""
    return with_due_dates(total.rows(moment, scope), moment).filter(is_scheduled=True)


@figure(
    "assets.under_retention_rule",
    title="Assets under a retention rule",
    definition=f"{ON_IT} to which a rule of the retention schedule is applied. {ONE_CLOCK}",
    shape=DUE,
)
def under_rule(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those kept for ever too."""
    return with_due_dates(total.rows(moment, scope), moment).exclude(retention_rule=None)


@figure(
    "assets.retention_scheduled",
    title="Assets that are kept for a time",
    definition=f"{ON_IT} under a retention rule that does not keep them for ever. {ONE_CLOCK}",
    shape=DUE,
)
def retention_scheduled(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What the due list lists."""
    return scheduled(moment, scope)


@figure(
    "assets.disposal_due",
    title="Assets due for disposal",
    definition=f"{ON_IT} whose period had ended by that date. {RECKONED} {ONE_CLOCK}",
    shape=DUE,
)
def disposal_due(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Held ones too: they are due, and may not go."""
    return scheduled(moment, scope).filter(due_on__lte=moment.as_at)


@figure(
    "assets.disposal_due_soon",
    title="Assets due for disposal within three months",
    definition=f"{ON_IT} whose period ends after that date and within three months "
    f"of it. {RECKONED} {ONE_CLOCK}",
    shape=DUE,
)
def disposal_due_soon(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """To be prepared."""
    return scheduled(moment, scope).filter(due_on__gt=moment.as_at, due_on__lte=soon(moment))


@figure(
    "assets.over_retained",
    title="Assets kept longer than their rule allows",
    definition=f"{ON_IT} whose period had ended before that date, and that no hold "
    f"kept. {RECKONED} {ONE_CLOCK}",
    shape=DUE,
)
def over_retained(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Past due and still here, without a lawful reason on record."""
    return scheduled(moment, scope).filter(due_on__lt=moment.as_at, on_hold=False)


@figure(
    "assets.on_hold",
    title="Assets on hold",
    definition=f"{ON_IT} under a hold that had not been lifted by then: none of "
    f"them may be disposed of. {ONE_CLOCK}",
    shape=DUE,
)
def on_hold(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Whatever their rule says, and without a rule too."""
    return with_due_dates(total.rows(moment, scope), moment).filter(on_hold=True)


@figure(
    "assets.retention_needs_judgement",
    title="Assets whose disposal needs judgement",
    definition=f"{ON_IT} under a retention rule from which no day can be reckoned: "
    "its period is a matter of judgement, or nobody has said from when it runs for this asset. "
    f"{ONE_CLOCK}",
    shape=DUE,
)
def retention_needs_judgement(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """No day is invented for them."""
    return scheduled(moment, scope).filter(due_on=None)


def soon(moment: Moment) -> MonthsAfter:
    """Three months after the day looked at."""
    return MonthsAfter(Cast(Value(moment.as_at), DateField()), Value(SOON_MONTHS))


def retention_counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """The figures of the due list, grouped in one query (a test compares them one by one)."""
    day = moment.as_at
    found = scheduled(moment, scope).aggregate(
        listed=Count("pk"),
        due=Count("pk", filter=Q(due_on__lte=day)),
        soon=Count("pk", filter=Q(due_on__gt=day, due_on__lte=soon(moment))),
        over=Count("pk", filter=Q(due_on__lt=day, on_hold=False)),
        judgement=Count("pk", filter=Q(due_on=None)),
    )
    return {
        retention_scheduled.key: found["listed"],
        disposal_due.key: found["due"],
        disposal_due_soon.key: found["soon"],
        over_retained.key: found["over"],
        on_hold.key: on_hold.value(moment, scope),
        retention_needs_judgement.key: found["judgement"],
    }


class OverRetained(NamedTuple):
    """A unit's assets kept too long: how many, and since when the longest is due."""

    code: str
    unit: str
    number: int
    since: date


def over_retained_by_unit(moment: Moment, scope: Scope) -> list[OverRetained]:
    """Units with assets kept too long, the most first: one query."""
    found = (
        over_retained.rows(moment, scope)
        .order_by()
        .values_list("unit__code", "unit_name")
        .annotate(number=Count("pk"), since=Min("due_on"))
        .order_by(F("number").desc(), "unit_name")
    )
    return [OverRetained(*row) for row in found]
