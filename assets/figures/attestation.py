"""Figures of confirmation: which assets their owners have confirmed, and which they have yet to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from assets.figures.register import ONE_CLOCK, VERSIONS, total
from assets.models import confirmable
from governance.core.percent import percent
from governance.figures.figure import Column, figure
from governance.figures.moment import Moment, Scope

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


def tally(moment: Moment, scope: Scope, dimension: str = "unit") -> dict[Any, Confirmations]:
    """All figures above for each unit (by code) or owner (by key), in one query; a test compares."""
    said = {"is_due": DUE(moment), "is_overdue": OVERDUE(moment), "is_never": Q(attested_on=None)}
    rows = standing(moment, scope).annotate(
        **{
            name: ExpressionWrapper(condition, output_field=BooleanField())
            for name, condition in said.items()
        }
    )
    grouped = rows.order_by().values_list(VERSIONS.dimensions[dimension], *said).annotate(rows=Count("pk"))
    found: dict[Any, Confirmations] = {}
    for part, is_due, is_overdue, is_never, number in grouped:
        more = Confirmations(number, *(number * flag for flag in (not is_due, is_due, is_overdue, is_never)))
        found[part] = found.get(part, Confirmations()).plus(more)
    return found
