"""The figures of the risk register. Each is a query over the versions that stood at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from assets.figures.register import ONE_CLOCK, THEN_HELD
from assets.figures.register import VERSIONS as ASSET_VERSIONS
from governance.figures.figure import figure
from governance.figures.moment import Moment, Scope
from governance.people.registers.counts import Counts, summed
from risks.models import Risk

VERSIONS = replace(
    ASSET_VERSIONS,
    evidence_kind="risks.historicalrisk",
    page="risks:risk",
    permission="risks.list_risks",
    noun="risk",
    dimensions={"unit": "unit__code", "owner": "owner_id", "ownerless": "ownerless"},
)


@figure(
    "risks.total",
    title="Information risks",
    definition="Risks that were open at the end of the date. Closed, merged and withdrawn ones do not count. "
    f"{ONE_CLOCK}",
    shape=VERSIONS,
)
def total(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each risk."""
    versions: QuerySet[Any] = Risk.history.at(moment).on_the_register().within(scope)
    return versions


@figure(
    "risks.ownerless",
    title="Risks whose owner post is vacant",
    definition=f"Risks that were open at the end of the date and whose owner post nobody was in. {THEN_HELD} "
    f"{ONE_CLOCK}",
    shape=VERSIONS,
)
def ownerless(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nobody answers for them."""
    return total.rows(moment, scope).filter(ownerless=True)


def counts(moment: Moment, scope: Scope) -> Counts:
    """Every figure above, and how many risks each post owns, grouped in one query (a test compares)."""
    return counts_of(grouped(moment, scope))


def grouped(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What `counts_of` sums up, for who asks it together with other things."""
    return total.grouped(moment, scope, "owner", "ownerless")


def counts_of(rows: Iterable[tuple[Any, ...]]) -> Counts:
    """The figures of the register of these rows, `grouped`."""
    found = list(rows)
    return Counts(
        figures={
            total.key: sum(count for _, _, count in found),
            ownerless.key: sum(count for _, vacant, count in found if vacant),
        },
        by_owner=summed((owner, count) for owner, _, count in found),
    )
