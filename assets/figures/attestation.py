"""Figures of confirmation: which assets their owners have confirmed, and which they have yet to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from assets.figures.register import ONE_CLOCK, VERSIONS, total
from assets.models import Asset, Attestation, AttestationPeriods, confirmable
from assets.models.attestation import first_days, months_of
from governance.core.percent import percent
from governance.figures.figure import Column, figure
from governance.figures.moment import Moment, Scope
from governance.figures.statement import Question, ask

CONFIRMABLE = replace(
    VERSIONS,
    columns=(
        Column("Title", "title"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
        Column("Confirmed on", "attested_on", "date"),
        Column("To be confirmed by", "confirm_by", "date"),
    ),
)
PERIOD = (
    "An asset is due again when its period (as it stood at the date) has passed since it was confirmed; "
    "one that was never confirmed is due from its first day."
)


def standing(moment: Moment, scope: Scope) -> Any:
    """Each asset on the register with when it was confirmed and when it is due."""
    return confirmable(total.rows(moment, scope), moment)


@figure(
    "assets.attested",
    title="Assets confirmed by their owners",
    definition="Assets on the register at the end of the date whose owner's confirmation still held. "
    f"{PERIOD} {ONE_CLOCK}",
    shape=CONFIRMABLE,
)
def attested(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Confirmed, and the period is not over."""
    found: QuerySet[Any] = standing(moment, scope).filter(
        attested_on__isnull=False, confirm_by__gt=moment.as_at
    )
    return found


@figure(
    "assets.attestation_due",
    title="Assets to be confirmed",
    definition="Assets on the register at the end of the date that their owners are to confirm: never "
    f"confirmed, or not within their period. {PERIOD} {ONE_CLOCK}",
    shape=CONFIRMABLE,
)
def due(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Not confirmed, or no longer."""
    found: QuerySet[Any] = standing(moment, scope).filter(DUE(moment))
    return found


@figure(
    "assets.attestation_overdue",
    title="Assets whose confirmation is overdue",
    definition="Assets to be confirmed at the end of the date that had been due for longer than the "
    f"days of grace. {PERIOD} {ONE_CLOCK}",
    shape=CONFIRMABLE,
)
def overdue(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Due for too long."""
    found: QuerySet[Any] = standing(moment, scope).filter(OVERDUE(moment))
    return found


@figure(
    "assets.never_attested",
    title="Assets never confirmed",
    definition=f"Assets on the register at the end of the date that no owner had ever confirmed. {ONE_CLOCK}",
    shape=CONFIRMABLE,
)
def never(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nobody has ever said that they are right."""
    found: QuerySet[Any] = standing(moment, scope).filter(attested_on=None)
    return found


def DUE(moment: Moment) -> Q:  # noqa: N802 - a condition, named as one
    """Assets to be confirmed."""
    return Q(attested_on=None) | Q(confirm_by__lte=moment.as_at)


def OVERDUE(moment: Moment) -> Q:  # noqa: N802
    """Assets that should have been confirmed before now, the days of grace included."""
    return DUE(moment) & Q(overdue_from__lte=moment.as_at)


class Confirmations(NamedTuple):
    """What the figures are for some part of the council."""

    total: int = 0
    attested: int = 0
    due: int = 0
    overdue: int = 0
    never: int = 0

    def plus(self, other: Confirmations) -> Confirmations:
        """Both parts together."""
        return Confirmations(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def share(self) -> int | None:
        """Confirmed assets in a hundred: 100 means all, and 0 means none; None where there are no assets."""
        return percent(self.attested, self.total)


FIGURES = {"total": total, "attested": attested, "due": due, "overdue": overdue, "never": never}


COUNTED = """
SELECT part, count(*) AS total,
  count(*) FILTER (WHERE confirmed_on IS NOT NULL AND confirm_by > %s) AS attested,
  count(*) FILTER (WHERE confirmed_on IS NULL OR confirm_by <= %s) AS due,
  count(*) FILTER (WHERE (confirmed_on IS NULL OR confirm_by <= %s) AND confirm_by + %s <= %s) AS overdue,
  count(*) FILTER (WHERE confirmed_on IS NULL) AS never
FROM (
  SELECT asset.part, confirmed.on_day AS confirmed_on,
    coalesce((confirmed.on_day + make_interval(months => asset.months))::date, entered.on_day) AS confirm_by
  FROM asset
  LEFT JOIN confirmed ON confirmed.asset = asset.id
  LEFT JOIN entered ON entered.asset = asset.id
) said
GROUP BY part
"""


def tally(moment: Moment, scope: Scope, dimension: str = "unit") -> dict[Any, Confirmations]:
    """All figures above for each unit (by code) or owner (by key), in one query; a test compares."""
    periods = AttestationPeriods.at(moment)
    assets = total.rows(moment, scope).order_by()
    entered = first_days(Asset.history.filter(id__in=assets.values("id")))
    named = {
        "asset (id, part, months)": assets.annotate(months=months_of(moment, periods)).values_list(
            "id", VERSIONS.dimensions[dimension], "months"
        ),
        "confirmed (asset, on_day)": Attestation.objects.standing(moment).values_list(
            "asset_id", "effective_on"
        ),
        "entered (asset, on_day)": entered.values_list("id", "entered_on"),
    }
    day, grace = moment.as_at, periods.grace_days + 1
    (rows,) = ask(Question(COUNTED, named, [day, day, day, grace, day]))
    return {row.pop("part"): Confirmations(**row) for row in rows}
